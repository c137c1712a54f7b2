// What the door found wrong with an object.
//
// A finding has a code that does not change once published (clients and the refusals inbox count by it), the JSON
// pointer of the place, and a sentence for the person who sent the object. It quotes nothing but what was sent.
// Judged<T> is a value or the reasons why there is none: never empty, in the order of the rules of check.h, at most
// limits::stix_findings of them. The first is the one that a status resource shows.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace comity::stix {

// What the standard says of it: it breaks a MUST, or departs from a SHOULD.
enum class Asked : uint8_t { must, should };

struct Finding {
  std::string_view code;  // a literal
  std::string pointer;
  std::string detail;
  Asked asked =
      Asked::must;  // a warning that breaks a MUST was waived: by a sender's wish, or everybody's lenience
};

using Findings = std::vector<Finding>;

template <class T>
using Judged = std::expected<T, Findings>;

// The same for doors that speak in errors: the first finding, its code before the sentence.
inline Error error_of(Findings const& findings) {
  return {ErrorCode::bad_input, std::string(findings.front().code) + ": " + findings.front().detail,
          findings.front().pointer};
}

}  // namespace comity::stix
