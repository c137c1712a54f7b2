#include "commands/note_delivered.h"

namespace comity::commands {

Ruling decide(Sight const& sight, NoteDelivered const&) {
  return sight.command.actor.kind == model::Actor::Kind::system ? model::accepted()
                                                                : refused(ReasonCode::not_permitted);
}

void apply(State& state, NoteDelivered const& command, model::Record const& record) {
  state::Notices& notices = state.airspace.notices;
  for (Delivered const& one : command.all)
    for (uint64_t const number : notices.undelivered(one.office, one.upto))
      notices.give({one.office, number}, record.time);
}

}  // namespace comity::commands
