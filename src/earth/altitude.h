// Altitudes as people say them, as millimetres above the ellipsoid of WGS84, outward: a low bound comes out no higher than anything that
// may be meant, a high bound no lower (40-deconfliction, altitudes).
//
//   reference   units       what it becomes
//   W84         m, ft       itself; a foot is 304.8 mm
//   AMSL        m, ft       above EGM96: the lowest and the highest sea under the footprint, with a margin (geoid.h)
//   AGL         m, ft       above the ground that the filer declares: its lowest, its highest
//   GND         none        the ground: as a low bound its lowest, or without a declaration the lowest altitude there is, which is
//                           below any ground; as a high bound only with a declaration
//   FL          FL, m, ft   a level by the standard atmosphere (a flight level is 100 ft): with what real air may differ from it, see
//                           limits::level_below_mm and the others there. At FL 300 that is from 5.9 to 10.8 km. Two levels of one sky are
//                           nearer to each other than that; but nobody here knows what air is over them, unless the filer says by
//                           `margin_m` how far it is from the standard at most: then it is that level above the sea, and the margin
//   UNL         none        no bound: the highest altitude there is; of a high bound alone
//
// Nothing is guessed: AGL without the ground, and AMSL without a grid of the sea, are refused with what is lacking (bad_input;
// unsupported where it is the centre that lacks it). The lowest altitude that there is lies 8 km below the ellipsoid, the highest 100 km
// above it, as the standard has it. Pure; any thread.
#pragma once

#include <optional>
#include <span>

#include "base/result.h"
#include "earth/geoid.h"
#include "model/agreement.h"

namespace comity::earth {

inline constexpr int32_t lowest_altitude_m = -8'000, highest_altitude_m = 100'000;

enum class Unit : uint8_t { none, m, ft, fl };
enum class Reference : uint8_t { w84, amsl, agl, ground, level, unlimited };
enum class Side : uint8_t { low, high };

struct Altitude {
  int64_t value = 0;
  Unit unit = Unit::m;
  Reference reference = Reference::w84;
  // Of a level: how far real air has it from the standard, at most, as whoever says it knows of the day; above the sea then.
  std::optional<int32_t> margin_m = {};
};

// In millimetres above the ellipsoid: no ground under the footprint lies lower, none higher.
struct Ground {
  int32_t low_mm = 0, high_mm = 0;
};

// Whole numbers of a unit that altitudes may have.
struct Numbers {
  int64_t least, most;
};
Numbers numbers_of(Unit unit);
// Whether the reference goes with that unit.
bool go_together(Reference reference, Unit unit);

// `geoid` may be null.
Result<int32_t> outward_mm(Altitude const& altitude, Side side, std::span<model::Point const> footprint,
                           std::optional<Ground> const& ground, Geoid const* geoid);

}  // namespace comity::earth
