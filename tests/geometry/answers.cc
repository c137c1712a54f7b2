// What geometry/ answers, for comparison with its oracle (tests/oracle/geometry.py).
//
// Reads questions from standard input, one a line, words and integers between single spaces; writes one line for each:
//   ring RING                        0, or the number of the fault's kind and the point
//   overlap VOLUME VOLUME            0 or 1
//   within SEPARATION VOLUME VOLUME  0 or 1
//   snap GRID SEPARATION MOST VOLUME VOLUME
//                                    both, each as `squares… ; altitude ; time` or `too many`, and `| meet | shared`
//   scale SOUTH NORTH                nanometres along a parallel and along a meridian
// RING is a count, then longitude and latitude of each point; VOLUME a ring, low and high, from and until; SEPARATION and GRID
// their fields in order. Ends with status 2 at the first line that it cannot read.
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "geometry/earth.h"
#include "geometry/overlap.h"
#include "geometry/ring.h"
#include "geometry/separation.h"
#include "geometry/snapped.h"

namespace comity::tests {
namespace {

using namespace geometry;

template <class Integer>
Integer number(std::istream& in) {
  Integer value{};
  if (!(in >> value)) throw std::runtime_error("a number is missing");
  return value;
}

std::vector<model::Point> ring(std::istream& in) {
  std::vector<model::Point> points(number<size_t>(in));
  for (model::Point& point : points) {
    point.longitude_e7 = number<int32_t>(in);
    point.latitude_e7 = number<int32_t>(in);
  }
  return points;
}

model::Extent volume(std::istream& in) {
  model::Extent extent;
  extent.ring = ring(in);
  extent.low_mm = number<int32_t>(in);
  extent.high_mm = number<int32_t>(in);
  extent.from.us = number<int64_t>(in);
  extent.until.us = number<int64_t>(in);
  return extent;
}

Separation separation(std::istream& in) {
  Separation read;
  read.horizontal_mm = number<int64_t>(in);
  read.vertical_mm = number<int64_t>(in);
  read.time_us = number<int64_t>(in);
  return read;
}

Grid grid(std::istream& in) {
  Grid read;
  read.cell_e7 = number<int64_t>(in);
  read.altitude_m = number<int64_t>(in);
  read.time_s = number<int64_t>(in);
  return read;
}

void tell(std::ostream& out, Steps steps) { out << "; " << steps.first << ' ' << steps.last << ' '; }

void tell(std::ostream& out, std::expected<Snapped, SnapFault> const& snapped) {
  if (!snapped) {
    out << "too many ";
    return;
  }
  for (Square square : snapped->squares) out << square.row << ' ' << square.column << ' ';
  tell(out, snapped->altitude);
  tell(out, snapped->time);
}

void answer_snap(std::istream& in, std::ostream& out) {
  Grid const on = grid(in);
  Separation const apart = separation(in);
  auto const most = number<size_t>(in);
  auto const a = snap(volume(in), apart, on, most), b = snap(volume(in), apart, on, most);
  tell(out, a);
  out << "| ";
  tell(out, b);
  if (!a || !b) return;
  out << "| " << meet(*a, *b) << " | ";
  if (auto const found = shared(*a, *b)) {
    out << found->south << ' ' << found->north << ' ' << found->west << ' ' << found->east << ' ';
    tell(out, found->altitude);
    tell(out, found->time);
  }
}

void answer(std::istream& in, std::ostream& out) {
  std::string question;
  in >> question;
  if (question == "ring") {
    auto const fault = check_ring(ring(in));
    if (fault)
      out << int{static_cast<uint8_t>(fault->kind)} << ' ' << fault->at;
    else
      out << 0;
  } else if (question == "overlap") {
    auto const a = volume(in), b = volume(in);
    out << overlaps(a, b);
  } else if (question == "within") {
    auto const apart = separation(in);
    auto const a = volume(in), b = volume(in);
    out << within(a, b, apart);
  } else if (question == "snap") {
    answer_snap(in, out);
  } else if (question == "scale") {
    auto const south = number<int64_t>(in), north = number<int64_t>(in);
    Scale const scale = least_in({south, north});
    out << scale.along_parallel_nm << ' ' << scale.along_meridian_nm;
  } else {
    throw std::runtime_error("no such question: " + question);
  }
  out << '\n';
}

}  // namespace
}  // namespace comity::tests

int main() {
  std::ios::sync_with_stdio(false);
  try {
    for (std::string line; std::getline(std::cin, line);) {
      std::istringstream in(line);
      comity::tests::answer(in, std::cout);
    }
  } catch (std::exception const& error) {
    std::cerr << "a question cannot be read: " << error.what() << '\n';
    return 2;
  }
}
