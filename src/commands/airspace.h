// What the commands of the airspace share (f3548-rules 5 to 8): whose an entity is, who is told of a change, what a key lacks.
//
// In a centre of preset `dss` everybody sees the references of everybody and an id means one entity for all (M2; declared in
// docs/threats.md). Elsewhere an office sees its own, and what clauses give it (state/shown_airspace.h); what it may not see is not there
// for it (D9).
//
// Pure functions of the state. Numbers in brackets are rules of that page.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "base/limits.h"
#include "commands/sight.h"

namespace comity::commands {

// The office may file: a person on watch, a client with the right, or in preset `dss` whoever was enrolled.
bool may_file(Sight const& sight);

OfficeKey scope_of(Sight const& sight);
// The author's own entity, or the refusal: of another (403), at another OVN (409), not there (`absent`).
template <class Entity, class EntityKey>
std::optional<model::Reason> check_present(Sight const& sight, state::Entities<Entity, EntityKey> const& all,
                                           EntityKey key, std::optional<model::SeenOvn> const& at,
                                           ReasonCode absent) {
  if (key.is_none()) {
    if (!at) return std::nullopt;
    return model::Reason{absent, {}, {}, {}};
  }
  Entity const& entity = all[key];
  if (entity.owner.office != sight.command.office) return model::Reason{ReasonCode::not_owner, {}, {}, {}};
  if (!at || *at != model::seen(entity.id, entity.ovn))
    return model::Reason{ReasonCode::stale_ovn, {}, {}, {}};
  return std::nullopt;
}

// The hull is in its form: cells sorted, within limits; bounds in order.
bool is_sound(model::Hull const& hull);
bool is_sound(std::vector<model::Extent> const& extents);
bool is_base_url(std::string_view url);

model::Hull united(model::Hull const& a, model::Hull const& b);
// U7a, S4: in time, and in cells.
bool covers(model::Hull const& big, model::Hull const& small);

// Where something lies: its own bounds with its own volumes, never those of another time.
struct Lies {
  model::Hull const* hull;
  std::vector<model::Extent> const* extents;
};
// What changes, as it was and as it will be: who may be told of either is told of the change (D4). Both null: a constraint.
struct Changing {
  state::Intent const* before = nullptr;
  state::Intent const* after = nullptr;
  std::vector<Lies> lies;  // before and after
  // Its author has no system of its own that could tell anybody: the centre tells all of them.
  bool native = false;
};
// U10, C2: the subscriptions that are told of a change in this hull: those that lie in it, but for one that ends with the change, and
// one that the change makes, or stretches until it does.
struct Besides {
  SubscriptionKey without;
  struct New {
    model::EntityId id;
    std::string_view url;
    int32_t index = 0;  // up to now
  };
  std::optional<New> with = {};
  SubscriptionKey stretched = {};  // which `with` speaks of
};
// Under agreements: the subscriptions of offices that may see it; of these the author tells those whose office it may see itself, and the
// centre the others (25-isolation D4).
void tell_of(Sight const& sight, Changing const& changing, model::Hull const& where, Besides const& besides,
             model::AirspaceRuling& ruling);
// The new indices, once the subscriptions are as the command leaves them.
void raise_indices(State& state, model::AirspaceRuling const& ruling);

// Under which name the availability of a client's system stands: in preset `dss` its subject, elsewhere that of its party, since two
// parties may have a system of one name.
std::string availability_name(State const& state, ClientKey manager);
// A notification index in a centre of agreements: deciseconds since it began (25-isolation D5), so that none counts what its owner does
// not see.
int32_t index_by_clock(State const& state, UtcTime now);

// The manager's own availability, as arbiters have set it (9).
model::Availability availability_of(State const& state, ClientKey manager);

// The end of an implicit subscription that nothing depends on any more (U7d, D2).
void drop_if_unused(State& state, SubscriptionKey key);
void remove_intent(State& state, IntentKey key);
void depend(State& state, SubscriptionKey key, IntentKey intent);
void release_from(State& state, SubscriptionKey key, IntentKey intent);

// What ended so long ago that nobody asks for it any more, a portion at a time: by pulses alone.
void forget_ended(State& state, UtcTime now);

state::Owner owner_of(model::Command const& command);

// D14: the office has as many of one kind as it may, or one of these cells has. What has ended does not count, but for what may be kept
// of it; what it changes (`self`) counts once. Without a bound in a centre of preset `dss`.
template <class Entity, class EntityKey>
bool is_beyond_quota(Sight const& sight, state::Entities<Entity, EntityKey> const& all, EntityKey self,
                     std::vector<model::Cell> const& cells, size_t most_in_cell) {
  OfficeKey const office = sight.command.office;
  UtcTime const now = sight.context.time;
  if (sight.behind.airspace.one_namespace || all.count_of(office) < most_in_cell) return false;
  if (self.is_none() && all.count_of(office) >= limits::kept_per_office) return true;
  bool const is_new = self.is_none() || all[self].hull.until < now;
  if (is_new && all.count_of(office) >= limits::intents_per_office &&
      all.active_of(office, now) >= limits::intents_per_office)
    return true;
  return std::ranges::any_of(
      cells, [&](model::Cell cell) { return all.count_in(cell, office, now, self) >= most_in_cell; });
}

}  // namespace comity::commands
