#include "earth/geoid.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <mutex>

#include "base/bytes.h"
#include "earth/box.h"

namespace comity::earth {
namespace {

constexpr char installed_at[] = "/usr/share/proj/egm96_15.gtx";
constexpr int64_t rows = 721, columns = 1'440, step_e7 = 2'500'000, south_e7 = -900'000'000,
                  west_e7 = -1'800'000'000;
constexpr size_t heading_octets = 40;
constexpr int32_t margin_mm = 2'000;

// Everything in such a file has its most significant octet first.
template <class To, class Bits>
To number_at(BytesView text, size_t at) {
  Bits bits = 0;
  for (size_t i = 0; i < sizeof(Bits); ++i)
    bits = static_cast<Bits>(bits << 8 | static_cast<uint8_t>(text[at + i]));
  return std::bit_cast<To>(bits);
}

bool is_the_grid(BytesView text) {
  if (text.size() != heading_octets + rows * columns * 4) return false;
  auto const degrees = [&](size_t i) { return number_at<double, uint64_t>(text, i * 8); };
  return degrees(0) == -90 && degrees(1) == -180 && degrees(2) == 0.25 && degrees(3) == 0.25 &&
         number_at<int32_t, uint32_t>(text, 32) == rows && number_at<int32_t, uint32_t>(text, 36) == columns;
}

int64_t row_below(int64_t latitude_e7) { return (latitude_e7 - south_e7) / step_e7; }

int64_t column_below(int64_t longitude_e7) {
  int64_t const from_west = longitude_e7 - west_e7;  // may lie some turns away
  return from_west >= 0 ? from_west / step_e7 : -((-from_west + step_e7 - 1) / step_e7);
}

}  // namespace

Result<Geoid> Geoid::open(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::io, "no file " + path);
  std::string const text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!is_the_grid(text)) return fail(ErrorCode::corrupt, path + " is not the grid of EGM96");
  Geoid geoid;
  geoid.mm_.reserve(rows * columns);
  for (size_t i = 0; i < rows * columns; ++i) {
    float const metres = number_at<float, uint32_t>(text, heading_octets + 4 * i);
    if (!(std::abs(metres) < 150))
      return fail(ErrorCode::corrupt, path + " has a sea that is higher than any");
    geoid.mm_.push_back(static_cast<int32_t>(std::lround(metres * 1'000)));
  }
  return geoid;
}

int32_t Geoid::node(int64_t row, int64_t column) const {
  int64_t const turned = (column % columns + columns) % columns;
  return mm_[static_cast<size_t>(std::clamp<int64_t>(row, 0, rows - 1) * columns + turned)];
}

Geoid::Bounds Geoid::under(std::span<model::Point const> ring) const {
  Box const box = box_around(ring);
  int64_t const first_column = column_below(box.west_e7), last_column = column_below(box.east_e7) + 1;
  Bounds bounds{INT32_MAX, INT32_MIN};
  for (int64_t row = row_below(box.south_e7); row <= row_below(box.north_e7) + 1; ++row)
    for (int64_t column = first_column; column <= std::min(last_column, first_column + columns); ++column) {
      bounds.low_mm = std::min(bounds.low_mm, node(row, column));
      bounds.high_mm = std::max(bounds.high_mm, node(row, column));
    }
  return {bounds.low_mm - margin_mm, bounds.high_mm + margin_mm};
}

int32_t Geoid::at(model::Point const& point) const {
  int64_t const row = row_below(point.latitude_e7), column = column_below(point.longitude_e7);
  double const up = static_cast<double>(point.latitude_e7 - south_e7 - row * step_e7) / step_e7,
               right = static_cast<double>(point.longitude_e7 - west_e7 - column * step_e7) / step_e7;
  double const below = node(row, column) * (1 - right) + node(row, column + 1) * right,
               above = node(row + 1, column) * (1 - right) + node(row + 1, column + 1) * right;
  return static_cast<int32_t>(std::lround(below * (1 - up) + above * up));
}

std::shared_ptr<Geoid const> installed_geoid() {
  static std::mutex lock;
  static std::shared_ptr<Geoid const> geoid;
  std::lock_guard const held(lock);
  if (!geoid)
    if (auto read = Geoid::open(installed_at)) geoid = std::make_shared<Geoid const>(std::move(*read));
  return geoid;
}

}  // namespace comity::earth
