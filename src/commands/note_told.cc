#include "commands/note_told.h"

namespace comity::commands {

Ruling decide(Sight const& sight, NoteTold const&) {
  return sight.command.actor.kind == model::Actor::Kind::system ? model::accepted()
                                                                : refused(ReasonCode::not_permitted);
}

void apply(State& state, NoteTold const& command, model::Record const&) {
  state.airspace.outbox.told(command.what, command.count);
}

}  // namespace comity::commands
