// attach_feed (110): an admin has the centre ring at a destination of its party when something is added to a feed of the
// admin's own office: an agreement's, that of everything (`all`), its duties (`duties`). Whether there is anything to ring for is
// decided anew each time (25-isolation G6). Attached twice is attached once. Refused: not_permitted, unknown_destination,
// unknown_agreement, quota (of feeds at one destination).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct AttachFeed {
  std::string destination;  // the party's own name for it
  std::string feed;  // an agreement as the author knows it, `all` or `duties`; to detach also `unknown`
  auto fields(this auto& self) { return std::tie(self.destination, self.feed); }
};

Ruling decide(Sight const& sight, AttachFeed const& command);
void apply(State& state, AttachFeed const& command, model::Record const& record);

// The feed that the author means; none if there is no such destination or agreement for it.
std::optional<model::AttachedFeed> meant_feed(state::View const& view, AttachFeed const& command);

}  // namespace comity::commands
