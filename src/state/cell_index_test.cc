#include "state/cell_index.h"

#include <gtest/gtest.h>

#include <map>

#include "base/seam.h"

namespace comity::state {
namespace {

using model::Hull;

// Few cells, altitudes and instants, so that much meets; whole seconds; now and then a bound is missing.
Hull any_hull(SeededEntropy& chance, int64_t begins, int64_t stays) {
  Hull hull;
  for (model::Cell cell = 1; cell <= 6; ++cell)
    if (chance.next() % 3 == 0 || (cell == 6 && hull.cells.empty())) hull.cells.push_back(cell);
  hull.from = UtcTime{} + seconds(static_cast<int64_t>(chance.next() % static_cast<uint64_t>(begins)));
  hull.until = hull.from + seconds(static_cast<int64_t>(chance.next() % static_cast<uint64_t>(stays)));
  if (chance.next() % 20 == 0) hull.from = model::earliest;
  if (chance.next() % 20 == 0) hull.until = model::latest;
  hull.low_mm = static_cast<int32_t>(chance.next() % 100);
  hull.high_mm = hull.low_mm + static_cast<int32_t>(chance.next() % 20);
  if (chance.next() % 10 == 0) hull.low_mm = model::lowest_mm, hull.high_mm = model::highest_mm;
  return hull;
}

bool meet(Hull const& a, Hull const& b) {
  bool const in_cell = std::ranges::any_of(
      a.cells, [&](model::Cell cell) { return std::ranges::binary_search(b.cells, cell); });
  return in_cell && a.from <= b.until && a.until >= b.from && a.low_mm <= b.high_mm && a.high_mm >= b.low_mm;
}

// Grows to some hundreds, shrinks, grows, and is emptied; asked now and then beside a search through all.
void compare_with_all(uint64_t seed, int64_t begins, int64_t stays) {
  SeededEntropy chance(seed);
  CellIndex<> index;
  std::map<uint32_t, Hull> all;
  for (uint32_t step = 0; step < 4'000; ++step) {
    bool const grows = chance.next() % 4 < (step / 1'000 % 2 == 0 ? 3 : 1);
    if (grows || all.empty()) {
      all[step] = any_hull(chance, begins, stays);
      index.add(step, all[step]);
    } else {
      auto const one = std::next(all.begin(), static_cast<ptrdiff_t>(chance.next() % all.size()));
      index.remove(one->first, one->second);
      all.erase(one);
    }
    if (step % 11 != 0) continue;
    Hull const asked = any_hull(chance, begins, stays);
    std::vector<uint32_t> found, expected;
    index.each(asked, [&](uint32_t key) { found.push_back(key); });
    for (auto const& [key, hull] : all)
      if (meet(hull, asked)) expected.push_back(key);
    ASSERT_EQ(found, expected) << "seed " << seed << ", step " << step;
  }
  for (auto const& [key, hull] : all) index.remove(key, hull);
  index.each(any_hull(chance, begins, stays), [](uint32_t) { ADD_FAILURE() << "something is left"; });
}

TEST(CellIndex, finds_what_a_search_through_all_finds) {
  for (uint64_t seed = 1; seed <= 10; ++seed) compare_with_all(seed, 3 * 86'400, 7'200);
}

TEST(CellIndex, finds_those_that_begin_at_one_time) {
  for (uint64_t seed = 1; seed <= 10; ++seed) compare_with_all(seed, 5, 10);
}

TEST(CellIndex, finds_what_lasts_for_days) {
  for (uint64_t seed = 1; seed <= 10; ++seed) compare_with_all(seed, 3 * 86'400, 3 * 86'400);
}

TEST(CellIndex, finds_what_shares_an_instant_within_a_second) {
  CellIndex<> index;
  index.add(5, {{1}, UtcTime{1'500'000}, UtcTime{2'500'000}, 0, 10});
  auto const finds = [&](int64_t from_us, int64_t until_us) {
    size_t found = 0;
    index.each({{1}, UtcTime{from_us}, UtcTime{until_us}, 0, 10}, [&](uint32_t) { ++found; });
    return found == 1;
  };
  EXPECT_TRUE(finds(0, 1'500'000));
  EXPECT_TRUE(finds(2'500'000, 9'000'000));
  EXPECT_TRUE(finds(1'900'000, 1'900'000));
  EXPECT_FALSE(finds(0, 0)) << "nor what is seconds away";
  EXPECT_FALSE(finds(4'000'000, 9'000'000));
}

TEST(CellIndex, passes_by_one_owner_and_counts_it_in_a_cell) {
  CellIndex<> index;
  Hull const here{{1, 2}, UtcTime{0}, UtcTime{10}, 0, 10}, later{{2}, UtcTime{20}, UtcTime{30}, 0, 10};
  index.add(5, here, 1), index.add(6, here, 2), index.add(7, later, 1);
  std::vector<uint32_t> found;
  index.each(here, [&](uint32_t key) { found.push_back(key); }, 1);
  EXPECT_EQ(found, (std::vector<uint32_t>{6}));
  EXPECT_EQ(index.count_in(1, 1, UtcTime{0}), 1u);
  EXPECT_EQ(index.count_in(2, 1, UtcTime{0}), 2u) << "whenever";
  EXPECT_EQ(index.count_in(2, 2, UtcTime{0}), 1u);
  EXPECT_EQ(index.count_in(3, 1, UtcTime{0}), 0u);
  EXPECT_EQ(index.count_in(2, 1, UtcTime{0}, 7), 1u) << "but for one";
  index.remove(5, here);
  EXPECT_EQ(index.count_in(2, 1, UtcTime{0}), 1u);
}

TEST(CellIndex, counts_what_has_not_ended) {
  CellIndex<> index;
  for (uint32_t key = 0; key < 1'000; ++key) {
    UtcTime const end = UtcTime{} + seconds(key + 1);
    index.add(key, {{1}, end - (key % 3 ? seconds(1) : days(1)), end, 0, 10}, key % 2);
  }
  for (uint32_t now = 0; now < 1'100; now += 7)
    EXPECT_EQ(index.count_in(1, 0, UtcTime{} + seconds(now)) + index.count_in(1, 1, UtcTime{} + seconds(now)),
              std::min(1'000u, 1'001 - std::min(now, 1'001u)))
        << now;
}

}  // namespace
}  // namespace comity::state
