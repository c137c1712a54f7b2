// read_place() on any text: a place on the earth or a sentence. White space more changes nothing of what is no square of MGRS; the
// other order of the two coordinates says the same; and what was read, written in degrees, is read as the same place.
#include <cstdint>
#include <cstdlib>

#include "base/ensure.h"
#include "earth/coordinates.h"

using namespace comity;

namespace {

std::string degrees(int32_t e7, char const* letters) {
  int64_t const size = std::abs(int64_t{e7});
  std::string fraction = std::to_string(size % 10'000'000);
  fraction.insert(0, 7 - fraction.size(), '0');
  return std::to_string(size / 10'000'000) + "." + fraction + letters[e7 < 0 ? 1 : 0];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const place = earth::read_place(text);
  if (!place) {
    ensure(!place.error().detail.empty() && place.error().detail.size() < 200);
    return 0;
  }
  model::Point const point = place->point;
  ensure(std::abs(int64_t{point.latitude_e7}) <= 900'000'000);
  ensure(std::abs(int64_t{point.longitude_e7}) <= 1'800'000'000);
  ensure(place->uncertainty_mm >= 0 && place->uncertainty_mm <= 8'000'000);
  std::string const north = degrees(point.latitude_e7, "NS"), east = degrees(point.longitude_e7, "EW");
  for (std::string const& written : {north + " " + east, east + ", " + north, " " + north + east + " "}) {
    auto const again = earth::read_place(written);
    ensure(again && again->point == point && again->uncertainty_mm == 0);
  }
  if (text.size() < 90 && place->uncertainty_mm <= 12) {
    auto const spaced = earth::read_place("  " + text + " ");
    ensure(spaced && spaced->point == point);
  }
  return 0;
}
