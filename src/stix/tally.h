// The warnings of many objects, told once for each code: how often, and where first.
//
// Memory in proportion to the number of codes, not to what came in. One thread at a time.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "stix/finding.h"

namespace comity::stix {

struct Tallied {
  size_t count = 0;  // objects, not places
  Asked asked = Asked::should;
  std::string id;  // of the first object, and where in it
  std::string pointer, detail;
};

class Tally {
 public:
  void add(std::string_view id, Findings const& findings);
  std::map<std::string_view, Tallied> const& codes() const { return codes_; }

 private:
  std::map<std::string_view, Tallied> codes_;
};

}  // namespace comity::stix
