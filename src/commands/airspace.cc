#include "commands/airspace.h"

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "commands/conflicts.h"
#include "state/shown_airspace.h"

namespace comity::commands {
namespace {

constexpr char uses_tls[] = "https://";
constexpr char plain[] = "http://";

bool is_after_scheme(std::string_view rest) {
  return !rest.empty() && std::ranges::none_of(rest, [](char c) { return c <= ' ' || c == 0x7f; });
}

}  // namespace

int32_t index_by_clock(State const& state, UtcTime now) {
  return static_cast<int32_t>(std::min<int64_t>((now - state.centre.founded).us / 100'000, INT32_MAX));
}

bool may_file(Sight const& sight) { return may(sight, model::role::watch, model::right::file); }

OfficeKey scope_of(Sight const& sight) { return sight.behind.airspace.scope_of(sight.command.office); }

bool is_sound(model::Hull const& hull) {
  return !hull.cells.empty() && hull.cells.size() <= limits::hull_cells &&
         std::ranges::adjacent_find(hull.cells, std::ranges::greater_equal()) == hull.cells.end() &&
         hull.from <= hull.until && hull.low_mm <= hull.high_mm;
}

bool is_sound(std::vector<model::Extent> const& extents) {
  return extents.size() <= limits::extents && std::ranges::all_of(extents, [](model::Extent const& one) {
           return one.ring.size() >= 3 && one.ring.size() <= limits::ring_vertices && one.from <= one.until &&
                  one.low_mm <= one.high_mm;
         });
}

bool is_base_url(std::string_view url) {
  if (url.size() > limits::base_url_bytes) return false;
  if (url.starts_with(uses_tls)) return is_after_scheme(url.substr(sizeof uses_tls - 1));
  return url.starts_with(plain) && is_after_scheme(url.substr(sizeof plain - 1));
}

model::Hull united(model::Hull const& a, model::Hull const& b) {
  model::Hull both{{},
                   std::min(a.from, b.from),
                   std::max(a.until, b.until),
                   std::min(a.low_mm, b.low_mm),
                   std::max(a.high_mm, b.high_mm)};
  both.cells.reserve(std::max(a.cells.size(), b.cells.size()));
  std::ranges::set_union(a.cells, b.cells, std::back_inserter(both.cells));
  return both;
}

bool covers(model::Hull const& big, model::Hull const& small) {
  return big.from <= small.from && big.until >= small.until && std::ranges::includes(big.cells, small.cells);
}

namespace {

using ByUrl = std::map<std::string, std::vector<model::NotifiedSubscription>>;

std::vector<model::Notified> in_order(ByUrl&& by_url) {
  std::vector<model::Notified> all;
  for (auto& [url, subscriptions] : by_url) {
    std::ranges::sort(subscriptions, {}, &model::NotifiedSubscription::id);
    all.push_back({url, std::move(subscriptions)});
  }
  return all;
}

bool is_shown(state::ShownAirspace const& shown, OfficeKey owner, Changing const& changing) {
  return std::ranges::any_of(changing.lies,
                             [&](Lies const& one) { return shown.shows_at(owner, *one.hull, *one.extents); });
}

// Whether an office may be told of a change, as the law stands; asked of one office once.
class Audience {
 public:
  Audience(Sight const& sight, Changing const& changing) : sight_(sight), changing_(changing) {}
  bool sees_it(OfficeKey office) {
    if (office == sight_.command.office || sight_.behind.airspace.one_namespace) return true;
    auto const [place, is_new] = sees_.try_emplace(office, false);
    if (is_new) place->second = look(office);
    return place->second;
  }

 private:
  bool look(OfficeKey office) const {
    state::ShownAirspace const shown(sight_.behind, office);
    OfficeKey const author = sight_.command.office;
    if (!changing_.before && !changing_.after) return is_shown(shown, author, changing_);
    return (changing_.before && shown.shows(author, *changing_.before)) ||
           (changing_.after && shown.shows(author, *changing_.after));
  }

  Sight const& sight_;
  Changing const& changing_;
  std::map<OfficeKey, bool> sees_;
};

}  // namespace

void tell_of(Sight const& sight, Changing const& changing, model::Hull const& where, Besides const& besides,
             model::AirspaceRuling& ruling) {
  State const& state = sight.behind;
  bool const counts = state.airspace.one_namespace, of_intents = changing.before || changing.after;
  int32_t const by_clock = index_by_clock(state, sight.context.time);
  ByUrl by_author, by_centre;
  if (besides.with)
    by_author[std::string(besides.with->url)].push_back(
        {besides.with->id, sight.command.office, counts ? besides.with->index + 1 : by_clock});
  Audience audience(sight, changing);
  state::ShownAirspace const own(state, sight.command.office);
  model::Hull everywhere_above = where;
  everywhere_above.low_mm = model::lowest_mm, everywhere_above.high_mm = model::highest_mm;  // G9
  state.airspace.subscriptions.each_in(everywhere_above, [&](SubscriptionKey key) {
    state::Subscription const& one = state.airspace.subscriptions[key];
    if (key == besides.without || key == besides.stretched) return;
    if (!(of_intents ? one.for_intents : one.for_constraints) || !audience.sees_it(one.owner.office)) return;
    bool const knows = is_shown(own, one.owner.office, changing);
    ByUrl& by_url = !changing.native && knows ? by_author : by_centre;
    by_url[state.airspace.urls.text(one.url)].push_back(
        {one.id, one.owner.office, counts ? one.notification_index + 1 : by_clock});
  });
  ruling.notified = in_order(std::move(by_author));
  ruling.by_centre = in_order(std::move(by_centre));
}

void raise_indices(State& state, model::AirspaceRuling const& ruling) {
  auto& all = state.airspace.subscriptions;
  for (auto const* told : {&ruling.notified, &ruling.by_centre})
    for (model::Notified const& there : *told)
      for (model::NotifiedSubscription const& one : there.subscriptions) {
        SubscriptionKey const key = all.find(state.airspace.scope_of(one.office), one.id);
        all.amend(key, [&](state::Subscription& to) { to.notification_index = one.index; });
      }
}

std::string availability_name(State const& state, ClientKey manager) {
  model::Client const& client = state.law.clients[manager.value];
  if (state.airspace.one_namespace) return client.subject;
  return state::availability_name(state.law, state.law.party_of(client.office), state::system_name(client));
}

model::Availability availability_of(State const& state, ClientKey manager) {
  auto const& all = state.airspace.availability;
  if (manager.is_none()) return model::Availability::unknown;
  auto const found = all.find(availability_name(state, manager));
  return found == all.end() ? model::Availability::unknown : found->second.availability;
}

void drop_if_unused(State& state, SubscriptionKey key) {
  auto& all = state.airspace.subscriptions;
  if (key.is_none() || !all[key].implicit || !all[key].dependents.empty()) return;
  state.airspace.urls.drop(all[key].url);
  state.airspace.outbox.forget(all[key].owner.office, all[key].id);
  all.remove(state.airspace.scope_of(all[key].owner.office), key);
}

void depend(State& state, SubscriptionKey key, IntentKey intent) {
  if (key.is_none()) return;
  state.airspace.subscriptions.amend(key, [&](state::Subscription& on) {
    auto const at = std::ranges::lower_bound(on.dependents, intent);
    if (at == on.dependents.end() || *at != intent) on.dependents.insert(at, intent);
  });
}

void release_from(State& state, SubscriptionKey key, IntentKey intent) {
  if (key.is_none()) return;
  state.airspace.subscriptions.amend(key,
                                     [&](state::Subscription& from) { std::erase(from.dependents, intent); });
}

void forget_ended(State& state, UtcTime now) {
  state::Airspace& airspace = state.airspace;
  for (IntentKey const key : airspace.intents.take_ended(now - limits::ended_kept, limits::forgotten_at_once))
    remove_intent(state, key);
  airspace.notices.forget(now - limits::ended_kept, limits::forgotten_at_once);
  for (SiteKey const key : airspace.sites.take_ended(now - limits::ended_kept, limits::forgotten_at_once))
    airspace.sites.remove(airspace.scope_of(airspace.sites[key].owner.office), key);
  for (ConstraintKey const key :
       airspace.constraints.take_ended(now - limits::ended_kept, limits::forgotten_at_once)) {
    airspace.urls.drop(airspace.constraints[key].url);
    airspace.constraints.remove(airspace.scope_of(airspace.constraints[key].owner.office), key);
  }
  for (SubscriptionKey const key :
       airspace.subscriptions.take_ended(now - limits::ended_kept, limits::forgotten_at_once)) {
    if (!airspace.subscriptions[key]
             .dependents.empty()) {  // S4: they ended before it, and are forgotten before it
      airspace.subscriptions.leave_to_next_time(key);
      continue;
    }
    airspace.urls.drop(airspace.subscriptions[key].url);
    airspace.outbox.forget(airspace.subscriptions[key].owner.office, airspace.subscriptions[key].id);
    airspace.subscriptions.remove(airspace.scope_of(airspace.subscriptions[key].owner.office), key);
  }
}

void remove_intent(State& state, IntentKey key) {
  state::Airspace& airspace = state.airspace;
  state::Intent const& intent = airspace.intents[key];
  SubscriptionKey const on = intent.subscription;
  forget_answers(state, {model::ThingName::Kind::intent, intent.owner.office, intent.id});
  airspace.urls.drop(intent.url);
  airspace.intents.remove(airspace.scope_of(intent.owner.office), key);
  release_from(state, on, key);
  drop_if_unused(state, on);
}

state::Owner owner_of(model::Command const& command) {
  bool const client = command.actor.kind == model::Actor::Kind::client;
  return {command.office, client ? ClientKey(command.actor.key) : ClientKey()};
}

}  // namespace comity::commands
