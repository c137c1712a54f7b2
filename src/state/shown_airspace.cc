#include "state/shown_airspace.h"

#include <algorithm>

#include "geometry/floor_division.h"
#include "geometry/overlap.h"
#include "state/in_force.h"
#include "state/standing.h"

namespace comity::state {
namespace {

using model::Level;

bool is_in_time(model::VolumeTerms const& terms, model::Hull const& hull) {
  return !terms.window || (hull.from < terms.window->until && hull.until > terms.window->from);
}

struct Heights {
  int32_t low_mm, high_mm;
};
// The steps of a grid that these touch; at their ends those of the type.
Heights in_steps(model::Hull const& hull, int64_t step_mm) {
  auto const bounded = [](int64_t mm) {
    return static_cast<int32_t>(std::clamp<int64_t>(mm, model::lowest_mm, model::highest_mm));
  };
  return {bounded(geometry::floor_division<int64_t>(hull.low_mm, step_mm) * step_mm),
          bounded((geometry::floor_division<int64_t>(hull.high_mm, step_mm) + 1) * step_mm - 1)};
}

int64_t step_of(model::VolumeTerms const& terms) {
  return terms.grid ? int64_t{terms.grid->altitude_m} * 1000 : 1;
}

bool meets(Heights const& heights, model::Hull const& hull) {
  return heights.low_mm <= hull.high_mm && hull.low_mm <= heights.high_mm;
}

}  // namespace

ShownAirspace::ShownAirspace(State const& state, OfficeKey viewer) : state_(state), viewer_(viewer) {
  if (state.airspace.one_namespace || viewer.is_none()) return;
  Law const& law = state.law;
  for (AgreementKey const key : law.volume_clauses->of(law.party_of(viewer))) {
    Agreement const& agreement = law.agreement(key);
    if (!is_in_operation(agreement.state()) || agreement.text->exercise) continue;
    for (uint32_t number = 0; number < agreement.text->clauses.size(); ++number) {
      model::Clause const& clause = agreement.text->clauses[number];
      if (clause.type != model::ClauseType::deconflict || !clause.volumes) continue;
      ClauseSides const* const sides = law.volume_clauses->sides({key, number});
      if (!sides || !sides->names(viewer)) continue;
      clauses_.push_back({{key, number}, &*clause.volumes, sides, {}});
      if (clause.volumes->area) clauses_.back().area.emplace(*clause.volumes->area);
    }
  }
}

// By each direction in which the clause runs between the two what the viewer's side of it learns; none below `reference`.
std::optional<Level> ShownAirspace::learns(Clause const& one, OfficeKey owner) const {
  Law const& law = state_.law;
  Agreement const& agreement = law.agreement(one.under.agreement);
  PartyKey const theirs = law.party_of(owner), own = law.party_of(viewer_);
  auto const runs = [&](OfficeKey from, OfficeKey to, PartyKey giver, PartyKey receiver) {
    return one.sides->gives(from) && one.sides->takes(to, receiver, giver) &&
           in_force(agreement, one.under.clause, giver, receiver);
  };
  Level level = Level::warning;
  if (owner != viewer_ && runs(owner, viewer_, theirs, own)) level = std::max(level, one.terms->to_learns);
  if (owner != viewer_ && runs(viewer_, owner, own, theirs)) level = std::max(level, one.terms->from_learns);
  return level >= Level::reference ? std::optional(level) : std::nullopt;
}

std::vector<ShownAirspace::Running> const& ShownAirspace::clauses_with(OfficeKey owner) const {
  auto const [place, is_new] = by_owner_.try_emplace(owner);
  if (is_new)
    for (Clause const& one : clauses_)
      if (auto const level = learns(one, owner)) place->second.push_back({&one, *level});
  return place->second;
}

static bool is_there(std::optional<geometry::Outline> const& area,
                     std::vector<model::Extent> const& extents) {
  return !area || std::ranges::any_of(extents, [&](model::Extent const& extent) {
    return geometry::footprints_meet(geometry::Outline(extent.ring), *area);
  });
}

bool ShownAirspace::gives(Running const& one, Intent const& intent) {
  model::VolumeTerms const& terms = *one.clause->terms;
  bool const is_meant = (terms.states >> static_cast<unsigned>(intent.state) & 1u) != 0;
  return is_meant && is_in_time(terms, intent.hull) && is_there(one.clause->area, all_extents(intent));
}

std::optional<Level> ShownAirspace::level_of(OfficeKey owner, Intent const& intent) const {
  if (state_.airspace.one_namespace || owner == viewer_) return Level::details;
  if (intent.exercise || clauses_.empty()) return std::nullopt;
  std::optional<Level> level;
  for (Running const& one : clauses_with(owner))
    if ((!level || *level < one.learns) && gives(one, intent)) level = one.learns;
  return level;
}

bool ShownAirspace::shows_in(model::Hull const& asked, OfficeKey owner, Intent const& intent) const {
  if (state_.airspace.one_namespace || owner == viewer_)
    return meets({asked.low_mm, asked.high_mm}, intent.hull);
  if (intent.exercise || clauses_.empty()) return false;
  return std::ranges::any_of(clauses_with(owner), [&](Running const& one) {
    int64_t const step = one.learns >= Level::details ? 1 : step_of(*one.clause->terms);
    return meets(in_steps(asked, step), intent.hull) && gives(one, intent);
  });
}

model::Hull ShownAirspace::around(model::Hull asked) const {
  int64_t widest = 1;
  for (Clause const& one : clauses_) widest = std::max(widest, step_of(*one.terms));
  auto const [low_mm, high_mm] = in_steps(asked, widest);
  asked.low_mm = low_mm, asked.high_mm = high_mm;
  return asked;
}

std::optional<Level> ShownAirspace::level_at(OfficeKey owner, model::Hull const& hull,
                                             std::vector<model::Extent> const& extents) const {
  if (state_.airspace.one_namespace || owner == viewer_) return Level::details;
  std::optional<Level> level;
  if (clauses_.empty()) return level;
  for (Running const& one : clauses_with(owner)) {
    if ((level && *level >= one.learns) || !is_in_time(*one.clause->terms, hull)) continue;
    if (is_there(one.clause->area, extents)) level = one.learns;
  }
  return level;
}

bool ShownAirspace::knows(OfficeKey owner) const {
  if (state_.airspace.one_namespace || owner == viewer_) return true;
  return !clauses_.empty() && !clauses_with(owner).empty();
}

bool ShownAirspace::knows_now(OfficeKey owner) const {
  if (state_.airspace.one_namespace || owner == viewer_) return true;
  return std::ranges::any_of(clauses_with(owner), [&](Running const& one) {
    auto const& window = one.clause->terms->window;
    return !window || window->until > state_.last_time;
  });
}

std::vector<OfficeKey> ShownAirspace::offices() const {
  std::vector<OfficeKey> all{viewer_};
  for (size_t i = 0; i < state_.law.offices.size() && !clauses_.empty(); ++i)
    if (OfficeKey(i) != viewer_ && !clauses_with(OfficeKey(i)).empty()) all.push_back(OfficeKey(i));
  return all;
}

std::string system_name(model::Client const& client) {
  std::string name = client.subject.empty() ? client.name : client.subject;
  if (client.subject.empty()) std::ranges::replace(name, '/', '.');
  return name;
}

std::string availability_name(Law const& law, PartyKey party, std::string_view system) {
  return law.party(party).slug + "\n" + std::string(system);
}

}  // namespace comity::state
