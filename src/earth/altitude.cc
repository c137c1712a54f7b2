#include "earth/altitude.h"

#include "base/limits.h"

namespace comity::earth {
namespace {

int64_t tenths_of(Unit unit) {
  switch (unit) {
    case Unit::m: return 10'000;
    case Unit::ft: return 3'048;
    case Unit::fl: return 304'800;
    case Unit::none: return 0;
  }
  return 0;
}

int64_t outward(int64_t amount, int64_t divisor, Side side) {
  int64_t const down = amount >= 0 ? amount / divisor : -((-amount + divisor - 1) / divisor);
  return side == Side::low || down * divisor == amount ? down : down + 1;
}

// The standard atmosphere has this level at `level_mm`; real air has it somewhere between.
int64_t real_mm(int64_t level_mm, Side side) {
  int64_t const part = side == Side::low ? -limits::level_below_percent : limits::level_above_percent;
  int64_t const warmth = outward((level_mm < 0 ? -level_mm : level_mm) * part, 100, side);
  return level_mm + warmth + (side == Side::low ? -limits::level_below_mm : limits::level_above_mm);
}

Result<int64_t> ground_mm(Side side, std::optional<Ground> const& ground) {
  if (!ground)
    return fail(ErrorCode::bad_input,
                "heights above ground need `ground`, the lowest and the highest ground under the volume");
  return int64_t{side == Side::low ? ground->low_mm : ground->high_mm};
}

Result<int64_t> altitude_mm(Altitude const& altitude, Side side, std::span<model::Point const> footprint,
                            std::optional<Ground> const& ground, Geoid const* geoid) {
  int64_t const said = outward(altitude.value * tenths_of(altitude.unit), 10, side);
  switch (altitude.reference) {
    case Reference::w84: return said;
    case Reference::level:
      if (!altitude.margin_m) return real_mm(said, side);
      break;
    case Reference::agl: return said + TRY(ground_mm(side, ground));
    case Reference::ground:
      if (!ground && side == Side::low) return int64_t{lowest_altitude_m} * 1'000;
      return ground_mm(side, ground);
    case Reference::unlimited:
      if (side == Side::low) return fail(ErrorCode::bad_input, "UNL is no low bound");
      return int64_t{highest_altitude_m} * 1'000;
    case Reference::amsl: break;
  }
  if (!geoid) return fail(ErrorCode::unsupported, geoid_missing);
  Geoid::Bounds const sea = geoid->under(footprint);
  int64_t const margin = int64_t{altitude.margin_m.value_or(0)} * 1'000;
  return said + (side == Side::low ? sea.low_mm - margin : sea.high_mm + margin);
}

}  // namespace

Numbers numbers_of(Unit unit) {
  int64_t const tenths = tenths_of(unit);
  if (tenths == 0) return {0, 0};
  int64_t const least = unit == Unit::fl ? 0 : int64_t{lowest_altitude_m} * 10'000 / tenths;
  return {least, int64_t{highest_altitude_m} * 10'000 / tenths};
}

bool go_together(Reference reference, Unit unit) {
  switch (reference) {
    case Reference::ground:
    case Reference::unlimited: return unit == Unit::none;
    case Reference::level: return unit != Unit::none;
    default: return unit == Unit::m || unit == Unit::ft;
  }
}

Result<int32_t> outward_mm(Altitude const& altitude, Side side, std::span<model::Point const> footprint,
                           std::optional<Ground> const& ground, Geoid const* geoid) {
  auto const [least, most] = numbers_of(altitude.unit);
  if (!go_together(altitude.reference, altitude.unit))
    return fail(ErrorCode::bad_input, "a unit that this reference is not counted in");
  if (altitude.value < least || altitude.value > most)
    return fail(ErrorCode::bad_input, "an altitude lower or higher than any");
  return static_cast<int32_t>(TRY(altitude_mm(altitude, side, footprint, ground, geoid)));
}

}  // namespace comity::earth
