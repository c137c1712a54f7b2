// The marking definitions that are the same everywhere: TLP 1.0 and TLP 2.0, known by their ids alone.
//
// What is posted under one of these ids is ignored (25-isolation A19): the id is the marking. TLP 1.0 is read as 2.0,
// white as CLEAR. A fixed marking is nobody's item (25-isolation A13).
// Source: STIX 2.1 section 7.2.1.4 for TLP 1.0; the OASIS extension `tlp_2_0` for TLP 2.0. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/agreement.h"

namespace comity::model {

// `id` is a STIX id in its usual form, `marking-definition--…` in lower case; nothing for any other marking.
std::optional<Tlp> fixed_tlp(std::string_view id);

// The marking definition of TLP 2.0 that says so.
std::string tlp_2_id(Tlp level);

}  // namespace comity::model
