#include "geometry/overlap.h"

#include <gtest/gtest.h>

#include "geometry/ring.h"
#include "geometry/sample_rings.h"

namespace comity::geometry {
namespace {

using namespace samples;
using model::Extent;

constexpr int32_t edge_of_map = 1'800'000'000, pole = 900'000'000;

// Asked both ways round.
bool overlap(Extent const& a, Extent const& b) {
  bool const answer = overlaps(a, b);
  EXPECT_EQ(overlaps(b, a), answer);
  return answer;
}

bool overlap(Ring const& a, Ring const& b) {
  EXPECT_EQ(check_ring(a), std::nullopt);
  EXPECT_EQ(check_ring(b), std::nullopt);
  return overlap(everywhere_above(a), everywhere_above(b));
}

TEST(Overlap, FacesEdgesAndCornersThatTouch) {
  EXPECT_TRUE(overlap(box(0, 0, 5, 5), box(5, 0, 9, 5))) << "a side";
  EXPECT_TRUE(overlap(box(0, 0, 5, 5), box(5, 5, 9, 9))) << "a corner";
  EXPECT_FALSE(overlap(box(0, 0, 5, 5), box(6, 0, 9, 5)));
  EXPECT_FALSE(overlap(box(0, 0, 5, 5), box(6, 6, 9, 9)));
  EXPECT_TRUE(overlap(Ring{{0, 0}, {4, 0}, {0, 4}}, Ring{{2, 2}, {4, 4}, {3, 4}}))
      << "a corner on a slanted edge";
  EXPECT_FALSE(overlap(Ring{{0, 0}, {400, 0}, {0, 399}}, Ring{{200, 200}, {400, 400}, {300, 400}}))
      << "just beside it";
}

TEST(Overlap, InstantsAndAltitudesThatTouch) {
  Extent a = everywhere_above(box(0, 0, 5, 5)), b = a;
  a.from = {10}, a.until = {20}, b.from = {20}, b.until = {20};
  EXPECT_TRUE(overlap(a, b)) << "an instant, at the end";
  b.from = {21}, b.until = {21};
  EXPECT_FALSE(overlap(a, b));
  a.from = a.until = {21};
  EXPECT_TRUE(overlap(a, b)) << "two volumes of one instant";
  b.from = model::earliest, b.until = model::latest;
  EXPECT_TRUE(overlap(a, b)) << "no bound";
  a.low_mm = 0, a.high_mm = 100, b.low_mm = 100, b.high_mm = 100;
  EXPECT_TRUE(overlap(a, b));
  b.low_mm = b.high_mm = 101;
  EXPECT_FALSE(overlap(a, b));
  a.high_mm = model::highest_mm;
  EXPECT_TRUE(overlap(a, b));
}

TEST(Overlap, OneInsideTheOther) {
  EXPECT_TRUE(overlap(box(0, 0, 9, 9), box(3, 3, 5, 5)));
  EXPECT_TRUE(overlap(round(0, 0, 1'000, 8), round(3, 3, 100, 8)));
  EXPECT_TRUE(overlap(round(0, 0, 1'000, 8), Ring{{1, 1}, {3, 3}, {2, 2}})) << "a line inside";
  EXPECT_TRUE(overlap(box(0, 0, 9, 9), box(0, 0, 9, 9))) << "itself";
}

TEST(Overlap, ConcaveShapesInterlockWithoutTouching) {
  Ring const lower = comb(0, 0, 20, 6), upper = flipped(comb(2, 0, 20, 5), 13);
  EXPECT_FALSE(overlap(lower, upper)) << "teeth between teeth";
  EXPECT_TRUE(overlap(lower, samples::moved(upper, 1, 0))) << "until their sides touch";
  EXPECT_TRUE(overlap(lower, samples::moved(upper, 0, -2))) << "until their ends touch";
  EXPECT_FALSE(
      overlap(Ring{{0, 0}, {9, 0}, {9, 9}, {8, 9}, {8, 1}, {0, 1}}, Ring{{0, 2}, {7, 2}, {7, 9}, {0, 9}}))
      << "in the corner of an L";
}

TEST(Overlap, LinesCoverWhatTheyTouch) {
  EXPECT_TRUE(overlap(Ring{{0, 0}, {8, 8}, {4, 4}}, Ring{{0, 8}, {8, 0}, {2, 6}})) << "two that cross";
  EXPECT_TRUE(overlap(Ring{{0, 0}, {8, 8}, {4, 4}}, Ring{{8, 8}, {9, 9}, {12, 12}}))
      << "one goes on where the other ends";
  EXPECT_FALSE(overlap(Ring{{0, 0}, {8, 8}, {4, 4}}, Ring{{9, 9}, {10, 10}, {12, 12}}));
  EXPECT_FALSE(overlap(Ring{{0, 0}, {8, 8}, {4, 4}}, Ring{{0, 1}, {8, 9}, {4, 5}})) << "beside each other";
}

TEST(Overlap, AcrossTheAntimeridian) {
  Ring const across = box(edge_of_map - 5, 0, -edge_of_map + 5, 9);
  EXPECT_TRUE(overlap(across, box(-edge_of_map, 0, -edge_of_map + 2, 9)));
  EXPECT_TRUE(overlap(across, box(edge_of_map - 2, 0, edge_of_map, 9)));
  EXPECT_TRUE(overlap(across, box(-edge_of_map + 5, 0, -edge_of_map + 9, 9))) << "touching on the far side";
  EXPECT_FALSE(overlap(across, box(-edge_of_map + 6, 0, -edge_of_map + 9, 9)));
  EXPECT_FALSE(overlap(across, box(-5, 0, 5, 9)));
  EXPECT_TRUE(overlap(box(edge_of_map - 5, 0, edge_of_map, 9), box(-edge_of_map, 0, -edge_of_map + 5, 9)))
      << "180 is -180";
}

TEST(Overlap, APoleIsOnePlace) {
  Ring const touching = box(0, 80 * degree, 20 * degree, pole);
  EXPECT_TRUE(overlap(touching, box(90 * degree, 80 * degree, 100 * degree, pole)));
  EXPECT_FALSE(overlap(touching, box(90 * degree, 80 * degree, 100 * degree, pole - 1)));
  EXPECT_FALSE(overlap(touching, flipped(touching, 0))) << "the other pole";
}

TEST(Overlap, RingsRoundAPole) {
  Ring const cap{{0, 80 * degree}, {120 * degree, 80 * degree}, {-120 * degree, 80 * degree}};
  EXPECT_TRUE(overlap(cap, box(50 * degree, 85 * degree, 60 * degree, 86 * degree)));
  EXPECT_TRUE(overlap(cap, box(50 * degree, 70 * degree, 60 * degree, 80 * degree)))
      << "touching from outside";
  EXPECT_TRUE(overlap(cap, box(-179 * degree, 82 * degree, 179 * degree, 83 * degree)));
  EXPECT_FALSE(overlap(cap, box(50 * degree, 70 * degree, 60 * degree, 80 * degree - 1)));
  EXPECT_FALSE(overlap(cap, flipped(cap, 0)));
  EXPECT_TRUE(overlap(cap, flipped(cap, 80 * degree))) << "both hold the pole";
  Ring const half{{0, 0}, {120 * degree, 0}, {-120 * degree, 0}};
  EXPECT_TRUE(overlap(half, flipped(cap, 40 * degree))) << "the equator itself";
  EXPECT_FALSE(overlap(half, box(0, -9, 9, -1)));
}

TEST(Overlap, AThousandPoints) {
  Ring const ring = round(0, 0, 5'000'000, 1000);
  EXPECT_TRUE(overlap(ring, samples::moved(ring, 3'000'000, 100)));
  EXPECT_TRUE(overlap(ring, round(0, 0, 4'000'000, 1000))) << "inside, nothing touches";
  EXPECT_TRUE(overlap(ring, samples::moved(ring, 10'000'000, 0))) << "at one corner";
  EXPECT_FALSE(overlap(ring, samples::moved(ring, 10'000'001, 0)));
  EXPECT_FALSE(overlap(comb(0, 0, 1'000'000, 250), samples::moved(comb(0, 0, 1'000'000, 250), 0, 1'000'003)));
}

TEST(Overlap, NothingMeetsAnEmptyRing) {
  EXPECT_FALSE(overlap(everywhere_above({}), everywhere_above(box(0, 0, 5, 5))));
  EXPECT_FALSE(overlap(everywhere_above({}), everywhere_above({})));
}

}  // namespace
}  // namespace comity::geometry
