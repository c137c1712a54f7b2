#include "commands/meeting.h"

#include <algorithm>

#include "base/limits.h"
#include "base/mutant.h"
#include "geometry/floor_division.h"
#include "geometry/overlap.h"
#include "state/in_force.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

using model::ClauseType;
using model::IntentState;
using model::Level;
using model::NoticeAbout;
using model::VolumeBox;
using state::Law;

constexpr int64_t mm_per_m = 1'000, us_per_s = 1'000'000;

model::VolumeTerms const* first_on_a_grid(model::Text const& text) {
  for (model::Clause const& clause : text.clauses)
    if (clause.type == ClauseType::deconflict && clause.volumes && clause.volumes->grid)
      return &*clause.volumes;
  return nullptr;
}

std::optional<ConflictRule> rule_in(Law const& law, model::ClauseName under) {
  state::Agreement const& agreement = law.agreement(under.agreement);
  model::Clause const& clause = agreement.text->clauses[under.clause];
  ConflictRule rule{.under = under, .sides = law.volume_clauses->sides(under), .separation = {}, .grid = {}};
  if (clause.type == ClauseType::deconflict) {
    rule.terms = &*clause.volumes;
  } else if (clause.type == ClauseType::notify && clause.notice->about != NoticeAbout::intent) {
    rule.about = clause.notice->about;
    rule.terms = clause.volumes ? &*clause.volumes : first_on_a_grid(*agreement.text);
  }
  if (!rule.terms || !rule.sides) return std::nullopt;
  rule.exercise = agreement.text->exercise;
  rule.separation = {rule.terms->horizontal_m * mm_per_m, rule.terms->vertical_m * mm_per_m,
                     rule.terms->time_s * us_per_s};
  if (rule.terms->grid && mutated(Mutant::bisect_at_warning))
    rule.grid = geometry::Grid{64, 1, 1};
  else if (rule.terms->grid)
    rule.grid =
        geometry::Grid{rule.terms->grid->cell_e7, rule.terms->grid->altitude_m, rule.terms->grid->time_s};
  return rule;
}

// The clause runs from that office to this one, as its sides and the law say.
bool runs(Law const& law, ConflictRule const& rule, OfficeKey from, OfficeKey to) {
  PartyKey const giver = law.party_of(from), receiver = law.party_of(to);
  return from != to && rule.sides->gives(from) && rule.sides->takes(to, receiver, giver) &&
         (state::in_force(law.agreement(rule.under.agreement), rule.under.clause, giver, receiver) ||
          mutated(Mutant::suspended_is_warned));
}

bool is_meant(model::VolumeTerms const& terms, IntentState state) {
  return (terms.states >> static_cast<unsigned>(state) & 1u) != 0;
}

void learn(std::optional<Level>& side, Level level) { side = side ? std::max(*side, level) : level; }

Learns of_deconflict(Law const& law, ConflictRule const& rule, Filed const& one, Filed const& other) {
  Learns all;
  if (!is_meant(*rule.terms, one.state) || !is_meant(*rule.terms, other.state)) return all;
  if (runs(law, rule, one.name.office, other.name.office))
    learn(all.one, rule.terms->from_learns), learn(all.other, rule.terms->to_learns);
  if (runs(law, rule, other.name.office, one.name.office))
    learn(all.one, rule.terms->to_learns), learn(all.other, rule.terms->from_learns);
  return all;
}

int64_t bounded(int64_t value, int64_t least, int64_t most) { return std::clamp(value, least, most); }

int32_t altitude_at(int64_t step, int64_t grid_m) {
  if (step == INT64_MIN) return model::lowest_mm;
  if (step == INT64_MAX) return model::highest_mm;
  return static_cast<int32_t>(bounded(step * grid_m * mm_per_m, model::lowest_mm, model::highest_mm));
}
UtcTime time_at(int64_t step, int64_t grid_s) {
  if (step == INT64_MIN) return model::earliest;
  if (step == INT64_MAX) return model::latest;
  return UtcTime{step * grid_s * us_per_s};
}

