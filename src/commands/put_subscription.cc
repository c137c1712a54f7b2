#include "commands/put_subscription.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/airspace.h"

namespace comity::commands {
namespace {

// S2: with what was left open.
model::Hull whole(PutSubscription const& command, state::Subscription const* before, UtcTime now) {
  model::Hull hull = command.hull;
  if (hull.from == model::earliest) hull.from = before ? before->hull.from : now;
  if (hull.until == model::latest)
    hull.until = before ? before->hull.until : hull.from + limits::subscription_window;
  return hull;
}

// S1: none of this looks at what is there, but for the times that a change leaves as they are.
std::optional<ReasonCode> check_times(model::Hull const& hull, UtcTime begin_asked, UtcTime now) {
  if (hull.from > hull.until) return ReasonCode::malformed;
  if (begin_asked != model::earliest && begin_asked + limits::clock_skew < now)
    return ReasonCode::in_the_past;
  if (hull.until < now) return ReasonCode::in_the_past;
  if (hull.until - hull.from > limits::subscription_window) return ReasonCode::window_too_long;
  return std::nullopt;
}

// S4: every intent that leans on it is still covered, in the altitudes as asked too.
bool holds_up(State const& state, state::Subscription const& before, model::Hull const& now) {
  return std::ranges::all_of(before.dependents, [&](IntentKey key) {
    model::Hull const& intent = state.airspace.intents[key].hull;
    return std::ranges::includes(now.cells, intent.cells) && now.low_mm <= intent.low_mm &&
           now.high_mm >= intent.high_mm && now.from - intent.from <= limits::clock_skew &&
           now.until >= intent.until;
  });
}

}  // namespace

Ruling decide(Sight const& sight, PutSubscription const& command) {
  State const& state = sight.behind;
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  bool const asks = command.for_intents || command.for_constraints;
  if (!asks || !is_sound(command.hull) || !is_base_url(command.url) ||
      command.next.kind != model::Ovn::Kind::minted)
    return refused(ReasonCode::malformed);
  auto const& all = state.airspace.subscriptions;
  SubscriptionKey const key = all.find(scope_of(sight), command.id);
  state::Subscription const* before = key ? &all[key] : nullptr;
  bool const own = before && before->owner.office == sight.command.office;
  model::Hull const hull = whole(command, own ? before : nullptr, sight.context.time);
  if (auto const no = check_times(hull, command.hull.from, sight.context.time)) return refused(*no);
  if (!before && command.at) return refused(ReasonCode::unknown_subscription);
  if (before && (!command.at || *command.at != model::seen(before->id, before->version)))
    return refused(ReasonCode::stale_ovn);  // S3: before it is said whose it is
  if (before && !own) return refused(ReasonCode::not_owner);
  if (before && !holds_up(state, *before, hull)) return refused(ReasonCode::has_dependents);
  if (is_beyond_quota(sight, all, key, hull.cells, limits::subscriptions_per_office_and_cell))
    return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, PutSubscription const& command, model::Record const& record) {
  state::Airspace& airspace = state.airspace;
  auto& all = airspace.subscriptions;
  OfficeKey const scope = airspace.scope_of(record.command.office);
  SubscriptionKey key = all.find(scope, command.id);
  model::Hull hull = whole(command, key ? &all[key] : nullptr, record.time);
  hull.low_mm = model::lowest_mm, hull.high_mm = model::highest_mm;  // G9
  if (key.is_none()) {
    state::Subscription made;
    made.id = command.id;
    made.owner = owner_of(record.command);
    made.url = airspace.urls.add(command.url);
    made.hull = hull;
    key = all.add(scope, std::move(made));
  }
  all.change(key, [&](state::Subscription& subscription) {
    subscription.version = command.next;
    airspace.urls.change(subscription.url, command.url);
    subscription.for_intents = command.for_intents;
    subscription.for_constraints = command.for_constraints;
    subscription.implicit = false;  // S5
    subscription.hull = hull;
  });
}

}  // namespace comity::commands
