#include "earth/sun.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace comity::earth {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double minutes_of_a_degree = 4;
constexpr int64_t widest_e7 = 100'000'000;
constexpr double margin = 0.5;  // degrees of height

struct Sun {
  double declination = 0;       // radians
  double equation_minutes = 0;  // by how much a sundial is ahead
};

// The general solar position of NOAA's page, by the time since the epoch of J2000.
Sun sun_at(UtcTime time) {
  double const since = static_cast<double>(time.us) / 86'400e6 - 10'957.5, t = since / 36'525;
  double const mean_longitude = std::fmod(280.46646 + t * (36'000.76983 + t * 0.0003032), 360) * degree,
               mean_anomaly = (357.52911 + t * (35'999.05029 - 0.0001537 * t)) * degree,
               eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  double const centre =
      (std::sin(mean_anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
       std::sin(2 * mean_anomaly) * (0.019993 - 0.000101 * t) + std::sin(3 * mean_anomaly) * 0.000289) *
      degree;
  double const node = (125.04 - 1'934.136 * t) * degree;
  double const longitude = mean_longitude + centre - (0.00569 + 0.00478 * std::sin(node)) * degree;
  double const obliquity = (23.439291 - 0.0130042 * t + 0.00256 * std::cos(node)) * degree;
  double const y = std::tan(obliquity / 2) * std::tan(obliquity / 2);
  double const equation = y * std::sin(2 * mean_longitude) - 2 * eccentricity * std::sin(mean_anomaly) +
                          4 * eccentricity * y * std::sin(mean_anomaly) * std::cos(2 * mean_longitude) -
                          0.5 * y * y * std::sin(4 * mean_longitude) -
                          1.25 * eccentricity * eccentricity * std::sin(2 * mean_anomaly);
  return {std::asin(std::sin(obliquity) * std::sin(longitude)), equation / degree * minutes_of_a_degree};
}

Duration of_minutes(double amount) { return microseconds(std::llround(amount * 60e6)); }

// The sun's highest, in the local day.
UtcTime noon_of(int64_t day, Duration utc_offset, double longitude) {
  UtcTime const begins = UtcTime{days(day).us} - utc_offset;
  UtcTime noon = UtcTime{days(day).us} + hours(12);
  noon = noon - of_minutes(longitude * minutes_of_a_degree + sun_at(noon).equation_minutes);
  while (noon < begins) noon = noon + days(1);
  while (noon >= begins + days(1)) noon = noon - days(1);
  return noon;
}

// How long before or after noon the sun stands at that height; none: never that day.
std::optional<Duration> from_noon(UtcTime when, double latitude, double height) {
  double const declination = sun_at(when).declination, phi = latitude * degree;
  double const cosine = (std::sin(height * degree) - std::sin(phi) * std::sin(declination)) /
                        (std::cos(phi) * std::cos(declination));
  if (!(std::abs(cosine) <= 1)) return std::nullopt;
  return of_minutes(std::acos(cosine) / degree * minutes_of_a_degree);
}

bool is_before_noon(SunEvent event) { return event == SunEvent::dawn || event == SunEvent::rise; }

std::optional<UtcTime> moment_of(SunEvent event, UtcTime noon, double latitude, double height) {
  UtcTime when = noon;
  for (int i = 0; i < 2; ++i) {  // the sun's declination is that of the moment, which it decides
    auto const apart = from_noon(when, latitude, height);
    if (!apart) return std::nullopt;
    when = is_before_noon(event) ? noon - *apart : noon + *apart;
  }
  return when;
}

double height_of(SunEvent event) { return event == SunEvent::rise || event == SunEvent::set ? -0.833 : -6; }

}  // namespace

Result<Moments> moments_of(SunEvent event, int64_t day, Duration utc_offset, Box const& area) {
  if (area.north_e7 - area.south_e7 > widest_e7 || area.east_e7 - area.west_e7 > widest_e7)
    return fail(ErrorCode::bad_input, "times of the sun need an area of at most ten degrees each way");
  Moments found{UtcTime{INT64_MAX}, UtcTime{INT64_MIN}};
  auto const take = [&](UtcTime moment) {
    found.earliest = std::min(found.earliest, moment), found.latest = std::max(found.latest, moment);
  };
  for (int64_t const longitude_e7 : {area.west_e7, area.east_e7}) {
    UtcTime const noon = noon_of(day, utc_offset, static_cast<double>(longitude_e7) / 1e7);
    for (int64_t const latitude_e7 : {area.south_e7, (area.south_e7 + area.north_e7) / 2, area.north_e7})
      for (double const by : {-margin, margin}) {
        auto const moment =
            moment_of(event, noon, static_cast<double>(latitude_e7) / 1e7, height_of(event) + by);
        take(moment.value_or(noon - hours(12)));
        take(moment.value_or(noon + hours(12)));
      }
  }
  return found;
}

}  // namespace comity::earth
