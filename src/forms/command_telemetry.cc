// A report of where an intent is (docs/formats.md): a place with how far off it may be, an altitude, and how far it may get until the next
// report. The volumes around it are made here, outward, in floats; what is made of them is commands/report_telemetry.h.
#include <algorithm>

#include "commands/report_telemetry.h"
#include "earth/cells.h"
#include "earth/circle.h"
#include "forms/airspace_parts.h"
#include "forms/altitudes.h"

namespace comity::forms {
namespace {

constexpr int64_t mm_per_m = 1'000;

std::optional<uint32_t> take_whole(Members& members, std::string_view key, int64_t most) {
  auto const place = members.optional(key);
  auto const number = place ? place->integer(0, most) : std::nullopt;
  return number ? std::optional(static_cast<uint32_t>(*number)) : std::nullopt;
}

void take_next(Members& members, model::Telemetry& out) {
  auto const by = members.optional("next_by");
  if (by) out.next_by = by->time();
  bool const in_order = !out.next_by || (*out.next_by > out.measured_at &&
                                         *out.next_by <= out.measured_at + limits::telemetry_next);
  if (!in_order) by->refuse("must come after measured_at, and within an hour");
  if (auto const reach = members.optional("reach_m"); reach && !by)
    reach->refuse("is how far it may get until next_by, which is missing");
  out.reach_m = take_whole(members, "reach_m", limits::circle_m).value_or(0);
  out.reach_vertical_m = take_whole(members, "reach_vertical_m", limits::telemetry_vertical_m).value_or(0);
}

// Upward and downward, within what altitudes there are.
int32_t moved(int32_t altitude_mm, int64_t by_mm) {
  return static_cast<int32_t>(std::clamp<int64_t>(altitude_mm + by_mm,
                                                  int64_t{earth::lowest_altitude_m} * mm_per_m,
                                                  int64_t{earth::highest_altitude_m} * mm_per_m));
}

void widen(model::Extent& extent, int64_t by_mm) {
  extent.low_mm = moved(extent.low_mm, -by_mm), extent.high_mm = moved(extent.high_mm, by_mm);
}

// The volume around it, not yet widened upward and downward. False: there is none, and it was said why.
bool set_volume(Place const& position, model::Telemetry const& telemetry, int64_t radius_mm,
                SaidAltitudes const& altitude, model::Extent& out) {
  auto ring = earth::ring_around(telemetry.at, radius_mm);
  if (!ring) return position.refuse(std::move(ring.error().detail)), false;
  out = {std::move(*ring), model::lowest_ground_mm, model::highest_ground_mm, telemetry.measured_at,
         telemetry.measured_at};
  set_altitudes(altitude, out);
  return position.problems().none();
}

void make_volumes(Place const& position, SaidAltitudes const& altitude, commands::ReportTelemetry& made) {
  model::Telemetry& telemetry = made.telemetry;
  int64_t const far_mm = telemetry.accuracy_mm + telemetry.reach_m * mm_per_m;
  if (!set_volume(position, telemetry, telemetry.accuracy_mm, altitude, made.there) ||
      !set_volume(position, telemetry, far_mm, altitude, made.within))
    return;
  telemetry.low_mm = made.there.low_mm, telemetry.high_mm = made.there.high_mm;
  widen(made.there, telemetry.vertical_accuracy_mm);
  widen(made.within, telemetry.vertical_accuracy_mm + telemetry.reach_vertical_m * mm_per_m);
  made.within.until = telemetry.next_by.value_or(telemetry.measured_at + limits::telemetry_holds);
  auto cells = cells_of(made.within, telemetry.at);
  if (!cells) return position.refuse(cells.error().detail);
  made.cells = std::move(*cells);
  earth::sort_cells(made.cells);
}

}  // namespace

void read_report_telemetry(Reading& reading) {
  commands::ReportTelemetry made;
  model::Telemetry& telemetry = made.telemetry;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  members.take_time("measured_at", telemetry.measured_at);
  auto const position = members.required("position");
  auto const at = position ? read_typed_place(*position) : std::nullopt;
  uint32_t accuracy_m = 1, accuracy_vertical_m = 0;
  members.take_number("accuracy_m", accuracy_m, 1, limits::circle_m);
  SaidAltitudes const altitude = take_one_altitude(members);
  if (altitude.low)
    members.take_number("accuracy_vertical_m", accuracy_vertical_m, 0, limits::telemetry_vertical_m);
  telemetry.speed_mps = take_whole(members, "speed_mps", limits::telemetry_speed_mps);
  telemetry.track_deg = take_whole(members, "track_deg", 359);
  take_next(members, telemetry);
  if (at) {
    telemetry.at = at->point;
    telemetry.accuracy_mm = static_cast<uint32_t>(accuracy_m * mm_per_m + at->uncertainty_mm);
    telemetry.vertical_accuracy_mm = static_cast<uint32_t>(accuracy_vertical_m * mm_per_m);
  }
  if (at && reading.problems.none()) make_volumes(*position, altitude, made);
  made.next = ovn_for(reading);
  finish(reading, made);
}

}  // namespace comity::forms
