#include "commands/detach_feed.h"

#include "base/contains.h"
#include "commands/machine.h"

namespace comity::commands {

Ruling decide(Sight const& sight, DetachFeed const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  auto const* const known = law.find_destination(sight.view.party(), command.destination);
  if (!known || known->url.empty()) return refused(ReasonCode::unknown_destination, command.destination);
  auto const feed = meant_feed(sight.view, command);
  if (!feed) return refused(ReasonCode::unknown_agreement, command.feed);
  return contains(law.attached, *feed) ? model::accepted() : refused(ReasonCode::not_attached, command.feed);
}

void apply(State& state, DetachFeed const& command, model::Record const& record) {
  auto const feed = meant_feed(state.view(viewer_of(state.law, record.command)), command);
  std::erase(state.law.attached, *feed);
}

}  // namespace comity::commands
