// How strictly objects are judged: the operator's choice for all, and a sender's for what she sends.
//
// Thread-safe as a value.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace comity::stix {

// permissive: what breaks a MUST without danger (codes.h says which) is a warning, not a refusal.
enum class Strictness : uint8_t { strict, permissive };

struct Judging {
  Strictness strictness = Strictness::strict;
  std::set<std::string, std::less<>> unheard = {};  // codes whose warnings nobody wants
};

}  // namespace comity::stix
