// Exact geometry: what one pair of volumes costs, and what one footprint costs on a grid. 40-deconfliction asks for a microsecond
// a pair of polygons of about eight corners that overlap, so that what an index found can all be asked exactly.
//
// Volumes of 5 km about 32 N 35 E. Each figure is the mean over 64 pairs that differ a little, so that no branch is learnt.
#include <benchmark/benchmark.h>

#include "geometry/overlap.h"
#include "geometry/ring.h"
#include "geometry/sample_rings.h"
#include "geometry/separation.h"
#include "geometry/snapped.h"

namespace {

using namespace comity;
using namespace comity::geometry;
using model::Extent;

constexpr int32_t five_km = 450'000, longitude = 350'000'000, latitude = 320'000'000;

struct Pair {
  Extent a, b;
};

samples::Ring ring_of(int64_t corners) {
  if (corners == 4) return samples::box(longitude, latitude, longitude + five_km, latitude + five_km);
  return samples::round(longitude, latitude, five_km / 2, static_cast<int>(corners));
}

// b lies `apart` hundredths of 5 km to the east, and a little to the north.
std::vector<Pair> pairs(int64_t corners, int64_t apart) {
  std::vector<Pair> made;
  for (int i = 0; i < 64; ++i) {
    int32_t const x = static_cast<int32_t>(five_km * apart / 100) + i * 37, y = i * 1'001;
    auto const ring = ring_of(corners);
    made.push_back({samples::everywhere_above(ring), samples::everywhere_above(samples::moved(ring, x, y))});
  }
  return made;
}

template <class Ask>
void each(benchmark::State& state, std::vector<Pair> const& asked, Ask ask) {
  size_t next = 0, yes = 0;
  for (auto _ : state) yes += ask(asked[next++ % asked.size()]);
  state.counters["yes"] = benchmark::Counter(static_cast<double>(yes), benchmark::Counter::kAvgIterations);
}

void overlap(benchmark::State& state) {
  each(state, pairs(state.range(0), state.range(1)),
       [](Pair const& pair) { return overlaps(pair.a, pair.b); });
}

// One inside the other, a hundredth smaller, so that every edge has others near it and none touches.
void nested(benchmark::State& state) {
  auto const corners = static_cast<int>(state.range(0));
  std::vector<Pair> made;
  for (int i = 0; i < 64; ++i)
    made.push_back(
        {samples::everywhere_above(samples::round(longitude, latitude, five_km, corners)),
         samples::everywhere_above(samples::round(longitude + i, latitude, five_km / 100 * 99, corners))});
  each(state, made, [](Pair const& pair) { return overlaps(pair.a, pair.b); });
}

// Long teeth between each other, for which runs of edges are no help: the slowest there is.
void interlocked(benchmark::State& state) {
  auto const teeth = static_cast<int>(state.range(0)) / 4;
  std::vector<Pair> made;
  for (int i = 0; i < 64; ++i)
    made.push_back(
        {samples::everywhere_above(samples::comb(0, 0, five_km, teeth)),
         samples::everywhere_above(samples::flipped(samples::comb(2, i, five_km, teeth), five_km / 2 + 70))});
  each(state, made, [](Pair const& pair) { return overlaps(pair.a, pair.b); });
}

// 500 m.
void separation(benchmark::State& state) {
  each(state, pairs(state.range(0), state.range(1)),
       [](Pair const& pair) { return within(pair.a, pair.b, {.horizontal_mm = 500'000}); });
}

void ring(benchmark::State& state) {
  each(state, pairs(state.range(0), 0), [](Pair const& pair) { return !check_ring(pair.a.ring); });
}

void snapped(benchmark::State& state) {
  Grid const grid{.cell_e7 = state.range(1), .altitude_m = 64, .time_s = 64};
  auto const asked = pairs(state.range(0), 0);
  size_t next = 0, squares = 0;
  for (auto _ : state) {
    auto const found = snap(asked[next++ % asked.size()].b, {.horizontal_mm = 500'000}, grid, 100'000);
    squares += found->squares.size();
  }
  state.counters["squares"] =
      benchmark::Counter(static_cast<double>(squares), benchmark::Counter::kAvgIterations);
}

void meet_snapped(benchmark::State& state) {
  Grid const grid{.cell_e7 = state.range(1), .altitude_m = 64, .time_s = 64};
  std::vector<std::pair<Snapped, Snapped>> made;
  for (Pair const& pair : pairs(state.range(0), state.range(2)))
    made.emplace_back(*snap(pair.a, {}, grid, 100'000), *snap(pair.b, {}, grid, 100'000));
  size_t next = 0;
  for (auto _ : state) {
    auto const& [a, b] = made[next++ % made.size()];
    benchmark::DoNotOptimize(meet(a, b));
  }
}

}  // namespace

BENCHMARK(overlap)->ArgNames({"corners", "apart"})->ArgsProduct({{4, 8, 32, 1000}, {50, 98, 105, 2000}});
BENCHMARK(nested)->ArgName("corners")->Arg(8)->Arg(1000);
BENCHMARK(interlocked)->ArgName("corners")->Arg(8)->Arg(1000);
BENCHMARK(separation)->ArgNames({"corners", "apart"})->ArgsProduct({{4, 8, 32, 1000}, {50, 105, 115, 2000}});
BENCHMARK(ring)->ArgName("corners")->Arg(4)->Arg(8)->Arg(32)->Arg(1000);
BENCHMARK(snapped)->ArgNames({"corners", "cell"})->ArgsProduct({{8, 1000}, {1'048'576, 8'192}});
BENCHMARK(meet_snapped)
    ->ArgNames({"corners", "cell", "apart"})
    ->ArgsProduct({{8}, {1'048'576, 8'192}, {50, 2000}});
BENCHMARK_MAIN();
