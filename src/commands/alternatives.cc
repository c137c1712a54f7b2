#include "commands/alternatives.h"

#include <algorithm>
#include <map>
#include <memory>

#include "base/limits.h"
#include "geometry/floor_division.h"
#include "state/in_force.h"

namespace comity::commands {
namespace {

using model::Level;
using model::VolumeBox;
using state::State;

constexpr int64_t us_per_s = 1'000'000, mm_per_m = 1'000;

// From the first to the last, both of them in it.
struct Span {
  int64_t first = 0, last = 0;
};

int64_t sum(int64_t a, int64_t b) {
  int64_t all = 0;
  return __builtin_add_overflow(a, b, &all) ? (a < 0 ? INT64_MIN : INT64_MAX) : all;
}
int64_t difference(int64_t a, int64_t b) {
  int64_t all = 0;
  return __builtin_sub_overflow(a, b, &all) ? (a < 0 ? INT64_MIN : INT64_MAX) : all;
}

// The shifts by which `own`, wider by `wider` at both ends, meets `other`.
Span shifts_that_meet(Span own, int64_t wider, Span other) {
  return {difference(other.first, sum(own.last, wider)),
          difference(other.last, difference(own.first, wider))};
}

// What is in the way of one volume, above or below which and before or behind which it is free.
struct Block {
  Span altitude, time;  // shifts in millimetres and in microseconds that meet it
  bool in_altitude() const { return altitude.first <= 0 && altitude.last >= 0; }
  bool in_time() const { return time.first <= 0 && time.last >= 0; }
};

Span altitude_of(model::Extent const& one) {
  return {one.low_mm == model::lowest_mm ? INT64_MIN : one.low_mm,
          one.high_mm == model::highest_mm ? INT64_MAX : one.high_mm};
}
Span time_of(model::Extent const& one) { return {one.from.us, one.until.us}; }

Block block_of(ConflictRule const& rule, model::Extent const& own, VolumeBox const& box) {
  Span const altitude{box.low_mm == model::lowest_mm ? INT64_MIN : box.low_mm,
                      box.high_mm == model::highest_mm ? INT64_MAX : int64_t{box.high_mm} - 1};
  Span const time{box.from.us, box.until == model::latest ? INT64_MAX : box.until.us - 1};
  return {shifts_that_meet(altitude_of(own), geometry::half_of(rule.separation.vertical_mm), altitude),
          shifts_that_meet(time_of(own), geometry::half_of(rule.separation.time_us), time)};
}

Block block_of(ConflictRule const& rule, model::Extent const& own, model::Extent const& other) {
  return {shifts_that_meet(altitude_of(own), 2 * geometry::half_of(rule.separation.vertical_mm),
                           altitude_of(other)),
          shifts_that_meet(time_of(own), 2 * geometry::half_of(rule.separation.time_us), time_of(other))};
}

bool is_between(int64_t west, int64_t east, int64_t begin, int64_t end) { return begin < east && west < end; }

bool holds(VolumeBox const& box, geometry::Square square, int64_t cell) {
  int64_t const south = square.row * cell, west = square.column * cell;
  if (!is_between(box.south_e7, box.north_e7, south, south + cell)) return false;
  if (box.west_e7 <= box.east_e7) return is_between(box.west_e7, box.east_e7, west, west + cell);
  return west + cell > box.west_e7 || west < box.east_e7;
}

// A box that is told, or a thing whose volumes are.
struct Taken {
  ConflictRule const* rule = nullptr;
  std::optional<VolumeBox> box;
  std::optional<Filed> other;
};

class Search {
 public:
  Search(State const& state, Filed const& thing, model::AirspaceRuling const& ruling, UtcTime now)
      : state_(state), thing_(thing), ruling_(ruling), now_(now) {
    for (ConflictRule const& rule : rules_for(state.law, thing.name.office)) rules_.emplace(rule.under, rule);
  }

  model::Alternatives find() {
    take_told(), take_near();
    if (taken_.size() * thing_.extents->size() > limits::alternatives_among) return {};
    for (Taken const& one : taken_)
      for (size_t i = 0; i < thing_.extents->size(); ++i) add_blocks(one, i);
    int64_t lowest = INT64_MAX;
    for (model::Extent const& extent : *thing_.extents) lowest = std::min<int64_t>(lowest, extent.low_mm);
    int64_t const down = std::clamp<int64_t>(lowest / mm_per_m, 0, limits::shifted_by_m);
    return {least(spans(&Block::in_altitude, &Block::time, 1), us_per_s, limits::later_by_s),
            least(spans(&Block::in_time, &Block::altitude, 1), mm_per_m, limits::shifted_by_m),
            least(spans(&Block::in_time, &Block::altitude, -1), mm_per_m, down)};
  }

