// seed_item (72): an object that another server held comes into a collection of an open arrangement (preset `taxii`) with the
// date_added that it had there, so that its clients' cursors go on (25-isolation A23). By the centre itself, before it has
// ever been served: `comity init` files it, from what record 0 was made of, and no door takes it. Only into a collection
// that holds nothing else, in ascending order of dates, none later than now. Nobody is released anything by it. Why record 0
// holds no digest of them: docs/threats.md, 17.
// Refused: not_permitted (any author but the centre, a centre without an arrangement, a collection that somebody has
// contributed to), unknown_agreement, malformed (a date that is not after the last one, or is to come); else as contribute.
#pragma once

#include "commands/contribute.h"

namespace comity::commands {

struct SeedItem {
  Contribute item;
  UtcTime date_added;
  auto fields(this auto& self) { return std::tie(self.item, self.date_added); }
};

Ruling decide(Sight const& sight, SeedItem const& command);
void apply(State& state, SeedItem const& command, model::Record const& record);

// The object of a command that contributes; none of any other.
std::optional<std::string> contributed_id(Command const& command);

}  // namespace comity::commands
