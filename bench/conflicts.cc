// The conflict engine in memory: filing and ending an intent under a clause at `warning`, decide and apply, and what a volume takes.
// What 40-deconfliction asks of it: p50 of at most 6 µs and p99 of 50 µs for a check at a million volumes, at most twice of what it takes
// at ten thousand, 300 octets for a volume, all indices included.
//
// `told` is how many notices a filing and its end raise or close, `met` how many conflicts it begins. `aside` agreements of the same kind
// are in force between others.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <ctime>
#include <map>

#include "conflicts_ground.h"
#include "state/shown_airspace.h"

namespace {

using namespace comity;
using bench::Ground;
using bench::Place;
using tests::Machine;

size_t heap() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

struct Sky {
  Machine machine;
  Ground ground;
  double octets = 0;  // for each volume
  size_t told = 0, met = 0;

  Sky(Place place, size_t volumes, size_t aside) : ground(place, volumes) {
    std::vector<std::string> offices;
    for (size_t n = 0; n < bench::parties; ++n) {
      machine.party("p" + std::to_string(n), {"staff"});
      offices.push_back(Ground::office(n));
    }
    machine.in_force("p0.sky", offices, {bench::warning_clause()});
    if (aside > 0) bench::add_bystanders(machine, aside);
    size_t const before = heap();
    for (size_t i = 0; i < volumes; ++i) {
      size_t const n = ground.next();
      run(filing(n, ground.filing(n)));
    }
    octets = static_cast<double>(heap() - before) / static_cast<double>(volumes);
  }
  // One for each: a large one takes a while to make.
  static Sky& of(Place place, size_t volumes, size_t aside) {
    static std::map<std::tuple<Place, size_t, size_t>, std::unique_ptr<Sky>> all;
    auto& sky = all[{place, volumes, aside}];
    if (!sky) sky = std::make_unique<Sky>(place, volumes, aside);
    return *sky;
  }

  model::Command filing(size_t n, commands::PutIntent const& body) {
    return machine.make(Machine::Author::client, Ground::office(n), model::CommandKind::put_intent, body);
  }
  model::Command ending(size_t n, commands::PutIntent const& filed) {
    return machine.make(Machine::Author::client, Ground::office(n), model::CommandKind::delete_intent,
                        commands::DeleteIntent{filed.id, model::seen(filed.id, filed.next)});
  }
  void run(model::Command&& command) {
    model::Record record;
    record.index = machine.state.next_index;
    record.time = machine.now;
    record.command = std::move(command);
    record.ruling = commands::decide(machine.state, record.command, {record.index, machine.now, 1, 0}).ruling;
    ensure(record.ruling.accepted());
    for (auto const& change : record.ruling.airspace->conflicts) met += change.now.has_value();
    told += record.ruling.airspace->raised.size() + record.ruling.airspace->closed.size();
    commands::apply(machine.state, record);
  }
};

constexpr size_t different = 4'096;

// Of the processor, so that others who are at work on the machine count little.
double now_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Filed and ended again: decide and apply of both, and how long the filing took.
void file_and_end(benchmark::State& state, Place place) {
  Sky& sky = Sky::of(place, static_cast<size_t>(state.range(0)), static_cast<size_t>(state.range(1)));
  struct Pair {
    model::Command filing, ending;
  };
  std::vector<Pair> pairs;
  for (size_t i = 0; i < different; ++i) {
    size_t const n = place == Place::busy ? i % 1'984 : sky.ground.next();
    auto const body = sky.ground.filing(n);
    pairs.push_back({sky.filing(n, body), sky.ending(n, body)});
  }
  sky.told = sky.met = 0;
  std::vector<double> took;
  for (auto _ : state) {
    Pair const& pair = pairs[took.size() % different];
    double const began = now_us();
    sky.run(model::Command(pair.filing));
    took.push_back(now_us() - began);
    sky.run(model::Command(pair.ending));
  }
  std::ranges::sort(took);
  state.counters["file_p50_us"] = took[took.size() / 2];
  state.counters["file_p99_us"] = took[took.size() * 99 / 100];
  state.counters["met"] = static_cast<double>(sky.met) / static_cast<double>(took.size());
  state.counters["told"] = static_cast<double>(sky.told) / static_cast<double>(took.size());
  state.counters["octets"] = sky.octets;
  state.SetItemsProcessed(2 * state.iterations());
}

// One that is there moves to another place that is like its own: of those that it met some are met again, in other boxes.
void changed(benchmark::State& state) {
  Sky& sky = Sky::of(Place::busy, 1'984, 0);
  std::vector<commands::PutIntent> there;
  for (size_t n = 0; n < 256; ++n) {
    there.push_back(sky.ground.filing(n));
    sky.run(sky.filing(n, there.back()));
  }
  sky.told = sky.met = 0;
  std::vector<double> took;
  for (auto _ : state) {
    size_t const n = took.size() % there.size();
    commands::PutIntent next = sky.ground.filing(n);
    next.at = model::seen(there[n].id, there[n].next), next.id = there[n].id;
    model::Command command = sky.filing(n, next);
    double const began = now_us();
    sky.run(std::move(command));
    took.push_back(now_us() - began);
    there[n] = std::move(next);
  }
  for (size_t n = 0; n < there.size(); ++n) sky.run(sky.ending(n, there[n]));
  std::ranges::sort(took);
  state.counters["p50_us"] = took[took.size() / 2];
  state.counters["p99_us"] = took[took.size() * 99 / 100];
  state.counters["met"] = static_cast<double>(sky.met) / static_cast<double>(took.size());
  state.counters["told"] = static_cast<double>(sky.told) / static_cast<double>(took.size());
}

void spread(benchmark::State& state) { file_and_end(state, Place::spread); }
void busy(benchmark::State& state) { file_and_end(state, Place::busy); }
void city(benchmark::State& state) { file_and_end(state, Place::city); }

// What an office is shown over F3548 in a place of two kilometres: a look by cells, and each that is found asked for.
void shown(benchmark::State& state) {
  Sky& sky = Sky::of(Place::spread, static_cast<size_t>(state.range(0)), static_cast<size_t>(state.range(1)));
  std::vector<model::Hull> hulls;
  for (size_t i = 0; i < different; ++i) hulls.push_back(sky.ground.filing(0).hull);
  OfficeKey const viewer = sky.machine.state.law.find_office(Ground::office(0));
  auto const& intents = sky.machine.state.airspace.intents;
  size_t n = 0, found = 0;
  for (auto _ : state) {
    state::ShownAirspace const seen(sky.machine.state, viewer);
    intents.each_in(hulls[n++ % different],
                    [&](IntentKey key) { found += seen.shows(intents[key].owner.office, intents[key]); });
  }
  benchmark::DoNotOptimize(found);
}

using benchmark::kMicrosecond;
BENCHMARK(spread)->ArgNames({"volumes", "aside"})->Args({20'000, 0})->Args({20'000, 500})->Unit(kMicrosecond);
BENCHMARK(shown)->ArgNames({"volumes", "aside"})->Args({20'000, 0})->Args({20'000, 500})->Unit(kMicrosecond);
BENCHMARK(changed)->Unit(kMicrosecond);
BENCHMARK(busy)->ArgNames({"volumes", "aside"})->Args({1'984, 0})->Unit(kMicrosecond);
BENCHMARK(city)
    ->ArgNames({"volumes", "aside"})
    ->Args({10'000, 0})
    ->Args({100'000, 0})
    ->Args({1'000'000, 0})
    ->Unit(kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
