#include "places/checks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "base/limits.h"
#include "geometry/ring.h"
#include "json/json.h"
#include "places/body.h"
#include "places/land.h"
#include "places/values.h"

namespace comity::places {
namespace {

constexpr double earth_radius_m = 6'371'010;
constexpr double null_island_degrees = 0.01;  // a kilometre: nobody lives there
constexpr double highest_m = 100'000;         // as the centre takes altitudes
// Two places that say no uncertainty are one if they are as near as two readings of one point.
constexpr double least_uncertainty_m = 10;
// Far from the others: three degrees, or four times as far as half of them are from the middle.
constexpr double far_degrees = 3, far_times = 4;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }
LatLng turned(LatLng const& at) { return {at.longitude, at.latitude}; }
bool is_on_earth(LatLng const& at) { return std::abs(at.latitude) <= 90 && std::abs(at.longitude) <= 180; }

// The middle of its corners, so that one outline is found again whichever corner it begins with.
LatLng middle_of(std::vector<LatLng> const& points) {
  double north = 0, east = 0;
  for (LatLng const& one : points) {
    north += one.latitude - points.front().latitude;
    east += std::remainder(one.longitude - points.front().longitude, 360);
  }
  auto const count = static_cast<double>(points.size());
  return {points.front().latitude + north / count, points.front().longitude + east / count};
}

// Where a place is, for distances.
struct Anchor {
  LatLng at;
  double uncertainty_m = 0;
};
std::optional<Anchor> anchor_of(Draft const& draft) {
  if (draft.volumes.empty() || draft.volumes.front().points.empty()) return std::nullopt;
  Volume const& first = draft.volumes.front();
  double const off = first.shape == Shape::point ? first.radius_m.value_or(0) : 0;
  return Anchor{middle_of(first.points), std::max(off, least_uncertainty_m)};
}

// The middle of what is known, and how far from it a place is still among the others; by medians, so that a few that are wrong
// do not move it.
class Middle {
 public:
  explicit Middle(std::vector<LatLng> const& points) : known_(points.size() >= 3) {
    if (!known_) return;
    middle_ = {median(points, &LatLng::latitude), median(points, &LatLng::longitude)};
    std::vector<LatLng> off;
    for (LatLng const& one : points) off.push_back({away(one), 0});
    within_ = std::max(far_degrees, far_times * median(off, &LatLng::latitude));
  }
  bool is_far(LatLng const& at) const { return known_ && away(at) > within_; }
  bool is_among(LatLng const& at) const { return known_ && away(at) <= within_; }

 private:
  static double median(std::vector<LatLng> points, double LatLng::* of) {
    auto const half = points.begin() + static_cast<ptrdiff_t>(points.size() / 2);
    std::ranges::nth_element(points, half, {}, of);
    return (*half).*of;
  }
  double away(LatLng const& at) const {
    return std::hypot(at.latitude - middle_.latitude, std::remainder(at.longitude - middle_.longitude, 360));
  }

  bool known_;
  LatLng middle_;
  double within_ = 0;
};

class Checking {
 public:
  Checking(std::vector<Finding>& out, Draft const& draft, size_t number)
      : out_(out), draft_(draft), number_(number) {}

  void refuse(char const* code, std::string message) { add(Severity::refuse, code, std::move(message)); }
  void ask(char const* code, std::string message) { add(Severity::ask, code, std::move(message)); }

  void words(UtcTime now) {
    for (auto const& fault : draft_.faults) refuse("cannot_be_read", fault);
    for (auto const& remark : draft_.remarks) ask("remark", remark);
    if (draft_.name.empty()) refuse("no_name", "it has no name: give it one in the file");
    for (auto const* text : {&draft_.name, &draft_.source, &draft_.measured}) {
      std::string const written = json::write(json::Array{*text});
      if (!json::parse(written, written.size()))
        refuse("no_text",
               "a character of its name, source or how it was measured is none of Unicode's: take it out");
      if (text->size() > limits::short_words)
        refuse("too_long", "its name, source and how it was measured have at most " +
                               std::to_string(limits::short_words) + " bytes each: shorten them");
    }
    if (!draft_.kind) refuse("no_kind", "its kind is not said: --kind hospital, say, or a column `kind`");
    if (!draft_.reconfirm_by)
      refuse("no_reconfirm_by",
             "until when it can be relied on is not said: --reconfirm-by 2027-01-31, or a "
             "column `reconfirm_by`");
    else if (*draft_.reconfirm_by < now)
      refuse("reconfirm_in_the_past",
             "it was to be confirmed again by a time that has passed: ask its source");
  }

