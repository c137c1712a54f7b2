#include "commands/put_intent.h"

#include <algorithm>

#include "base/limits.h"
#include "base/mutant.h"
#include "commands/airspace.h"
#include "commands/lead.h"
#include "commands/telling_systems.h"
#include "geometry/ring.h"
#include "state/shown_airspace.h"

namespace comity::commands {
namespace {

using model::IntentState;

bool plans_or_flies(IntentState state) {
  return state == IntentState::accepted || state == IntentState::activated;
}

bool is_no_ring(model::Extent const& extent) { return geometry::check_ring(extent.ring).has_value(); }

bool is_well_formed(PutIntent const& command) {
  bool const known = command.state >= IntentState::accepted && command.state <= IntentState::contingent;
  bool const bounded = command.hull.from != model::earliest && command.hull.until != model::latest &&
                       command.hull.low_mm != model::lowest_mm && command.hull.high_mm != model::highest_mm;
  bool const one_at_most = !(command.subscription && command.implicit);
  bool const leans = command.native || command.subscription || command.implicit ||
                     command.state == IntentState::accepted;  // U3
  bool const named = command.native ? command.url.empty() : is_base_url(command.url);
  if (command.native && (command.extents.empty() || command.subscription || command.implicit)) return false;
  if (std::ranges::any_of(command.extents, is_no_ring)) return false;
  return known && bounded && one_at_most && leans && (command.at || command.state == IntentState::accepted) &&
         is_sound(command.hull) && is_sound(command.extents) && named &&
         (!command.implicit || is_base_url(command.implicit->url)) &&
         command.key.size() <= limits::key_ovns && command.said.size() <= limits::said_bytes &&
         std::ranges::is_sorted(command.key) && command.next.kind != model::Ovn::Kind::none;
}

bool was_asked_for(state::Intent const& intent, model::Ovn const& next) {
  if (next.kind != model::Ovn::Kind::suffixed) return false;
  bool const is_now = intent.ovn.kind == next.kind && intent.ovn.octets == next.octets;
  auto const& past = intent.besides->past_suffixes;
  return is_now || std::ranges::find(past, next.octets) != past.end();
}

// What the subscription that the filing names is refused for (U7a).
std::optional<ReasonCode> check_subscription(Sight const& sight, PutIntent const& command) {
  if (!command.subscription) return std::nullopt;
  auto const& all = sight.behind.airspace.subscriptions;
  SubscriptionKey const key = all.find(scope_of(sight), *command.subscription);
  if (key.is_none()) return ReasonCode::unknown_subscription;
  state::Subscription const& named = all[key];
  if (named.owner.office != sight.command.office) return ReasonCode::not_owner;
  if (!named.implicit && !covers(named.hull, command.hull)) return ReasonCode::subscription_too_small;
  return std::nullopt;
}

bool looks_at_constraints(Sight const& sight, PutIntent const& command) {
  if (command.implicit) return command.implicit->for_constraints;
  if (!command.subscription) return false;
  auto const& all = sight.behind.airspace.subscriptions;
  return all[all.find(scope_of(sight), *command.subscription)].for_constraints;
}

template <class Entities>
std::vector<model::EntityName> lacking(Sight const& sight, Entities const& all, model::Hull const& hull,
                                       std::vector<model::SeenOvn> const& shown, auto const& counts) {
  std::vector<model::EntityName> missing;
  all.each_in(hull, [&](auto key) {
    auto const& one = all[key];
    if (!counts(key)) return;
    if (std::ranges::binary_search(shown, model::seen(one.id, one.ovn))) return;
    missing.push_back({sight.behind.airspace.scope_of(one.owner.office), one.id});
  });
  std::ranges::sort(missing);
  return missing;
}

// U8: what the key lacks, of what the author may see.
void check_key(Sight const& sight, PutIntent const& command, IntentKey self, model::AirspaceRuling& found) {
  if (command.native || !plans_or_flies(command.state)) return;
  state::Airspace const& airspace = sight.behind.airspace;
  state::ShownAirspace const shown(sight.behind, sight.command.office);
  model::Hull const around = shown.around(command.hull);
  found.missing_intents = lacking(sight, airspace.intents, around, command.key, [&](IntentKey key) {
    if (key == self) return false;
    state::Intent const& other = airspace.intents[key];
    bool const needs_none = other.state == IntentState::accepted &&
                            availability_of(sight.behind, other.owner.manager) == model::Availability::down;
    return !needs_none && shown.shows_in(command.hull, other.owner.office, other);
  });
  if (!looks_at_constraints(sight, command)) return;
  model::Hull all_heights = command.hull;
  all_heights.low_mm = model::lowest_mm, all_heights.high_mm = model::highest_mm;  // G9
  found.missing_constraints =
      lacking(sight, airspace.constraints, all_heights, command.key, [&](ConstraintKey key) {
        state::Constraint const& one = airspace.constraints[key];
        return shown.shows_at(one.owner.office, one.hull, one.extents);
      });
}

// The subscription that the intent leaned on and that ends with this change (U7d).
SubscriptionKey left_over(State const& state, PutIntent const& command, IntentKey self, OfficeKey scope) {
  if (self.is_none()) return {};
  SubscriptionKey const before = state.airspace.intents[self].subscription;
  if (before.is_none()) return {};
  state::Subscription const& old = state.airspace.subscriptions[before];
  bool const stays =
      command.subscription && state.airspace.subscriptions.find(scope, *command.subscription) == before;
  return !stays && old.implicit && old.dependents.size() == 1 ? before : SubscriptionKey();
}

// U7, U10: what becomes of subscriptions by this change.
Besides besides(State const& state, PutIntent const& command, IntentKey self, OfficeKey scope) {
  Besides out{left_over(state, command, self, scope)};
  if (command.implicit) out.with = {command.implicit->id, command.implicit->url};
  if (!command.subscription) return out;
  SubscriptionKey const key = state.airspace.subscriptions.find(scope, *command.subscription);
  state::Subscription const& named = state.airspace.subscriptions[key];
  if (covers(named.hull, command.hull)) return out;
  out.stretched = key;
  out.with = {named.id, state.airspace.urls.text(named.url), named.notification_index};
  return out;
}

state::Intent as_filed(OfficeKey office, PutIntent const& command, uint32_t version) {
  state::Intent will_be;
  will_be.id = command.id, will_be.state = command.state, will_be.version = version;
  will_be.owner.office = office;
  will_be.exercise = command.exercise, will_be.hull = command.hull, will_be.extents = command.extents;
  return will_be;
}

IntentKey self_of(State const& state, OfficeKey office, model::EntityId const& id) {
  return state.airspace.intents.find(state.airspace.scope_of(office), id);
}

// D3: of what is told as a warning, what the key does not show.
void check_surrogates(State const& state, PutIntent const& command, state::Intent const& will_be,
                      model::AirspaceRuling& ruling) {
  if (command.native || !plans_or_flies(command.state)) return;
  if (mutated(Mutant::surrogate_is_not_needed)) return;
  for (model::Surrogate& one : surrogates_in(state, filed_as(will_be.owner.office, will_be).name, ruling))
    if (std::ranges::find(command.seen, one) == command.seen.end())
      ruling.missing_surrogates.push_back(std::move(one));
}

// What a refusal says: what is lacking, and what it costs. Nothing else of it has come about.
Ruling refused_for_key(model::AirspaceRuling&& found) {
  Ruling ruling = refused(ReasonCode::missing_ovns, "/key");
  model::AirspaceRuling& kept = ruling.airspace.emplace();
  kept.missing_intents = std::move(found.missing_intents);
  kept.missing_constraints = std::move(found.missing_constraints);
  kept.missing_surrogates = std::move(found.missing_surrogates);
  kept.charged = std::move(found.charged), kept.not_answered = std::move(found.not_answered);
  return ruling;
}

void forget_old(std::vector<std::array<uint8_t, 16>>& past_suffixes, UtcTime now) {
  std::erase_if(past_suffixes, [&](auto const& suffix) {
    auto const made = model::time_of_v7(suffix);
    return !made || *made + limits::clock_skew + limits::clock_skew < now;
  });
}

SubscriptionKey lean_on(State& state, PutIntent const& command, model::Record const& record,
                        OfficeKey scope) {
  auto& all = state.airspace.subscriptions;
  if (command.implicit) {
    state::Subscription made;
    made.id = command.implicit->id;
    made.owner = owner_of(record.command);
    made.version = command.implicit->version;
    made.url = state.airspace.urls.add(command.implicit->url);
    made.for_intents = true, made.for_constraints = command.implicit->for_constraints, made.implicit = true;
    made.hull = command.hull;
    made.hull.low_mm = model::lowest_mm, made.hull.high_mm = model::highest_mm;
    return all.add(scope, std::move(made));
  }
  if (!command.subscription) return {};
  SubscriptionKey const key = all.find(scope, *command.subscription);
  if (!covers(all[key].hull, command.hull))
    all.change(key, [&](state::Subscription& grown) {
      grown.hull = united(grown.hull, command.hull);
      grown.hull.low_mm = model::lowest_mm, grown.hull.high_mm = model::highest_mm;
      grown.version = command.stretched;
    });
  return key;
}

}  // namespace

state::Intent would_be(State const& state, OfficeKey office, PutIntent const& command) {
  IntentKey const self = self_of(state, office, command.id);
  return as_filed(office, command, self ? state.airspace.intents[self].version + 1 : 1);
}

ThingChange change_to(State const& state, state::Intent const& will_be, UtcTime now) {
  IntentKey const self = self_of(state, will_be.owner.office, will_be.id);
  Filed thing = filed_as(will_be.owner.office, will_be);
  bool const moves = self.is_none() || state.airspace.intents[self].extents != will_be.extents ||
                     state.airspace.intents[self].exercise != will_be.exercise;
  thing.moved = moves ? will_be.version : state.airspace.intents[self].moved;
  thing.moved_at = moves ? now : state.airspace.intents[self].moved_at;
  return {thing.name, thing, moves || state::off_nominal(state.airspace.intents[self])};
}

// The standard's answer, beside the exact one (40-deconfliction): intents of others that the author is shown in these cells.
static uint32_t neighbours_by_cells(Sight const& sight, model::Hull const& hull) {
  state::ShownAirspace const shown(sight.behind, sight.command.office);
  auto const& intents = sight.behind.airspace.intents;
  uint32_t count = 0;
  intents.each_in(shown.around(hull), [&](IntentKey key) {
    OfficeKey const owner = intents[key].owner.office;
    count += owner != sight.command.office && shown.shows_in(hull, owner, intents[key]);
  });
  return count;
}

std::vector<model::Surrogate> surrogates_of(State const& state, OfficeKey office, PutIntent const& command,
                                            UtcTime now) {
  if (state.airspace.one_namespace || !is_well_formed(command)) return {};
  model::AirspaceRuling found;
  state::Intent const will_be = would_be(state, office, command);
  follow(state, change_to(state, will_be, now), now, found);
  return surrogates_in(state, filed_as(office, will_be).name, found);
}

std::optional<Ruling> refusal_of(Sight const& sight, PutIntent const& command) {
  State const& state = sight.behind;
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  if (!is_well_formed(command)) return refused(ReasonCode::malformed);
  if (command.hull.until < sight.context.time) return refused(ReasonCode::in_the_past, "/extents");  // U1
  if (!state.airspace.one_namespace && command.hull.until - command.hull.from > limits::intent_window)
    return refused(ReasonCode::window_too_long, "/extents");  // D14
  ClientKey const manager = owner_of(sight.command).manager;
  if (plans_or_flies(command.state) && availability_of(state, manager) == model::Availability::down)
    return refused(ReasonCode::uss_down);  // U5
  IntentKey const self = self_of(state, sight.command.office, command.id);
  if (auto no = check_present(sight, state.airspace.intents, self, command.at, ReasonCode::unknown_intent))
    return refused(std::move(*no));  // U6
  if (is_beyond_quota(sight, state.airspace.intents, self, command.hull.cells,
                      limits::intents_per_office_and_cell))
    return refused(ReasonCode::quota);  // D14
  if (self && !state.airspace.one_namespace && command.state != IntentState::contingent &&
      state.airspace.intents[self].state == IntentState::contingent)
    return refused(ReasonCode::contingent_ends);  // D6
  if (self && was_asked_for(state.airspace.intents[self], command.next))
    return refused(ReasonCode::ovn_used);                                       // I4
  if (auto const no = check_subscription(sight, command)) return refused(*no);  // U7
  return std::nullopt;
}

Ruling decide(Sight const& sight, PutIntent const& command) {
  State const& state = sight.behind;
  if (auto no = refusal_of(sight, command)) return std::move(*no);
  IntentKey const self = self_of(state, sight.command.office, command.id);
  model::AirspaceRuling found;
  state::Intent const will_be = would_be(state, sight.command.office, command);
  if (!state.airspace.one_namespace) {
    ThingChange const change = change_to(state, will_be, sight.context.time);
    follow(state, change, sight.context.time, found);
    if (change.now->moved == will_be.version) found.short_notice = short_notices(state.law, *change.now);
    check_surrogates(state, command, will_be, found);
  }
  check_key(sight, command, self, found);  // U8
  if (found.lacks_ovns()) return refused_for_key(std::move(found));
  found.version = will_be.version;
  // Finer than the grid: not beside an `unknown`, or altitudes and times could be bisected by it (G10).
  if (command.native && found.not_answered.empty())
    found.cells_shared_with = neighbours_by_cells(sight, command.hull);
  model::Hull const where = self ? united(state.airspace.intents[self].hull, command.hull) : command.hull;
  state::Intent const* const before = self ? &state.airspace.intents[self] : nullptr;
  Changing changing{before, &will_be, {{&will_be.hull, &will_be.extents}}, command.native};
  if (before) changing.lies.push_back({&before->hull, &before->extents});
  tell_of(sight, changing, where, besides(state, command, self, scope_of(sight)), found);
  Ruling ruling = model::accepted();
  ruling.airspace = std::move(found);
  return ruling;
}

void apply(State& state, PutIntent const& command, model::Record const& record) {
  state::Airspace& airspace = state.airspace;
  OfficeKey const scope = airspace.scope_of(record.command.office);
  IntentKey self = airspace.intents.find(scope, command.id);
  SubscriptionKey const before = self ? airspace.intents[self].subscription : SubscriptionKey();
  SubscriptionKey const now = lean_on(state, command, record, scope);
  if (self.is_none()) {
    state::Intent made;
    made.id = command.id;
    made.owner = owner_of(record.command);
    made.url = airspace.urls.add(command.url);
    made.hull = command.hull;
    self = airspace.intents.add(scope, std::move(made));
  }
  airspace.intents.change(self, [&](state::Intent& intent) {
    remember_suffix(intent);
    if (!intent.besides.empty() || !command.said.empty())
      intent.besides.change([&](state::Besides& besides) {
        forget_old(besides.past_suffixes, record.time);
        besides.said = airspace.one_namespace ? std::string() : command.said;
        if (besides.track) besides.track->strayed_at = never, besides.track->off_nominal.reset();
      });
    airspace.urls.change(intent.url, command.url);
    intent.state = command.state;
    bool const moves =
        intent.moved == 0 || intent.extents != command.extents || intent.exercise != command.exercise;
    intent.kind = command.kind, intent.exercise = command.exercise;
    ++intent.version;
    if (moves) intent.moved = intent.version, intent.moved_at = record.time;
    intent.ovn = command.next;
    intent.subscription = now;
    intent.hull = command.hull;
    if (!airspace.one_namespace) intent.extents = command.extents;
  });
  if (before != now) release_from(state, before, self);
  depend(state, now, self);
  if (before != now) drop_if_unused(state, before);
  raise_indices(state, *record.ruling.airspace);
  note_answers(state, {model::ThingName::Kind::intent, record.command.office, command.id}, record);
  tell_in_place(state, record, model::ToTell::Of::intent, command.id);
}

}  // namespace comity::commands
