// Where an aircraft or a vehicle is, as the one who operates it says (F3548's VehicleTelemetry; 40-deconfliction, off-nominal).
//
// Numbers are whole and outward: what was meant lies within `accuracy_mm` of `at` and between the two altitudes, widened by
// `vertical_accuracy_mm`. `reach_m` is how far it may get until `next_by`, when its operator will say it anew; of who does not say that, nothing
// is guessed.
//
// Units: 1e-7 degree, millimetres above the ellipsoid, microseconds. Plain structs. Thread rule: as any value.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>

#include "base/time.h"
#include "model/agreement.h"
#include "model/airspace.h"

namespace comity::model {

// Of a vehicle whose altitude nobody says: it is on the ground, wherever that is. No mountain is higher than 8,849 m above the sea, which lies
// below the ellipsoid there.
inline constexpr int32_t lowest_ground_mm = -8'000'000, highest_ground_mm = 9'000'000;

struct Telemetry {
  UtcTime measured_at;
  Point at;
  int32_t low_mm = 0, high_mm = 0;  // its altitude: one number, unless it was said in another datum
  uint32_t accuracy_mm = 0, vertical_accuracy_mm = 0;
  std::optional<uint32_t> speed_mps, track_deg;  // over ground; clockwise from true north, 0 to 359
  std::optional<UtcTime> next_by;
  uint32_t reach_m = 0, reach_vertical_m = 0;
  bool is_on_ground() const { return low_mm == lowest_ground_mm && high_mm == highest_ground_mm; }
  bool operator==(Telemetry const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.measured_at, self.at, self.low_mm, self.high_mm, self.accuracy_mm,
                    self.vertical_accuracy_mm, self.speed_mps, self.track_deg, self.next_by, self.reach_m,
                    self.reach_vertical_m);
  }
};

// What a report of telemetry comes to, as a ruling has it.
struct TelemetryRuling {
  // Of the volume beside those filed that the intent may be in: it stays as it was, or is another now, or is no more.
  enum class OffNominal : uint8_t { stays = 0, placed, gone };
  bool conforms = true;  // it was wholly inside what is filed
  OffNominal off_nominal = OffNominal::stays;
  IntentState state = IntentState::accepted;  // from here on
  auto fields(this auto& self) { return std::tie(self.conforms, self.off_nominal, self.state); }
};

}  // namespace comity::model
