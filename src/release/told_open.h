// What users of an open arrangement are told of it (model/arrangement.h): discovery, its API roots and its collections, as the
// resources of TAXII 2.1 (R10, R11, R14).
//
// A user knows the collections that it may read or write, and the roots that have one of these; whatever else there is does
// not exist for it. A text that the description did not give is left out, as is an empty list (R7).
// Errors: not_found for what the viewer may not know. Thread rule: told.h.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

// The collections of a root that the viewer knows, in the order of their ids (R13).
std::vector<AgreementKey> open_collections(Eyes const& eyes, uint32_t root);

Told tell_open_discovery(Eyes const& eyes);
Result<Told> tell_open_root(Eyes const& eyes, uint32_t root);
Result<Told> tell_open_collection(Eyes const& eyes, AgreementKey collection);

}  // namespace comity::release