  void times(UtcTime now) {
    if (draft_.windows.empty()) return;
    UtcTime last{INT64_MIN};
    for (Window const& one : draft_.windows) {
      if (one.from && one.until && *one.until < *one.from) refuse("impossible", "it ends before it begins");
      last = std::max(last, one.until.value_or(never));
    }
    if (last < now) refuse("in_the_past", "it has ended: leave it out of the file");
    if (draft_.windows.size() * draft_.volumes.size() > limits::extents)
      refuse("too_many_volumes", "its volumes times its periods are more than " +
                                     std::to_string(limits::extents) + ": make several sites of it");
    schedule();
  }

  // The form has one for a site.
  void schedule() {
    std::vector<Daily> const& first = draft_.windows.front().schedule;
    if (std::ranges::any_of(draft_.windows, [&](Window const& one) { return one.schedule != first; }))
      return refuse("schedules_differ", "its periods have different schedules: make a site of each");
    if (first.empty()) return;
    if (first.size() > limits::schedule_periods)
      refuse("too_many_periods", "its schedule has more than " + std::to_string(limits::schedule_periods) +
                                     " lines: make several sites of it");
    std::optional<int64_t> offset;
    for (Daily const& one : first)
      for (auto const* text : {&one.start, &one.end})
        if (auto const clock = read_clock(*text, Edge::begins)) {
          if (offset.value_or(clock->offset_minutes) != clock->offset_minutes)
            return refuse("schedule_offsets",
                          "its times of day have different offsets from UTC: give them in one");
          offset = clock->offset_minutes;
        }
  }

  void volume(Volume const& one) {
    for (LatLng const& at : one.points)
      if (!point(at)) return;
    if (one.shape != Shape::polygon) {
      if (!one.radius_m)
        refuse("no_uncertainty",
               "how far off its point may be is not said: --uncertainty 100 (metres), or a "
               "column `uncertainty`");
      else if (*one.radius_m <= 0 || *one.radius_m > limits::circle_m)
        refuse("impossible", "its radius or uncertainty is not between 0 and " +
                                 std::to_string(limits::circle_m) + " metres");
    } else if (auto const fault = geometry::check_ring(ring_e7(one.points))) {
      refuse("no_ring", "its outline " + words_of(fault->kind) + ", at corner " +
                            std::to_string(fault->at + 1) + ": draw it again");
    }
    limits_of(one);
  }

 private:
  void add(Severity severity, char const* code, std::string message) {
    out_.push_back({severity, code, number_, draft_.where, std::move(message)});
  }

  bool point(LatLng const& at) {
    if (!is_on_earth(at)) {
      bool const other_way = is_on_earth(turned(at));
      refuse("impossible", other_way ? "its latitude is beyond 90 degrees: latitude and longitude are swapped"
                                     : "its coordinates are no degrees of latitude and longitude");
      return false;
    }
    if (std::abs(at.latitude) > null_island_degrees || std::abs(at.longitude) > null_island_degrees)
      return true;
    refuse("null_island", "it lies at latitude 0, longitude 0, where a program put what it did not know");
    return false;
  }

  void limits_of(Volume const& one) {
    for (auto const* limit : {&one.low, &one.high})
      if (*limit && std::abs((*limit)->value) > highest_m)
        refuse("impossible", "its altitude is beyond 100,000: where there is no limit, leave it out");
    bool const needs_ground = is_above_ground(one.high) || (is_above_ground(one.low) && one.low->value != 0);
    if (needs_ground && !draft_.ground)
      refuse("no_ground",
             "its limit is above the ground, and how high that is there is not said: --ground 200..900, "
             "the lowest and the highest of it in metres above the sea");
    if (draft_.ground && draft_.ground->low_m > draft_.ground->high_m)
      refuse("impossible", "the lowest ground lies above the highest");
    if (one.low && one.high && one.low->unit == one.high->unit && one.low->reference == one.high->reference &&
        one.low->value > one.high->value)
      refuse("impossible", "its lower limit lies above its upper one");
  }

  static bool is_above_ground(std::optional<Altitude> const& limit) {
    return limit && limit->reference == Reference::agl && limit->unit != Unit::flight_level;
  }

  static std::string words_of(geometry::RingFault::Kind kind) {
    using Kind = geometry::RingFault::Kind;
    switch (kind) {
      case Kind::too_few_points: return "has fewer than three corners";
      case Kind::out_of_range: return "leaves the earth";
      case Kind::half_a_turn: return "has an edge half round the earth";
      case Kind::repeated_point: return "goes through one point twice";
      case Kind::folded: return "goes back over itself";
      case Kind::crossing: return "crosses or touches itself";
    }
    return "is none";
  }

