// Which references of others an office is shown over F3548 in a centre of agreements (40-deconfliction; f3548-rules M1): those that a
// `deconflict` clause in operation gives it at `reference` or `details`, for intents of its states, times and area. What is not shown does
// not exist for that office (25-isolation D9). Below that level it has surrogates instead, which are made of its own notices.
//
// At `reference` where somebody flies is not told, so an altitude is compared by the steps of the clause's grid and no finer: whoever asks again and
// again with other altitudes learns the step (25-isolation G10). The ground is compared by the standard's cells, as its ecosystem does (docs/threats.md, 30).
//
// Exercises are shown to nobody over F3548, whose clients cannot tell them from flights. In preset `dss` everybody is shown everything.
//
// A viewer without an office is shown nothing. Made for one look at the state: it borrows it. Deterministic. Cost: the clauses of the office once, then those of one owner.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "geometry/outline.h"
#include "model/conflict.h"
#include "state/state.h"

namespace comity::state {

class ShownAirspace {
 public:
  ShownAirspace(State const& state, OfficeKey viewer);

  // At which level; none: it is not there for the viewer. Own ones at `details`.
  std::optional<model::Level> level_of(OfficeKey owner, Intent const& intent) const;
  bool shows(OfficeKey owner, Intent const& intent) const { return level_of(owner, intent).has_value(); }
  // Of what was asked for: whether it is shown, and shares an altitude with it as exactly as the viewer may know. What to look through for these is
  // `around`, which is wider.
  bool shows_in(model::Hull const& asked, OfficeKey owner, Intent const& intent) const;
  model::Hull around(model::Hull asked) const;
  // Constraints of an office, and subscriptions of it that lie there, by a clause of that time and area.
  std::optional<model::Level> level_at(OfficeKey owner, model::Hull const& hull,
                                       std::vector<model::Extent> const& extents) const;
  bool shows_at(OfficeKey owner, model::Hull const& hull, std::vector<model::Extent> const& extents) const {
    return level_at(owner, hull, extents).has_value();
  }
  // Whether it may be shown anything of that office.
  bool knows(OfficeKey owner) const;
  // … of something that is there now or later: a clause whose window is over gives nothing any more but what was flown in it.
  bool knows_now(OfficeKey owner) const;
  // Offices of which the viewer may be shown anything, itself first, then in the order of their keys.
  std::vector<OfficeKey> offices() const;

 private:
  struct Clause {
    model::ClauseName under;
    model::VolumeTerms const* terms = nullptr;
    ClauseSides const* sides = nullptr;
    std::optional<geometry::Outline> area;
  };
  struct Running {
    Clause const* clause = nullptr;
    model::Level learns = model::Level::reference;  // the viewer, of that owner
  };
  std::vector<Running> const& clauses_with(OfficeKey owner) const;
  static bool gives(Running const& one, Intent const& intent);
  std::optional<model::Level> learns(Clause const& clause, OfficeKey owner) const;

  State const& state_;
  OfficeKey viewer_;
  std::vector<Clause> clauses_;
  mutable std::map<OfficeKey, std::vector<Running>> by_owner_;
};

// What F3548 calls a client's system: the subject of its tokens, or where the centre made its credential the client's own name, with dots
// for slashes, since it stands in paths.
std::string system_name(model::Client const& client);
// Under which name the availability of a party's system stands outside preset `dss`.
std::string availability_name(Law const& law, PartyKey party, std::string_view system);

}  // namespace comity::state
