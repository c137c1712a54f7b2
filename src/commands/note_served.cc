#include "commands/note_served.h"

namespace comity::commands {

static bool is_known(state::Holdings const& holdings, state::ServedEdition const& edition) {
  for (uint32_t number : holdings.served_with_digest(edition.compare.bytes)) {
    state::ServedEdition const& known = holdings.served[number];
    if (known.party == edition.party && known.item == edition.item && known.agreement == edition.agreement &&
        known.id == edition.id)
      return true;
  }
  return false;
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
