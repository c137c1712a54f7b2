#include "commands/note_served.h"

#include <algorithm>

namespace comity::commands {

static bool is_known(state::Holdings const& holdings, state::ServedEdition const& edition) {
  state::ServedThrough const& alike = holdings.served_with_digest(edition.compare.bytes);
  auto const through = alike.find({edition.party, edition.agreement});
  return through != alike.end() && std::ranges::any_of(through->second, [&](uint32_t number) {
           return holdings.served[number].item == edition.item && holdings.served[number].id == edition.id;
         });
}

Ruling decide(Sight const& sight, NoteServed const&) {
  return sight.command.actor.kind == model::Actor::Kind::system ? model::accepted()
                                                                : refused(ReasonCode::not_permitted);
}

void apply(State& state, NoteServed const& command, model::Record const&) {
  for (state::ServedEdition const& edition : command.editions)
    if (!is_known(state.holdings, edition)) state.holdings.add_served(edition);
}

}  // namespace comity::commands
