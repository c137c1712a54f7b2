#include "release/map_words.h"

namespace comity::release {
namespace {

// `value` counts units of 1 / 10^digits.
std::string decimal(int64_t value, size_t digits) {
  std::string text = std::to_string(value < 0 ? -value : value);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  text.insert(text.size() - digits, ".");
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return value < 0 ? "-" + text : text;
}

// Tenths of a millimetre in feet, toward the ground and toward the sky.
int64_t feet_down(int64_t mm) {
  int64_t const tenths = mm * 10, whole = tenths / 3048;
  return tenths % 3048 < 0 ? whole - 1 : whole;
}
int64_t feet_up(int64_t mm) { return -feet_down(-mm); }

}  // namespace

std::string degrees_text(int64_t e7) { return decimal(e7, 7); }
std::string metres_text(int64_t mm) { return decimal(mm, 3); }

std::string altitudes_text(std::optional<int64_t> low_mm, std::optional<int64_t> high_mm) {
  if (!low_mm && !high_mm) return "all altitudes";
  std::string const where = " above the ellipsoid";
  if (!high_mm)
    return "from " + metres_text(*low_mm) + " m (" + std::to_string(feet_down(*low_mm)) + " ft)" + where +
           " up";
  if (!low_mm)
    return "up to " + metres_text(*high_mm) + " m (" + std::to_string(feet_up(*high_mm)) + " ft)" + where;
  return metres_text(*low_mm) + " to " + metres_text(*high_mm) + " m (" + std::to_string(feet_down(*low_mm)) +
         " to " + std::to_string(feet_up(*high_mm)) + " ft)" + where;
}

}  // namespace comity::release
