// When the sessions of an office were cut: counts that only grow, for whoever writes to a connection (25-isolation F12).
//
// `sessions`: a right of the office ended, so what is open is reset, whatever it carries. `unsent`: something that the office
// had may be had no longer, so what waits in its sockets is dropped, and a connection on which nothing waits goes on. Counted
// per process, like the law's epoch; not part of the state's encoding. Plain values; state's lock.
#pragma once

#include <cstdint>
#include <map>

#include "base/ids.h"

namespace comity::state {

struct Cut {
  uint64_t sessions = 0, unsent = 0;
  bool operator==(Cut const&) const = default;
};
using Cuts = std::map<OfficeKey, Cut>;

}  // namespace comity::state