VolumeBox box_of(geometry::Shared const& shared) {
  auto const latitude = [&](int64_t row) {
    return static_cast<int32_t>(bounded(row * shared.grid.cell_e7, -geometry::pole_e7, geometry::pole_e7));
  };
  auto const longitude = [&](int64_t column) {
    return static_cast<int32_t>(
        bounded(column * shared.grid.cell_e7, -geometry::half_turn_e7, geometry::half_turn_e7));
  };
  auto const after = [](int64_t step) { return step == INT64_MAX ? step : step + 1; };
  return {latitude(shared.south),
          latitude(int64_t{shared.north} + 1),
          longitude(shared.west),
          longitude(int64_t{shared.east} + 1),
          altitude_at(shared.altitude.first, shared.grid.altitude_m),
          altitude_at(after(shared.altitude.last), shared.grid.altitude_m),
          time_at(shared.time.first, shared.grid.time_s),
          time_at(after(shared.time.last), shared.grid.time_s)};
}

bool in_window(ConflictRule const& rule, UtcTime from, UtcTime until) {
  if (rule.about == NoticeAbout::contingent || !rule.terms->window) return true;
  return from < rule.terms->window->until && until > rule.terms->window->from;
}

// The conflict lies in the clause's area: some square that both have touches it.
bool in_area(ConflictRule const& rule, geometry::Snapped const& a, geometry::Snapped const& b) {
  if (rule.about == NoticeAbout::contingent || !rule.terms->area) return true;
  geometry::Outline const area(*rule.terms->area);
  return std::ranges::any_of(geometry::shared_squares(a, b), [&](geometry::Square square) {
    return geometry::touches(square, a.grid.cell_e7, area);
  });
}

std::optional<model::Meeting> on_grid(ConflictRule const& rule, Snapper& one_snapped, Filed const& other,
                                      UtcTime now) {
  Snapper other_snapped(rule, other);
  int64_t cell = one_snapped.on(rule.grid->cell_e7).front().grid.cell_e7;
  for (;;) {  // both on the coarser grid of the two
    int64_t const coarser = other_snapped.on(cell).front().grid.cell_e7;
    if (coarser == cell) break;
    cell = one_snapped.on(coarser).front().grid.cell_e7;
  }
  model::Meeting found{{}, model::earliest};
  for (geometry::Snapped const& a : one_snapped.on(cell))
    for (geometry::Snapped const& b : other_snapped.on(cell)) {
      auto const shared = geometry::shared(a, b);
      if (!shared) continue;
      VolumeBox const box = box_of(*shared);
      if (box.until <= now || !in_window(rule, box.from, box.until) || !in_area(rule, a, b)) continue;
      found.boxes.push_back(box);
      found.until = std::max(found.until, box.until);
    }
  if (found.boxes.empty()) return std::nullopt;
  found.boxes = merged(std::move(found.boxes));
  return found;
}

bool lies_in(model::VolumeBox const& box, model::VolumeBox const& of) {
  bool const plain = box.west_e7 <= box.east_e7 && of.west_e7 <= of.east_e7;  // not over the antimeridian
  return plain && of.south_e7 <= box.south_e7 && box.north_e7 <= of.north_e7 && of.west_e7 <= box.west_e7 &&
         box.east_e7 <= of.east_e7 && of.low_mm <= box.low_mm && box.high_mm <= of.high_mm &&
         of.from <= box.from && box.until <= of.until;
}

bool touches_area(ConflictRule const& rule, model::Extent const& extent) {
  if (!rule.terms->area) return true;
  return geometry::footprints_within(geometry::Outline(extent.ring), geometry::Outline(*rule.terms->area), 0);
}

UtcTime later_by(UtcTime time, int64_t by) {
  return time.us > model::latest.us - by ? model::latest : UtcTime{time.us + by};
}