 private:
  void take_told() {
    for (model::RaisedNotice const& notice : ruling_.previewed->notices) take(notice);
    for (auto const& [number, notice] : state_.airspace.notices.of(thing_.name.office))
      if (notice.is_open() && notice.raised.subject.own != thing_.name) take(notice.raised);
  }
  void take(model::RaisedNotice const& notice) {
    auto const rule = rules_.find(notice.subject.under);
    bool const runs =
        rule != rules_.end() &&
        state::runs_with_another(state_.law.agreement(notice.subject.under.agreement),
                                 notice.subject.under.clause, state_.law.party_of(thing_.name.office));
    if (!runs || notice.exercise != thing_.exercise || notice.content.level == Level::details) return;
    for (VolumeBox box : notice.content.boxes) {
      if (notice.content.level == Level::reference)
        box.from = std::min(box.from, notice.content.other_from),
        box.until = std::max(box.until, past(rule->second, notice.content.other_until));
      taken_.push_back({&rule->second, box, {}});
    }
  }
  // The end of the last step of the clause's grid that something so wide may be in.
  static UtcTime past(ConflictRule const& rule, UtcTime until) {
    int64_t const step = rule.grid ? rule.grid->time_s * us_per_s : 1;
    return UtcTime{sum(sum(until.us, geometry::half_of(rule.separation.time_us)), step)};
  }

  // At `details`: whatever lies where the volumes could be shifted to.
  void take_near() {
    for (auto const& [under, rule] : rules_) {
      if (std::ranges::find(ruling_.not_answered, under) != ruling_.not_answered.end()) continue;
      if (rule.about != model::NoticeAbout::intent) continue;
      geometry::Look look = rule.look();
      look.vertical_mm += limits::shifted_by_m * mm_per_m, look.time_us += limits::later_by_s * us_per_s;
      auto const& intents = state_.airspace.intents;
      OfficeKey const own = thing_.name.office;
      intents.each_near(geometry::coarse(*thing_.extents, look), own, [&](IntentKey key) {
        Filed const other = filed_as(intents[key].owner.office, intents[key]);
        if (other.extents->empty()) return;
        if (taken_.size() <= limits::alternatives_among &&
            learns(state_.law, rule, thing_, other).one == Level::details)
          taken_.push_back({&rule, {}, other});
      });
    }
  }

  void add_blocks(Taken const& taken, size_t i) {
    model::Extent const& own = (*thing_.extents)[i];
    if (taken.box) {
      geometry::Snapped const& snapped = snapped_of(*taken.rule)[i];
      bool const below = std::ranges::any_of(snapped.squares, [&](geometry::Square square) {
        return holds(*taken.box, square, snapped.grid.cell_e7);
      });
      if (below) blocks_.push_back(block_of(*taken.rule, own, *taken.box));
      return;
    }
    // The ground alone: at all times and altitudes the one meets what the other has of its own.
    std::vector<model::Extent> always{own};
    always[0].low_mm = model::lowest_mm, always[0].high_mm = model::highest_mm;
    always[0].from = model::earliest, always[0].until = model::latest;
    Filed mine = thing_;
    mine.extents = &always;
    if (taken.rule->grid) {
      Snapper snapper(*taken.rule, mine);
      if (auto const met = meeting(*taken.rule, snapper, mine, *taken.other, now_))
        for (VolumeBox const& box : met->boxes) blocks_.push_back(block_of(*taken.rule, own, box));
      return;
    }
    for (size_t j = 0; j < taken.other->volumes(); ++j) {
      std::vector<model::Extent> const alone{taken.other->volume(j)};
      Filed other = *taken.other;
      other.extents = &alone, other.off_nominal = nullptr;
      Snapper snapper(*taken.rule, mine);
      if (meeting(*taken.rule, snapper, mine, other, now_))
        blocks_.push_back(block_of(*taken.rule, own, alone[0]));
    }
  }
  std::vector<geometry::Snapped> const& snapped_of(ConflictRule const& rule) {
    auto& snapper = snappers_[rule.under];
    if (!snapper) snapper = std::make_unique<Snapper>(rule, thing_);
    return snapper->on(rule.grid->cell_e7);
  }

  std::vector<Span> spans(bool (Block::*stays)() const, Span Block::* moves, int sign) const {
    std::vector<Span> all;
    for (Block const& block : blocks_) {
      if (!(block.*stays)()) continue;
      Span const span = block.*moves;
      all.push_back(sign > 0 ? span : Span{difference(0, span.last), difference(0, span.first)});
    }
    return all;
  }

  // The least number of units, from 0, that is in none of them; none: that is 0, or more than `most`.
  static std::optional<uint32_t> least(std::vector<Span> spans, int64_t unit, int64_t most) {
    std::ranges::sort(spans, {}, &Span::first);
    int64_t steps = 0;
    for (Span const& span : spans) {
      if (span.first > steps * unit) break;
      if (span.last >= steps * unit) steps = geometry::floor_division(span.last, unit) + 1;
      if (steps > most) return std::nullopt;
    }
    return steps == 0 ? std::nullopt : std::optional(static_cast<uint32_t>(steps));
  }

  State const& state_;
  Filed const& thing_;
  model::AirspaceRuling const& ruling_;
  UtcTime now_;
  std::map<model::ClauseName, ConflictRule> rules_;
  std::map<model::ClauseName, std::unique_ptr<Snapper>> snappers_;
  std::vector<Taken> taken_;
  std::vector<Block> blocks_;
};

}  // namespace

model::Alternatives alternatives(State const& state, Filed const& thing, model::AirspaceRuling const& ruling,
                                 UtcTime now) {
  return Search(state, thing, ruling, now).find();
}

}  // namespace comity::commands
