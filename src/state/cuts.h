// When open sessions were cut: counts that only grow, for whoever writes to a connection (25-isolation F12).
//
// `sessions`: a right of the office or user ended, so what is open is reset, whatever it carries. `unsent`: something that the
// office had may be had no longer, so what waits in its sockets is dropped, and a connection on which nothing waits goes on.
// Counted per process, like the law's epoch; not part of the state's encoding. Plain values; state's lock.
#pragma once

#include <cstdint>
#include <map>

#include "base/ids.h"
#include "model/command.h"

namespace comity::state {

struct Cut {
  uint64_t sessions = 0, unsent = 0;
  bool operator==(Cut const&) const = default;
};

struct Cuts {
  std::map<OfficeKey, Cut> offices;
  std::map<model::Actor, uint64_t> users;  // sessions of a client or person, in whatever office

  Cut of(OfficeKey office, model::Actor const& user) const;
};

}  // namespace comity::state
