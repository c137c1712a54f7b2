// A row of the table of records, read back into a record and checked.
//
// Private to the journal; a pure function. Error: `corrupt`, naming the record.
#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "journal/reader.h"
#include "model/record.h"

namespace comity::journal {

// `leaf` is the one stored. The envelope must bear the index under which the row is found.
Result<model::Record> open_row(Index index, BytesView parts, BytesView leaf, Reader::Check check);

}  // namespace comity::journal
