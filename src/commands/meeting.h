// Whether two things meet under a clause, and what each side may learn of it (40-deconfliction; 25-isolation G10).
//
// A rule is what a clause makes of volumes. `deconflict`: intents of its two sides, of the states that it names. `notify` about
// contingent intents: one that is Contingent and whatever it touches, on the grid of the clause itself or of the text's first
// `deconflict` clause that has one, wherever and whenever. `notify` about sites: a site of who notifies, and intents.
//
// An exercise meets exercises alone; under a text that is one nothing else is compared, charged or asked for its lead time. A site under such a
// text is told to exercises, and under any other to none.
//
// With a grid, volumes are widened by half of the separation, snapped, and compared as squares and steps; all that is told is a
// function of these. What would have too many squares is compared on a grid whose cells are twice as long, and so on: grids nest,
// so that misses nothing. Without a grid, which only a clause that tells details to both sides may do, they are compared exactly.
//
// A site with a schedule is compared as the volumes that its windows make of it near the time of the other thing, which always has an end. So
// no window is too far ahead to be found, whenever it or the other one is filed, and none waits for a pulse.
//
// Pure; no floats. Costs: each thing is snapped once for a rule, and again for each neighbour of the other whose box comes near enough
// (conflicts.cc).
#pragma once

#include <optional>
#include <vector>

#include "base/mutant.h"
#include "geometry/coarse.h"
#include "geometry/snapped.h"
#include "model/conflict.h"
#include "state/state.h"

namespace comity::commands {

// A thing as it is, or as it would be.
struct Filed {
  model::ThingName name;
  model::IntentState state = model::IntentState::accepted;
  uint32_t version = 0, moved = 0;
  bool exercise = false;
  model::SiteKind site = model::SiteKind::other;
  UtcTime from, until;
  UtcTime moved_at;                                     // of an intent: when its volumes were filed
  std::vector<model::Extent> const* extents = nullptr;  // as filed
  model::Extent const* off_nominal = nullptr;           // and where it is beside them, if anywhere
  model::Schedule const* schedule = nullptr;            // of a site: when its extents are there
  size_t volumes() const { return extents->size() + (off_nominal ? 1 : 0); }
  model::Extent const& volume(size_t i) const { return i < extents->size() ? (*extents)[i] : *off_nominal; }
};
// The volumes that are filed and where it is beside them, as one list: they are compared on one grid, the coarsest that any of them
// needs, so how far to look is asked of all together.
class AllVolumes {
 public:
  std::vector<model::Extent> const& of(Filed const& thing);

 private:
  std::vector<model::Extent> both_;
};

std::optional<Filed> filed(state::State const& state, model::ThingName const& name);
Filed filed_as(OfficeKey office, state::Intent const& intent);
Filed filed_as(OfficeKey office, state::Site const& site);

struct ConflictRule {
  model::ClauseName under;
  model::NoticeAbout about = model::NoticeAbout::intent;
  bool exercise = false;  // of a text that is one
  model::VolumeTerms const* terms = nullptr;
  state::ClauseSides const* sides = nullptr;  // of the law that the rule was asked of
  geometry::Separation separation;
  std::optional<geometry::Grid> grid;
  bool has_budget() const {
    if (about == model::NoticeAbout::site && mutated(Mutant::site_sweep)) return false;
    return about != model::NoticeAbout::contingent && terms->evaluations_per_day;
  }
  geometry::Look look() const { return geometry::look_for(separation, grid.value_or(geometry::Grid{})); }
};

// Those in which the office is on some side, of agreements in operation.
std::vector<ConflictRule> rules_for(state::Law const& law, OfficeKey office);
// The rule of one clause; none: it is no such clause, or its agreement is not in operation.
std::optional<ConflictRule> rule_of(state::Law const& law, model::ClauseName under);

// What each side learns if the two meet, as the law stands. None on both: the rule is not about these two.
struct Learns {
  std::optional<model::Level> one, other;
  bool any() const { return one || other; }
};
Learns learns(state::Law const& law, ConflictRule const& rule, Filed const& one, Filed const& other);
// Whether the clause is about an intent such as this by its state, its times and its area; exactly, and of the intent alone.
bool is_meant_by(ConflictRule const& rule, Filed const& intent);
// Whether what is filed is compared under the rule for its office, and so is charged to it.
bool asks(state::Law const& law, ConflictRule const& rule, Filed const& thing);

// One thing snapped for a rule, as coarsely as must be.
class Snapper {
 public:
  Snapper(ConflictRule const& rule, Filed const& thing) : rule_(rule), thing_(thing) {}
  // On cells at least so long.
  std::vector<geometry::Snapped> const& on(int64_t cell_e7);
  // No: it does not meet that one, on whatever cells both are compared.
  bool may_meet(Filed const& other);

 private:
  ConflictRule const& rule_;
  Filed const& thing_;
  std::vector<geometry::Snapped> snapped_;
  std::vector<geometry::Bounds> bounds_;
};

// Whether the thing can still meet anything under the rule: its last step of the grid may end after it does.
bool can_meet(ConflictRule const& rule, Filed const& thing, UtcTime now);

std::optional<model::Meeting> meeting(ConflictRule const& rule, Snapper& one_snapped, Filed const& one,
                                      Filed const& other, UtcTime now);

// Boxes that meet become one around both, until none do; sorted. At most limits::boxes_told, else one around all, as where there are too
// many to be merged.
std::vector<model::VolumeBox> merged(std::vector<model::VolumeBox> boxes);
// Of boxes those that surely lie in one of the others are taken out.
void leave_out(std::vector<model::VolumeBox>& boxes, std::vector<model::VolumeBox> const& covering);

}  // namespace comity::commands