std::optional<model::Meeting> exactly(ConflictRule const& rule, Filed const& one, Filed const& other,
                                      UtcTime now) {
  std::optional<model::Meeting> found;
  int64_t const half = geometry::half_of(rule.separation.time_us);
  for (size_t i = 0; i < one.volumes(); ++i)
    for (size_t j = 0; j < other.volumes(); ++j) {
      model::Extent const &a = one.volume(i), &b = other.volume(j);
      UtcTime const until = later_by(std::min(a.until, b.until), half);
      if (until <= now || (found && until <= found->until)) continue;
      if (!in_window(rule, std::max(a.from, b.from), until)) continue;
      if (!geometry::within(a, b, rule.separation) || !touches_area(rule, a) || !touches_area(rule, b))
        continue;
      found = model::Meeting{{}, until};
    }
  return found;
}

bool columns_meet(VolumeBox const& a, VolumeBox const& b) {
  auto const spans = [](VolumeBox const& box) {
    using Span = std::pair<int32_t, int32_t>;
    if (box.west_e7 <= box.east_e7) return std::vector<Span>{{box.west_e7, box.east_e7}};
    return std::vector<Span>{{box.west_e7, geometry::half_turn_e7}, {-geometry::half_turn_e7, box.east_e7}};
  };
  for (auto const& [west, east] : spans(a))
    for (auto const& [other_west, other_east] : spans(b))
      if (west < other_east && other_west < east) return true;
  return false;
}

bool boxes_meet(VolumeBox const& a, VolumeBox const& b) {
  return a.south_e7 < b.north_e7 && b.south_e7 < a.north_e7 && a.low_mm < b.high_mm && b.low_mm < a.high_mm &&
         a.from < b.until && b.from < a.until && columns_meet(a, b);
}

// Around both, in longitude whichever way is shorter.
VolumeBox around(VolumeBox const& a, VolumeBox const& b) {
  auto const width = [](int64_t west, int64_t east) {
    return east > west ? east - west : east - west + geometry::turn_e7;
  };
  VolumeBox both{std::min(a.south_e7, b.south_e7),
                 std::max(a.north_e7, b.north_e7),
                 a.west_e7,
                 a.east_e7,
                 std::min(a.low_mm, b.low_mm),
                 std::max(a.high_mm, b.high_mm),
                 std::min(a.from, b.from),
                 std::max(a.until, b.until)};
  int64_t best = INT64_MAX;
  for (int32_t const west : {a.west_e7, b.west_e7})
    for (int32_t const east : {a.east_e7, b.east_e7}) {
      int64_t const wide = width(west, east);
      auto const holds = [&](VolumeBox const& box) {
        int64_t const lead = box.west_e7 == west ? 0 : width(west, box.west_e7);
        return lead + width(box.west_e7, box.east_e7) <= wide;
      };
      if (wide < best && holds(a) && holds(b)) both.west_e7 = west, both.east_e7 = east, best = wide;
    }
  if (best == INT64_MAX) both.west_e7 = -geometry::half_turn_e7, both.east_e7 = geometry::half_turn_e7;
  return both;
}

}  // namespace

std::optional<Filed> filed(state::State const& state, model::ThingName const& name) {
  state::Airspace const& airspace = state.airspace;
  OfficeKey const scope = airspace.scope_of(name.office);
  if (name.kind == model::ThingName::Kind::intent) {
    IntentKey const key = airspace.intents.find(scope, name.id);
    return key ? std::optional(filed_as(name.office, airspace.intents[key])) : std::nullopt;
  }
  SiteKey const key = airspace.sites.find(scope, name.id);
  return key ? std::optional(filed_as(name.office, airspace.sites[key])) : std::nullopt;
}

Filed filed_as(OfficeKey office, state::Intent const& intent) {
  return {.name = {model::ThingName::Kind::intent, office, intent.id},
          .state = intent.state,
          .version = intent.version,
          .moved = state::off_nominal(intent) ? intent.version : intent.moved,
          .exercise = intent.exercise,
          .from = intent.hull.from,
          .until = intent.hull.until,
          .moved_at = intent.moved_at,
          .extents = &intent.extents,
          .off_nominal = state::off_nominal(intent)};
}

