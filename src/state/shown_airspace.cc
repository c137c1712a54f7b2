#include "state/shown_airspace.h"

#include <algorithm>

#include "geometry/overlap.h"
#include "state/grants.h"
#include "state/in_force.h"
#include "state/standing.h"

namespace comity::state {
namespace {

using model::Level;

// What the viewer learns under the clause when the other is on the opposite side; none: it is on neither.
std::optional<Level> learns(Law const& law, Agreement const& agreement, model::Clause const& clause,
                            OfficeKey viewer) {
  std::optional<Level> level;
  if (covers(law, agreement, clause.from, viewer, {})) level = clause.volumes->from_learns;
  if (covers(law, agreement, clause.to, viewer, {}))
    level = level ? std::max(*level, clause.volumes->to_learns) : clause.volumes->to_learns;
  return level;
}

bool is_in_time(model::VolumeTerms const& terms, model::Hull const& hull) {
  return !terms.window || (hull.from < terms.window->until && hull.until > terms.window->from);
}

}  // namespace

ShownAirspace::ShownAirspace(State const& state, OfficeKey viewer) : state_(state), viewer_(viewer) {
  if (state.airspace.one_namespace || viewer.is_none()) return;
  Law const& law = state.law;
  for (size_t i = 0; i < law.agreements.size(); ++i) {
    Agreement const& agreement = law.agreements[i];
    if (!is_in_operation(agreement.state())) continue;
    for (uint32_t number = 0; number < agreement.text->clauses.size(); ++number) {
      model::Clause const& clause = agreement.text->clauses[number];
      if (clause.type != model::ClauseType::deconflict || !clause.volumes) continue;
      auto const level = learns(law, agreement, clause, viewer);
      if (!level || *level < Level::reference) continue;
      clauses_.push_back({{AgreementKey(i), number}, &*clause.volumes, *level, {}});
      if (clause.volumes->area) clauses_.back().area.emplace(*clause.volumes->area);
    }
  }
}

bool ShownAirspace::runs_between(Clause const& one, OfficeKey owner) const {
  Law const& law = state_.law;
  Agreement const& agreement = law.agreement(one.under.agreement);
  model::Clause const& clause = agreement.text->clauses[one.under.clause];
  PartyKey const theirs = law.party_of(owner), own = law.party_of(viewer_);
  auto const runs = [&](OfficeKey from, OfficeKey to, PartyKey giver, PartyKey receiver) {
    return covers(law, agreement, clause.from, from, {}) && covers(law, agreement, clause.to, to, giver) &&
           in_force(agreement, one.under.clause, giver, receiver);
  };
  return owner != viewer_ && (runs(owner, viewer_, theirs, own) || runs(viewer_, owner, own, theirs));
}

std::vector<ShownAirspace::Clause const*> const& ShownAirspace::clauses_with(OfficeKey owner) const {
  auto const [place, is_new] = by_owner_.try_emplace(owner);
  if (is_new)
    for (Clause const& one : clauses_)
      if (runs_between(one, owner)) place->second.push_back(&one);
  return place->second;
}

std::optional<Level> ShownAirspace::level_of(OfficeKey owner, Intent const& intent) const {
  if (state_.airspace.one_namespace || owner == viewer_) return Level::details;
  if (intent.exercise || clauses_.empty()) return std::nullopt;
  std::optional<Level> level;
  for (Clause const* one : clauses_with(owner)) {
    bool const is_meant = (one->terms->states >> static_cast<unsigned>(intent.state) & 1u) != 0;
    if ((level && *level >= one->learns) || !is_meant || !is_in_time(*one->terms, intent.hull)) continue;
    bool const is_there = !one->area || std::ranges::any_of(intent.extents, [&](model::Extent const& extent) {
      return geometry::footprints_meet(geometry::Outline(extent.ring), *one->area);
    });
    if (is_there) level = one->learns;
  }
  return level;
}

bool ShownAirspace::shows_constraints_of(OfficeKey owner) const {
  if (state_.airspace.one_namespace || owner == viewer_) return true;
  return !clauses_.empty() && !clauses_with(owner).empty();
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
