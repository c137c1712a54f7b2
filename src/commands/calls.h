// What the two commands about calls share: test_channel (226) and log_call (227). Somebody on watch writes down that they called
// the other end of a `contact` clause: in which language, for how many minutes, whether somebody answered, and the digest of what
// was read back.
//
// Both ends of the line are told that there was a call, when, and whether it reached somebody; who called and their words stay with
// their office. Refused in this order: not_permitted (a person with the role `watch`), malformed, unknown_agreement, unknown_line,
// unknown_notice.
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/watch.h"

namespace comity::commands {

struct CallOnLine {
  std::string agreement, clause;  // as the author knows them
  model::LineCall call;
  auto fields(this auto& self) { return std::tie(self.agreement, self.clause, self.call); }
};

Ruling decide_call(Sight const& sight, CallOnLine const& made, model::CallPurpose purpose);
void apply_call(State& state, CallOnLine const& made, model::Record const& record);

// A person who has the role `watch` in the office.
bool is_watch_person(Sight const& sight);

}  // namespace comity::commands
