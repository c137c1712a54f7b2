#include "stix/tally.h"

#include <algorithm>

namespace comity::stix {

void Tally::add(std::string_view id, Findings const& findings) {
  for (auto one = findings.begin(); one != findings.end(); ++one) {
    bool const again =
        std::any_of(findings.begin(), one, [&](Finding const& f) { return f.code == one->code; });
    if (again) continue;
    Tallied& tallied = codes_[one->code];
    if (tallied.count++ > 0) continue;
    tallied = {1, one->asked, std::string(id), one->pointer, one->detail};
  }
}

}  // namespace comity::stix
