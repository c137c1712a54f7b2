#include "commands/detach_feed.h"

#include "base/contains.h"
#include "commands/machine.h"

namespace comity::commands {

namespace {

std::vector<model::AttachedFeed> meant_feeds(state::View const& view, DetachFeed const& command) {
  std::vector<model::AttachedFeed> all;
  if (command.feed != "unknown") {
    auto const one = meant_feed(view, command);
    if (one && contains(view.law().attached, *one)) all.push_back(*one);
    return all;
  }
  auto const* const destination = view.law().find_destination(view.party(), command.destination);
  for (model::AttachedFeed const& feed : view.law().attached) {
    bool const is_there = destination == &view.law().destinations[feed.destination];
    if (is_there && feed.office == view.office() && feed.agreement && !view.knows(feed.agreement))
      all.push_back(feed);
  }
  return all;
}

}  // namespace

Ruling decide(Sight const& sight, DetachFeed const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  auto const* const known = law.find_destination(sight.view.party(), command.destination);
  if (!known || known->url.empty()) return refused(ReasonCode::unknown_destination, command.destination);
  if (command.feed != "unknown" && !meant_feed(sight.view, command))
    return refused(ReasonCode::unknown_agreement, command.feed);
  return meant_feeds(sight.view, command).empty() ? refused(ReasonCode::not_attached, command.feed)
                                                  : model::accepted();
}

void apply(State& state, DetachFeed const& command, model::Record const& record) {
  auto const feeds = meant_feeds(state.view(viewer_of(state.law, record.command)), command);
  std::erase_if(state.law.attached, [&](auto const& feed) { return contains(feeds, feed); });
}

}  // namespace comity::commands
