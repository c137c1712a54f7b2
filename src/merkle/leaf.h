// The leaf of a record in the log's tree (50-ledger; 25-isolation G7).
//
// Leaf data is 33 octets: a format octet, 0x01, and the record hash (record_hash.h). Public tools for transparency logs
// take it as any entry. A leaf says nothing of its record to who lacks the salts. Thread-safe: no state.
#pragma once

#include "base/bytes.h"

namespace comity::merkle {

// What an entry bundle holds for this record.
Bytes leaf_data(Digest const& record_hash);

// SHA-256(0x00 ‖ leaf_data).
Digest leaf_hash(Digest const& record_hash);

}  // namespace comity::merkle