Filed filed_as(OfficeKey office, state::Site const& site) {
  return {.name = {model::ThingName::Kind::site, office, site.id},
          .version = site.version,
          .site = site.kind,
          .from = site.hull.from,
          .until = site.hull.until,
          .moved_at = {},
          .extents = &site.extents,
          .schedule = site.schedule ? &*site.schedule : nullptr};
}

std::vector<ConflictRule> rules_for(Law const& law, OfficeKey office) {
  std::vector<ConflictRule> rules;
  for (AgreementKey const key : law.volume_clauses->of(law.party_of(office))) {
    state::Agreement const& agreement = law.agreement(key);
    if (!state::is_in_operation(agreement.state())) continue;
    for (uint32_t clause = 0; clause < agreement.text->clauses.size(); ++clause) {
      auto const rule = rule_in(law, {key, clause});
      if (rule && rule->sides->names(office)) rules.push_back(*rule);
    }
  }
  return rules;
}

std::optional<ConflictRule> rule_of(Law const& law, model::ClauseName under) {
  if (!state::is_in_operation(law.agreement(under.agreement).state())) return std::nullopt;
  return rule_in(law, under);
}

Learns learns(Law const& law, ConflictRule const& rule, Filed const& one, Filed const& other) {
  bool const intents =
      one.name.kind == model::ThingName::Kind::intent && other.name.kind == model::ThingName::Kind::intent;
  if (rule.about == NoticeAbout::site) {
    if (one.name.kind == other.name.kind) return {};
    bool const first = one.name.kind == model::ThingName::Kind::site;
    OfficeKey const holder = (first ? one : other).name.office, flies = (first ? other : one).name.office;
    if ((first ? other : one).exercise != rule.exercise || !runs(law, rule, holder, flies)) return {};
    return first ? Learns{{}, Level::warning} : Learns{Level::warning, {}};
  }
  bool const both_or_none = one.exercise == other.exercise && (one.exercise || !rule.exercise);
  if (!intents || (!both_or_none && !mutated(Mutant::exercises_meet_flights))) return {};
  if (rule.about == NoticeAbout::intent) return of_deconflict(law, rule, one, other);
  Learns all;
  if (one.state == IntentState::contingent && runs(law, rule, one.name.office, other.name.office))
    all.other = Level::warning;
  if (other.state == IntentState::contingent && runs(law, rule, other.name.office, one.name.office))
    all.one = Level::warning;
  return all;
}

bool is_meant_by(ConflictRule const& rule, Filed const& intent) {
  return (intent.exercise || !rule.exercise) && is_meant(*rule.terms, intent.state) &&
         in_window(rule, intent.from, intent.until) &&
         std::ranges::any_of(*intent.extents,
                             [&](model::Extent const& one) { return touches_area(rule, one); });
}

bool asks(Law const& law, ConflictRule const& rule, Filed const& thing) {
  OfficeKey const office = thing.name.office;
  if (rule.exercise && !thing.exercise) return false;
  if (rule.about == NoticeAbout::intent) return rule.sides->names(office);
  return rule.sides->takes(office, law.party_of(office), {});
}

std::vector<model::Extent> const& AllVolumes::of(Filed const& thing) {
  if (!thing.off_nominal) return *thing.extents;
  both_ = *thing.extents;
  both_.push_back(*thing.off_nominal);
  return both_;
}

bool Snapper::may_meet(Filed const& other) {
  AllVolumes all;
  if (bounds_.empty()) bounds_ = geometry::bounds_of(all.of(thing_), rule_.look());
  return geometry::any_near(bounds_, all.of(other));
}

std::vector<geometry::Snapped> const& Snapper::on(int64_t cell_e7) {
  geometry::Grid grid = *rule_.grid;
  grid.cell_e7 = std::max(cell_e7, snapped_.empty() ? grid.cell_e7 : snapped_.front().grid.cell_e7);
  while (snapped_.empty() || snapped_.front().grid != grid) {
    snapped_.clear();
    for (size_t i = 0; i < thing_.volumes(); ++i) {
      auto one = geometry::snap(thing_.volume(i), rule_.separation, grid, limits::squares_compared);
      if (!one) {
        snapped_.clear();
        grid.cell_e7 *= 2;
        break;
      }
      snapped_.push_back(std::move(*one));
    }
  }
  return snapped_;
}

