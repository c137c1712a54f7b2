#include "commands/seed_item.h"

#include "codec/codec.h"

namespace comity::commands {
namespace {

// The date of the newest seed; none if something else is there.
std::optional<UtcTime> last_seed(State const& state, AgreementKey collection) {
  auto const all = state.holdings.contributed.find(collection);
  if (all == state.holdings.contributed.end() || all->second.empty()) return UtcTime{};
  for (state::Contribution const& one : state.holdings.item(all->second.back()).contributions)
    if (one.agreement == collection && one.dated == UtcTime{}) return std::nullopt;
  state::FeedName const name{collection, state.law.arrangement->office};
  return state.holdings.own_feed(name).entries.back().date_added;
}

}  // namespace

Ruling decide(Sight const& sight, SeedItem const& command) {
  state::Law const& law = sight.view.law();
  if (sight.command.actor.kind != model::Actor::Kind::system || !law.arrangement ||
      sight.command.office != law.arrangement->office)
    return refused(ReasonCode::not_permitted);
  AgreementKey const collection = sight.view.agreement(command.item.agreement);
  if (collection.is_none()) return refused(ReasonCode::unknown_agreement, command.item.agreement);
  auto const last = last_seed(sight.behind, collection);
  if (!last) return refused(ReasonCode::not_permitted);
  if (command.date_added <= *last || command.date_added > sight.context.time)
    return refused(ReasonCode::malformed, "/date_added");
  return decide_contribution(sight, command.item, collection, command.date_added);
}

std::optional<std::string> contributed_id(Command const& command) {
  if (command.kind == model::CommandKind::contribute)
    if (auto const body = codec::decode<Contribute>(command.body)) return body->head.id;
  if (command.kind == model::CommandKind::seed_item)
    if (auto const body = codec::decode<SeedItem>(command.body)) return body->item.head.id;
  return std::nullopt;
}

void apply(State& state, SeedItem const& command, model::Record const& record) {
  apply_contribution(state, command.item, record, command.date_added);
}

}  // namespace comity::commands
