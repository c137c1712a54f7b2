// Is this a copy of that? Three keyed digests by which the third-party rule answers (25-isolation A14, E2).
//
//   bytes      of the octets as posted
//   canonical  of the RFC 8785 form: the same whatever the white space and the order
//   substance  of the RFC 8785 form of the object without what a copier would change: id, created, modified,
//              created_by_ref, object_marking_refs, granular_markings, revoked, confidence, lang, labels,
//              external_references. `type` stays.
//
// Each is HMAC-SHA-256 under the centre's comparison key, never a bare digest: who does not hold the key learns nothing
// from one, not even by guessing the content, so they may outlive the payload. Two objects of which nothing but an
// omitted property is left, such as two markings without a body, have one substance.
// Source: 15-forms 3. Errors: bad_input if the bytes are no I-JSON object. Thread-safe, no state.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "json/json.h"
#include "model/item.h"

namespace comity::stix {

Result<model::Comparisons> comparisons(crypto::SymmetricKey const& key, BytesView bytes);

// The same where the bytes have been parsed already: `object` must be what they say.
Result<model::Comparisons> comparisons(crypto::SymmetricKey const& key, BytesView bytes,
                                       json::Object const& object);

}  // namespace comity::stix
