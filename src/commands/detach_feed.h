// detach_feed (111): the centre rings no longer for this feed of the admin's own office. `unknown` means all of its feeds there
// whose agreement it no longer knows. Refused: not_permitted,
// unknown_destination, unknown_agreement, not_attached.
#pragma once

#include "commands/attach_feed.h"

namespace comity::commands {

struct DetachFeed : AttachFeed {};

Ruling decide(Sight const& sight, DetachFeed const& command);
void apply(State& state, DetachFeed const& command, model::Record const& record);

}  // namespace comity::commands
