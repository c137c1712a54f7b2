// The airspace: who files to be where and when, who wants to be told, and which systems are down (40-deconfliction; ASTM F3548-21).
//
// Every entity belongs to the office that filed it, and has the id that its client chose. In a centre of preset `dss`
// (model/dss.h) one id means one entity for everybody, as the standard has it; elsewhere an id belongs to its office
// (25-isolation G2, D9), and another office's entity of that id is another thing.
//
// This is a table with its indices and no rule: what a filing is refused for stands in commands/. The indices are made of the
// table (`complete`) and are no part of the encoding. Keys are slots and are used again once an entity has ended: they stand in
// the indices and in nothing that lasts.
//
// Texts that repeat, base URLs, are kept once. Memory: about 300 octets for an intent of two cells, all indices included
// (PERFORMANCE.md). Deterministic; thread rule: state.h.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ensure.h"
#include "base/mutant.h"
#include "base/rare.h"
#include "geometry/coarse.h"
#include "model/airspace.h"
#include "model/schedule.h"
#include "model/telemetry.h"
#include "state/calendar.h"
#include "state/cell_index.h"
#include "state/conflicts.h"
#include "state/outbox.h"
#include "state/watch.h"

namespace comity::state {

// A base URL, kept once for all who name it.
class Urls {
 public:
  uint32_t add(std::string const& url);
  void drop(uint32_t url);
  void change(uint32_t& url, std::string const& to);
  std::string const& text(uint32_t url) const { return all_[url].text; }
  auto fields(this auto& self) { return std::tie(self.all_, self.free_); }
  void complete();

