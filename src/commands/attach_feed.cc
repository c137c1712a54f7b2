#include "commands/attach_feed.h"

#include <algorithm>

#include "base/contains.h"
#include "base/limits.h"
#include "commands/machine.h"

namespace comity::commands {

using model::AttachedFeed;
using model::FeedKind;

std::optional<AttachedFeed> meant_feed(state::View const& view, AttachFeed const& command) {
  AttachedFeed made;
  made.office = view.office();
  auto const* const destination = view.law().find_destination(view.party(), command.destination);
  if (!destination) return std::nullopt;
  made.destination = static_cast<uint32_t>(destination - view.law().destinations.data());
  if (command.feed == "all") {
    made.kind = FeedKind::all;
  } else if (command.feed == "duties") {
    made.kind = FeedKind::duties;
  } else {
    made.kind = FeedKind::agreement;
    made.agreement = view.agreement(command.feed);
    if (made.agreement.is_none()) return std::nullopt;
  }
  return made;
}

Ruling decide(Sight const& sight, AttachFeed const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  auto const* const known = law.find_destination(sight.view.party(), command.destination);
  if (!known || known->url.empty()) return refused(ReasonCode::unknown_destination, command.destination);
  auto const feed = meant_feed(sight.view, command);
  if (!feed) return refused(ReasonCode::unknown_agreement, command.feed);
  if (contains(law.attached, *feed)) return model::accepted();
  auto const there = std::ranges::count(law.attached, feed->destination, &AttachedFeed::destination);
  if (static_cast<size_t>(there) >= limits::feeds_per_destination) return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, AttachFeed const& command, model::Record const& record) {
  auto const feed = meant_feed(state.view(viewer_of(state.law, record.command)), command);
  if (!contains(state.law.attached, *feed)) state.law.attached.push_back(*feed);
}

}  // namespace comity::commands