  std::vector<Finding>& out_;
  Draft const& draft_;
  size_t number_;
};

// Whether land matters: a zone at sea is an everyday thing.
bool is_of_the_land(Draft const& draft) {
  return draft.kind != model::SiteKind::temporary_restriction && draft.kind != model::SiteKind::other;
}

void check_axes(Checking& checking, Draft const& draft, LatLng const& at, Middle const& middle) {
  LatLng const other = turned(at);
  bool const at_sea = !may_be_land(at);
  bool const among_the_others = is_on_earth(other) && middle.is_far(at) && middle.is_among(other);
  bool const land_that_way = at_sea && is_of_the_land(draft) && is_on_earth(other) && may_be_land(other);
  if (among_the_others || land_that_way)
    checking.ask("swapped_axes",
                 among_the_others
                     ? "it lies far from the others, and among them if latitude and longitude change "
                       "places: look whether they are swapped"
                     : "it lies in the sea, and on land if latitude and longitude change places: "
                       "look whether they are swapped");
  else if (at_sea && is_of_the_land(draft))
    checking.ask("in_the_sea",
                 "it lies in the sea, more than ten kilometres from land: look at its coordinates");
}

std::string told(double metres) { return std::to_string(std::llround(metres)) + " m"; }

// The first one before it that lies within the larger of their uncertainties, in the file or already there.
void check_duplicates(Checking& checking, std::span<Draft const> drafts, size_t number, std::string const& id,
                      std::span<There const> there) {
  auto const own = anchor_of(drafts[number]);
  if (!own) return;
  for (size_t i = 0; i < number; ++i) {
    auto const other = anchor_of(drafts[i]);
    if (!other) continue;
    double const apart = distance_m(own->at, other->at);
    if (apart > std::max(own->uncertainty_m, other->uncertainty_m)) continue;
    return checking.ask("duplicate", "it lies " + told(apart) + " from `" + drafts[i].name + "` (" +
                                         drafts[i].where +
                                         "), within the uncertainty: are they one? Both are filed");
  }
  for (There const& one : there) {
    if (one.id == id || one.points.empty()) continue;
    double const apart = distance_m(own->at, middle_of(one.points));
    if (apart > std::max(own->uncertainty_m, one.uncertainty_m)) continue;
    return checking.ask("duplicate",
                        "it lies " + told(apart) + " from `" + one.name +
                            "`, which is filed already, within the uncertainty: are they one? It would "
                            "be another site");
  }
}

std::vector<LatLng> all_points(std::span<Draft const> drafts, std::span<There const> there) {
  std::vector<LatLng> points;
  for (Draft const& one : drafts)
    if (auto const anchor = anchor_of(one)) points.push_back(anchor->at);
  for (There const& one : there)
    if (!one.points.empty()) points.push_back(middle_of(one.points));
  return points;
}

}  // namespace

double distance_m(LatLng const& a, LatLng const& b) {
  double const half_north = radians(b.latitude - a.latitude) / 2;
  double const half_east = radians(b.longitude - a.longitude) / 2;
  double const chord = std::pow(std::sin(half_north), 2) + std::cos(radians(a.latitude)) *
                                                               std::cos(radians(b.latitude)) *
                                                               std::pow(std::sin(half_east), 2);
  return 2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(chord)));
}

std::vector<Finding> check(std::span<Draft const> drafts, std::span<std::string const> ids,
                           std::span<There const> there, UtcTime now) {
  std::vector<Finding> out;
  Middle const middle(all_points(drafts, there));
  std::map<std::string, size_t> first_of;
  for (size_t i = 0; i < drafts.size(); ++i) {
    Draft const& draft = drafts[i];
    Checking checking(out, draft, i);
    size_t const before = out.size();
    checking.words(now);
    checking.times(now);
    for (Volume const& one : draft.volumes) checking.volume(one);
    auto const [same, is_first] = first_of.emplace(ids[i], i);
    if (!is_first)
      checking.refuse("identity_twice", "it has the identity of " + drafts[same->second].where +
                                            ": give each an id of its own");
    bool const placed =
        std::none_of(out.begin() + static_cast<ptrdiff_t>(before), out.end(),
                     [](auto const& one) { return one.code == "impossible" || one.code == "null_island"; });
    auto const anchor = anchor_of(draft);
    if (!placed || !anchor) continue;
    check_axes(checking, draft, anchor->at, middle);
    check_duplicates(checking, drafts, i, ids[i], there);
  }
  return out;
}

}  // namespace comity::places