 private:
  struct Kept {
    std::string text;
    uint32_t users = 0;
    auto fields(this auto& self) { return std::tie(self.text, self.users); }
  };
  std::vector<Kept> all_;
  std::vector<uint32_t> free_;
  std::map<std::string, uint32_t, std::less<>> by_text_;
};

struct Owner {
  OfficeKey office;
  ClientKey manager;  // whose name F3548 shows
  auto fields(this auto& self) { return std::tie(self.office, self.manager); }
};

// A volume beside those filed in which an intent may be, as its operator reports: from the last report that was not inside of what is
// filed, until one that is, or until its office files it anew.
struct OffNominal {
  model::Extent extent;
  model::Hull filed;  // the hull of what is filed: that of the intent holds both meanwhile
  auto fields(this auto& self) { return std::tie(self.extent, self.filed); }
};

// What was reported of where an intent is (commands/report_telemetry.h). Few intents have any.
struct Track {
  model::Telemetry last;
  UtcTime reported_at;  // when it came
  UtcTime strayed_at =
      never;  // when the first was measured, since it was filed, that was not inside of what is filed
  std::optional<OffNominal> off_nominal;
  auto fields(this auto& self) {
    return std::tie(self.last, self.reported_at, self.strayed_at, self.off_nominal);
  }
};

// What few intents have any of.
struct Besides {
  std::string said;  // by its filer, of its volumes, in other words; JSON that nothing is decided on
  // I4: what its clients asked its OVNs to end in. A suffix carries its time, so that an old one can be asked for by nobody and need not
  // be remembered.
  std::vector<std::array<uint8_t, 16>> past_suffixes;
  Rare<Track> track;
  bool empty() const { return said.empty() && past_suffixes.empty() && !track; }
  auto fields(this auto& self) { return std::tie(self.said, self.past_suffixes, self.track); }
};

struct Intent {
  model::EntityId id;
  Owner owner;
  model::IntentState state = model::IntentState::accepted;
  model::IntentKind kind = model::IntentKind::flight;
  bool exercise = false;
  uint32_t version = 0, moved = 0;  // the version at which its volumes were new
  UtcTime moved_at;                 // when that was filed
  model::Ovn ovn;
  uint32_t url = 0;
  SubscriptionKey subscription;
  model::Hull hull;
  std::vector<model::Extent> extents;  // as filed; none in preset `dss`, which knows cells only (DSS0040)
  Seldom<Besides> besides;
  auto fields(this auto& self) {
    return std::tie(self.id, self.owner, self.state, self.kind, self.exercise, self.version, self.moved,
                    self.moved_at, self.ovn, self.url, self.subscription, self.hull, self.extents,
                    self.besides);
  }
};
// Three of them fill a block of the table.
static_assert(sizeof(Intent) <= 160);
// The one that it may be in beside those filed; null: none.
model::Extent const* off_nominal(Intent const& intent);
// Its OVN is about to be another: one that its client asked for is not taken again.
void remember_suffix(Intent& intent);
// All that geometry compares of it.
std::vector<model::Extent> all_extents(Intent const& intent);

struct Constraint {
  model::EntityId id;
  Owner owner;
  uint32_t version = 0;
  model::Ovn ovn;
  uint32_t url = 0;
  model::Hull hull;
  std::vector<model::Extent> extents;
  std::string said;  // in other words, as of an intent
  auto fields(this auto& self) {
    return std::tie(self.id, self.owner, self.version, self.ovn, self.url, self.hull, self.extents,
                    self.said);
  }
};

struct Subscription {
  model::EntityId id;
  Owner owner;
  model::Ovn version;  // I5: opaque, of each edit
  uint32_t url = 0;
  int32_t notification_index = 0;
  bool for_intents = false, for_constraints = false, implicit = false;
  model::Hull hull;                   // its altitudes are unbounded (G9)
  std::vector<IntentKey> dependents;  // sorted
  auto fields(this auto& self) {
    return std::tie(self.id, self.owner, self.version, self.url, self.notification_index, self.for_intents,
                    self.for_constraints, self.implicit, self.hull, self.dependents);
  }
};

// A place that operations are kept away from (40-deconfliction): matched on the grid of the clauses under which its office has filed
// it, in no query, and no constraint of F3548 (25-isolation D10).
struct Site {
  model::EntityId id;
  Owner owner;
  uint32_t version = 0;
  model::SiteKind kind = model::SiteKind::other;
  std::string name, source, measured;
  UtcTime reconfirm_by = never;
  model::Hull hull;  // without cells: from when until when, and at which altitudes
  std::vector<model::Extent> extents;
  std::optional<model::Schedule> schedule;  // when its volumes are there, of the time that they say
  std::string said;                         // as of an intent
  auto fields(this auto& self) {
    return std::tie(self.id, self.owner, self.version, self.kind, self.name, self.source, self.measured,
                    self.reconfirm_by, self.hull, self.extents, self.schedule, self.said);
  }
};

// What a system is said to be (f3548-rules 9), by the name of its manager.
struct UssAvailability {
  model::Availability availability = model::Availability::unknown;
  model::Ovn version;
  auto fields(this auto& self) { return std::tie(self.availability, self.version); }
};

// Of a name, by a secret of this run of the program, so that nobody can choose ids that share one.
uint32_t hash_of(OfficeKey scope, model::EntityId const& id);

// A table of entities of one kind with its indices.
template <class Entity, class EntityKey>
class Entities {
 public:
  // `scope`: none where an id means one thing for everybody, else the office whose id it is.
  EntityKey find(OfficeKey scope, model::EntityId const& id) const {
    auto const found = by_id_.find(hash_of(scope, id));
    uint32_t slot = found == by_id_.end() ? no_slot : found->second;
    while (slot != no_slot && !is_named(slot, scope, id)) slot = beside_[slot].alike;
    return slot == no_slot ? EntityKey() : EntityKey(slot);
  }
  Entity const& operator[](EntityKey key) const { return slots_[key.value]; }
  size_t size() const { return slots_.size() - free_.size(); }
  size_t count_of(OfficeKey office) const {
    auto const found = own_.find(office);
    return found == own_.end() ? 0 : found->second.count;
  }
  // Of these, what has not ended; what ends within an hour counts until that is over.
  size_t active_of(OfficeKey office, UtcTime now) const {
    auto const found = own_.find(office);
    if (found == own_.end()) return 0;
    size_t count = 0;
    auto const& ends = found->second.ends;
    for (auto hour = ends.lower_bound(Calendar::hour_of(now)); hour != ends.end(); ++hour)
      count += hour->second;
    return count;
  }