bool can_meet(ConflictRule const& rule, Filed const& thing, UtcTime now) {
  int64_t const step = rule.grid ? rule.grid->time_s * us_per_s : 0;
  return thing.until.us > now.us - geometry::half_of(rule.separation.time_us) - step;
}

namespace {

// Where windows are near those of another thing, told apart by whole steps of the grid only: of many windows, which are taken for one
// must not depend on more of the other than the grid shows.
model::Window near_in_time(ConflictRule const& rule, Filed const& other) {
  int64_t const step = rule.grid ? rule.grid->time_s * us_per_s : 1;
  int64_t const beside = rule.separation.time_us + 2 * step;
  constexpr int64_t far = INT64_MAX / 2;  // of what has no bound
  auto const step_of = [step, far](UtcTime time) {
    return geometry::floor_division(std::clamp(time.us, -far, far), step);
  };
  int64_t const from = step_of(other.from) * step, until = (step_of(other.until) + 1) * step;
  return {UtcTime{from - beside}, UtcTime{until + beside}};
}

// The volumes that a thing is near the time of another one. What is farther away shares no step of time with it.
std::vector<model::Extent> volumes_near(ConflictRule const& rule, Filed const& thing, Filed const& other) {
  if (!thing.schedule) return *thing.extents;
  model::Window const near = near_in_time(rule, other);
  std::vector<model::Extent> volumes;
  for (model::Window const& window :
       model::windows_in(*thing.schedule, near, limits::windows_compared / thing.extents->size()))
    for (model::Extent const& whole : *thing.extents) {
      model::Extent one = whole;
      one.from = std::max(one.from, window.from), one.until = std::min(one.until, window.until);
      if (one.from <= one.until) volumes.push_back(std::move(one));
    }
  return volumes;
}

}  // namespace

std::optional<model::Meeting> meeting(ConflictRule const& rule, Snapper& one_snapped, Filed const& one,
                                      Filed const& other, UtcTime now) {
  if (one.extents->empty() || other.extents->empty()) return std::nullopt;
  if (one.schedule || other.schedule) {
    Filed a = one, b = other;
    std::vector<model::Extent> const a_near = volumes_near(rule, one, other),
                                     b_near = volumes_near(rule, other, one);
    a.extents = &a_near, b.extents = &b_near, a.schedule = b.schedule = nullptr;
    Snapper snapped(rule, a);
    return meeting(rule, snapped, a, b, now);
  }
  return rule.grid ? on_grid(rule, one_snapped, other, now) : exactly(rule, one, other, now);
}

void leave_out(std::vector<model::VolumeBox>& boxes, std::vector<model::VolumeBox> const& covering) {
  std::erase_if(boxes, [&](model::VolumeBox const& box) {
    return std::ranges::any_of(covering, [&](model::VolumeBox const& of) { return lies_in(box, of); });
  });
}

std::vector<VolumeBox> merged(std::vector<VolumeBox> boxes) {
  std::ranges::sort(boxes);
  boxes.erase(std::ranges::unique(boxes).begin(), boxes.end());
  if (boxes.size() > limits::boxes_merged) {
    for (VolumeBox const& box : boxes) boxes[0] = around(boxes[0], box);
    boxes.resize(1);
  }
  for (size_t i = 0; i < boxes.size();) {
    size_t j = i + 1;
    while (j < boxes.size() && !boxes_meet(boxes[i], boxes[j])) ++j;
    if (j == boxes.size()) {
      ++i;
      continue;
    }
    boxes[i] = around(boxes[i], boxes[j]);
    boxes.erase(boxes.begin() + static_cast<ptrdiff_t>(j));
    i = 0;  // it may meet one that was looked at before
  }
  if (boxes.size() > limits::boxes_told) {
    for (VolumeBox const& box : boxes) boxes[0] = around(boxes[0], box);
    boxes.resize(1);
  }
  std::ranges::sort(boxes);
  return boxes;
}

}  // namespace comity::commands
