#include "commands/delete_subscription.h"

#include "commands/airspace.h"

namespace comity::commands {

Ruling decide(Sight const& sight, DeleteSubscription const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  auto const& all = sight.behind.airspace.subscriptions;
  SubscriptionKey const key = all.find(scope_of(sight), command.id);
  if (key.is_none()) return refused(ReasonCode::unknown_subscription);
  state::Subscription const& subscription = all[key];
  if (subscription.owner.office != sight.command.office) return refused(ReasonCode::not_owner);
  if (command.at != model::seen(subscription.id, subscription.version)) return refused(ReasonCode::stale_ovn);
  if (!subscription.dependents.empty()) return refused(ReasonCode::has_dependents);
  return model::accepted();
}

void apply(State& state, DeleteSubscription const& command, model::Record const& record) {
  state::Airspace& airspace = state.airspace;
  OfficeKey const scope = airspace.scope_of(record.command.office);
  SubscriptionKey const key = airspace.subscriptions.find(scope, command.id);
  airspace.urls.drop(airspace.subscriptions[key].url);
  airspace.outbox.forget(record.command.office, command.id);
  airspace.subscriptions.remove(scope, key);
}

}  // namespace comity::commands