  // How often what an office has was changed since the program began: for whoever asks whether to look again. No part of the state.
  uint64_t changes_of(OfficeKey office) const {
    auto const found = changes_.find(office);
    return found == changes_.end() ? 0 : found->second;
  }
  // Of all offices.
  uint64_t changes() const { return all_changes_; }
  // Something that is told with them is another now.
  void touch(OfficeKey office) { ++changes_[office], ++all_changes_; }

  EntityKey add(OfficeKey scope, Entity entity) {
    uint32_t slot = static_cast<uint32_t>(slots_.size());
    if (free_.empty()) {
      slots_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    slots_[slot] = std::move(entity);
    enter(scope, slot);
    touch(slots_[slot].owner.office);
    return EntityKey(slot);
  }
  // `change(entity)`; of what the indices are made of, only the hull and the extents may change.
  template <class Change>
  void change(EntityKey key, Change const& change) {
    Entity& entity = slots_[key.value];
    model::Hull const before = entity.hull;
    touch(entity.owner.office);
    leave_neighbours(key.value), leave_confirmed(key.value);
    change(entity);
    join_neighbours(key.value), join_confirmed(key.value);
    if (before == entity.hull) return;
    if (Calendar::hour_of(before.until) != Calendar::hour_of(entity.hull.until)) {
      Own& own = own_[entity.owner.office];
      own.leave(before.until), own.join(entity.hull.until);
      ends_.add(entity.hull.until, key.value);
      ends_.gone(before.until, holds());
    }
    cells_.remove(key.value, before);
    cells_.add(key.value, entity.hull, entity.owner.office.value);
  }
  // `change(entity)` of what no index of places is made of: not the hull.
  template <class Change>
  void amend(EntityKey key, Change const& change) {
    touch(slots_[key.value].owner.office);
    leave_confirmed(key.value);
    change(slots_[key.value]);
    join_confirmed(key.value);
  }
  void remove(OfficeKey scope, EntityKey key) {
    Entity& entity = slots_[key.value];
    touch(entity.owner.office);
    UtcTime const end = entity.hull.until;
    cells_.remove(key.value, entity.hull);
    leave_neighbours(key.value), leave_confirmed(key.value);
    leave_names(scope, key.value);
    leave_own(key.value);
    entity = Entity();
    free_.push_back(key.value);
    ends_.gone(end, holds());
  }

  // G9: those that share a cell, an instant and an altitude with the hull, each once.
  template <class Found>
  void each_in(model::Hull const& hull, Found const& found) const {
    cells_.each(hull, [&](uint32_t slot) {
      model::Hull const& of = slots_[slot].hull;
      if (of.from <= hull.until && hull.from <= of.until) found(EntityKey(slot));
    });
  }
  // Those of others that may meet such volumes: by their extents, and a superset (geometry/coarse.h).
  template <class Found>
  void each_near(geometry::Coarse const& coarse, OfficeKey but_of, Found const& found) const {
    near_.each(coarse.hull, [&](uint32_t slot) { found(EntityKey(slot)); }, but_of.value, coarse.around);
  }
  // Of one office in one cell, what has not ended, to the second; but for one.
  size_t count_in(model::Cell cell, OfficeKey office, UtcTime now, EntityKey but) const {
    return cells_.count_in(cell, office.value, now, but ? but.value : CellIndex<>::nobody);
  }
  // When the next of what has to be confirmed anew is stale, after that time.
  UtcTime next_stale(UtcTime after) const {
    auto const next = confirmed_.upper_bound({after, no_slot});
    return next == confirmed_.end() ? never : next->first;
  }
  // When something may be there to be forgotten that ended so long ago.
  UtcTime first_end() const { return ends_.first(); }
  std::vector<EntityKey> take_ended(UtcTime before, size_t most) {
    std::vector<EntityKey> keys;
    for (uint32_t const slot : ends_.take_before(before, most, holds())) keys.push_back(EntityKey(slot));
    return keys;
  }
  void leave_to_next_time(EntityKey key) { ends_.add(slots_[key.value].hull.until, key.value); }
  // The first at this slot or behind it; none: there are no more.
  EntityKey from(uint32_t slot) const {
    while (slot < slots_.size() && !slots_[slot].owner.office) ++slot;
    return slot < slots_.size() ? EntityKey(slot) : EntityKey();
  }
  // Those of one office, in no order that anything may depend on.
  template <class Found>
  void each_of(OfficeKey office, Found const& found) const {
    auto const own = own_.find(office);
    if (own == own_.end()) return;
    for (uint32_t slot = own->second.first; slot != no_slot; slot = beside_[slot].after)
      found(EntityKey(slot));
  }

  auto fields(this auto& self) { return std::tie(self.slots_, self.free_); }
  // `scope_of(office)`: as above.
  template <class ScopeOf>
  void complete(ScopeOf const& scope_of) {
    for (size_t i = 0; i < slots_.size(); ++i)
      if (slots_[i].owner.office) enter(scope_of(slots_[i].owner.office), static_cast<uint32_t>(i));
  }

 private:
  // Two chains of slots: what one office has, and names whose hashes are the same.
  static constexpr uint32_t no_slot = UINT32_MAX;
  struct Beside {
    uint32_t before = no_slot, after = no_slot;
    uint32_t alike = no_slot;
  };
  struct Own {
    uint32_t first = no_slot;
    size_t count = 0;
    std::map<int64_t, uint32_t> ends;  // how many end in an hour
    void join(UtcTime end) { ++ends[Calendar::hour_of(end)]; }
    void leave(UtcTime end) {
      auto const hour = ends.find(Calendar::hour_of(end));
      if (--hour->second == 0) ends.erase(hour);
    }
  };

  // Whether the entity in a slot ends in that hour.
  auto holds() const {
    return [this](uint32_t slot, int64_t hour) {
      return slots_[slot].owner.office && Calendar::hour_of(slots_[slot].hull.until) == hour;
    };
  }

  // Only what has extents is compared by them.
  static constexpr bool has_extents = requires(Entity entity) { entity.extents; };
  void join_neighbours(uint32_t slot) {
    if constexpr (has_extents)
      if (!slots_[slot].extents.empty()) {
        geometry::Coarse const coarse = compared(slots_[slot]);
        near_.add(slot, coarse.hull, slots_[slot].owner.office.value, coarse.around);
      }
  }
  void leave_neighbours(uint32_t slot) {
    if constexpr (has_extents)
      if (!slots_[slot].extents.empty()) near_.remove(slot, compared(slots_[slot]).hull);
  }
  void join_confirmed(uint32_t slot) {
    if constexpr (requires(Entity entity) { entity.reconfirm_by; })
      confirmed_.insert({slots_[slot].reconfirm_by, slot});
  }
  void leave_confirmed(uint32_t slot) {
    if constexpr (requires(Entity entity) { entity.reconfirm_by; })
      confirmed_.erase({slots_[slot].reconfirm_by, slot});
  }
  static geometry::Coarse compared(Entity const& entity) {
    if constexpr (requires { off_nominal(entity); })
      if (off_nominal(entity)) return geometry::coarse(all_extents(entity));
    return geometry::coarse(entity.extents);
  }

  void enter(OfficeKey scope, uint32_t slot) {
    if (beside_.size() < slots_.size()) beside_.resize(slots_.size());
    join_names(scope, slot);
    cells_.add(slot, slots_[slot].hull, slots_[slot].owner.office.value);
    join_neighbours(slot), join_confirmed(slot);
    ends_.add(slots_[slot].hull.until, slot);
    join_own(slot);
  }
  bool is_named(uint32_t slot, OfficeKey scope, model::EntityId const& id) const {
    return slots_[slot].id == id && (!scope || slots_[slot].owner.office == scope);
  }
  void join_names(OfficeKey scope, uint32_t slot) {
    auto const [first, is_new] = by_id_.try_emplace(hash_of(scope, slots_[slot].id), slot);
    beside_[slot].alike = is_new ? no_slot : std::exchange(first->second, slot);
  }
  void leave_names(OfficeKey scope, uint32_t slot) {
    auto const first = by_id_.find(hash_of(scope, slots_[slot].id));
    uint32_t* at = &first->second;
    while (*at != slot) at = &beside_[*at].alike;
    *at = beside_[slot].alike;
    if (first->second == no_slot) by_id_.erase(first);
  }
  void join_own(uint32_t slot) {
    Own& own = own_[slots_[slot].owner.office];
    beside_[slot].before = no_slot, beside_[slot].after = own.first;
    if (own.first != no_slot) beside_[own.first].before = slot;
    own.first = slot, ++own.count;
    own.join(slots_[slot].hull.until);
  }
  void leave_own(uint32_t slot) {
    auto const own = own_.find(slots_[slot].owner.office);
    auto const [before, after, alike] = beside_[slot];
    if (after != no_slot) beside_[after].before = before;
    (before != no_slot ? beside_[before].after : own->second.first) = after;
    own->second.leave(slots_[slot].hull.until);
    if (--own->second.count == 0) own_.erase(own);
  }

  std::deque<Entity> slots_;  // which never holds much more than there is
  std::vector<uint32_t> free_;
  boost::unordered_flat_map<uint32_t, uint32_t> by_id_;  // the first slot of a name's hash; never iterated
  CellIndex<> cells_;
  CellIndex<geometry::Around> near_;
  Calendar ends_;
  std::vector<Beside> beside_;
  std::map<OfficeKey, Own> own_;
  std::set<std::pair<UtcTime, uint32_t>> confirmed_;  // slots, by when they are to be confirmed anew
  std::map<OfficeKey, uint64_t> changes_;
  uint64_t all_changes_ = 0;
};

struct Airspace {
  Urls urls;
  Entities<Intent, IntentKey> intents;
  Entities<Constraint, ConstraintKey> constraints;
  Entities<Subscription, SubscriptionKey> subscriptions;
  Entities<Site, SiteKey> sites;
  Conflicts conflicts;
  Notices notices;
  Watches watches;
  Outbox outbox;
  std::map<BudgetName, Evaluations> evaluations;
  std::set<UnansweredName> unanswered, answered;  // of clauses with a budget: what was charged is answered
  // Agreements whose law has changed: from which intent on they are to be looked at again.
  std::map<AgreementKey, uint32_t> look_again;
  std::map<std::string, UssAvailability, std::less<>> availability;
  std::map<std::string, ClientKey, std::less<>> subjects;  // of preset `dss`: who was enrolled
  bool one_namespace = false;                              // preset `dss`

  OfficeKey scope_of(OfficeKey office) const {
    return one_namespace || mutated(Mutant::ids_of_others) ? OfficeKey() : office;
  }
  // When something may be there that has ended long enough ago to be forgotten (limits::ended_kept).
  UtcTime next_to_forget() const;
  // When a conflict is over, a notice has waited too long, or intents are to be looked at again.
  UtcTime next_to_do() const;
  void complete();
  auto fields(this auto& self) {
    return std::tie(self.urls, self.intents, self.constraints, self.subscriptions, self.sites, self.conflicts,
                    self.notices, self.watches, self.outbox, self.evaluations, self.unanswered, self.answered,
                    self.look_again, self.availability, self.subjects, self.one_namespace);
  }
};

}  // namespace comity::state
