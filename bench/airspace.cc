// The airspace in memory: a query, the check of a key, filing and ending an intent, and what an intent takes, in one city of
// 30 x 30 km with 10,000 to a million volumes of about 500 m.
// What 40-deconfliction asks: query and key check at a million p50 of at most 6 µs and p99 of 50 µs; at most twice of what they take
// at ten thousand; at most 300 octets for a volume, all indices included.
//
// A query costs what it finds and what it passes by. So that sizes can be compared it finds about four at each: the more there
// are, the thinner their layers and the shorter they stay, from 30 m for 44 minutes to 1.9 m for seven.
#include "machine_world.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <chrono>
#include <map>

#include "commands/delete_intent.h"
#include "commands/put_intent.h"
#include "dss/world.h"

namespace {

using namespace comity;
using tests::Machine;

constexpr int64_t four_hours_us = 4 * 3'600'000'000;

// Of the city's shapes, one at a random time in a random layer of as many as suit so many volumes.
class Hulls {
 public:
  explicit Hulls(int64_t volumes)
      : layers_(volumes <= 10'000    ? 4
                : volumes <= 100'000 ? 16
                                     : 64),
        stays_us_(minutes(volumes <= 10'000    ? 44
                          : volumes <= 100'000 ? 18
                                               : 7)
                      .us) {}

  model::Hull any() {
    model::Hull hull;
    hull.cells = world_.spot_new(world_.lanes().front(), random_).shape->cells;
    int64_t const from = static_cast<int64_t>(random_() % static_cast<uint64_t>(four_hours_us - stays_us_));
    hull.from = Machine::start + hours(1) + Duration{from};
    hull.until = hull.from + Duration{stays_us_};
    int32_t const height = 120'000 / layers_,
                  layer = static_cast<int32_t>(random_() % static_cast<uint64_t>(layers_));
    hull.low_mm = layer * height, hull.high_mm = (layer + 1) * height - 100;
    return hull;
  }
  model::EntityId id() { return *model::read_entity_id(bench::random_id(random_)); }
  model::Ovn ovn() {
    model::Ovn made{model::Ovn::Kind::minted, {}, 0};
    for (uint8_t& octet : made.octets) octet = static_cast<uint8_t>(random_());
    return made;
  }

 private:
  bench::World world_{bench::Place::city, 1};
  bench::Random random_{2};
  int32_t const layers_;
  int64_t const stays_us_;
};

commands::PutIntent filing(Hulls& hulls) {
  commands::PutIntent made;
  made.id = hulls.id();
  made.next = hulls.ovn();
  made.url = "https://uss.example/utm";
  made.hull = hulls.any();
  return made;
}

size_t heap() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

struct City {
  Machine machine;
  Hulls hulls;
  double octets = 0;  // for each volume

  explicit City(int64_t volumes) : hulls(volumes) {
    machine.party("p0", {"staff"});
    machine.state.airspace.one_namespace =
        true;  // as preset `dss` has it: everybody sees all, extents are not kept
    size_t const before = heap();
    for (int64_t n = 0; n < volumes; ++n) apply(ruled(command(filing(hulls))));
    octets = static_cast<double>(heap() - before) / static_cast<double>(volumes);
  }
  // One for each size: a million takes a while to make.
  static City& of(int64_t volumes) {
    static std::map<int64_t, std::unique_ptr<City>> all;
    auto& city = all[volumes];
    if (!city) city = std::make_unique<City>(volumes);
    return *city;
  }

  model::Command command(commands::PutIntent const& body) {
    return machine.make(Machine::Author::client, "p0/staff", model::CommandKind::put_intent, body);
  }
  model::Command command(commands::DeleteIntent const& body) {
    return machine.make(Machine::Author::client, "p0/staff", model::CommandKind::delete_intent, body);
  }
  commands::Verdict decide(model::Command const& command) const {
    return commands::decide(machine.state, command, {machine.state.next_index, machine.now, 1, 0});
  }
  // What the city is made of overlaps, which no key allows: its ruling is given, not asked for.
  model::Record ruled(model::Command&& command) const {
    model::Record record;
    record.index = machine.state.next_index;
    record.time = machine.now;
    record.command = std::move(command);
    record.ruling = model::accepted();
    record.ruling.airspace = model::AirspaceRuling{};
    return record;
  }
  void apply(model::Record const& record) { commands::apply(machine.state, record); }

  std::vector<model::SeenOvn> key_of(model::Hull const& hull) const {
    std::vector<model::SeenOvn> key;
    auto const& intents = machine.state.airspace.intents;
    intents.each_in(hull,
                    [&](IntentKey one) { key.push_back(model::seen(intents[one].id, intents[one].ovn)); });
    std::ranges::sort(key);
    return key;
  }
};

// Microseconds of each of many runs of `work(n)`, of which the median and the 99th of a hundred are told.
template <class Work>
void time_each(benchmark::State& state, size_t count, Work const& work) {
  std::vector<double> took;
  size_t n = 0;
  for (auto _ : state) {
    auto const began = std::chrono::steady_clock::now();
    work(n++ % count);
    auto const ended = std::chrono::steady_clock::now();
    took.push_back(std::chrono::duration<double, std::micro>(ended - began).count());
  }
  std::ranges::sort(took);
  state.counters["p50_us"] = took[took.size() / 2];
  state.counters["p99_us"] = took[took.size() * 99 / 100];
}

constexpr size_t different = 4'096;  // so that a run does not meet what the last one left in the cache

void query(benchmark::State& state) {
  City& city = City::of(state.range(0));
  std::vector<model::Hull> asked;
  for (size_t i = 0; i < different; ++i) asked.push_back(city.hulls.any());
  size_t found = 0, asked_for = 0;
  time_each(state, different, [&](size_t n) {
    ++asked_for;
    city.machine.state.airspace.intents.each_in(asked[n], [&](IntentKey) { ++found; });
  });
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(asked_for);
}

enum class Key : uint8_t { whole, none };

// Decided only: with a whole key it would be filed, with none what is lacking is named.
void check(benchmark::State& state, Key key) {
  City& city = City::of(state.range(0));
  std::vector<model::Command> filings;
  for (size_t i = 0; i < different; ++i) {
    commands::PutIntent one = filing(city.hulls);
    if (key == Key::whole) one.key = city.key_of(one.hull);
    filings.push_back(city.command(one));
  }
  time_each(state, different, [&](size_t n) {
    commands::Verdict const verdict = city.decide(filings[n]);
    ensure(key == Key::none || verdict.ruling.accepted());
    benchmark::DoNotOptimize(verdict);
  });
}
void key_check(benchmark::State& state) { check(state, Key::whole); }
void refusal(benchmark::State& state) { check(state, Key::none); }

// Filed and ended again: decide and apply of both.
void file_and_end(benchmark::State& state) {
  City& city = City::of(state.range(0));
  std::vector<std::pair<model::Command, model::Command>> pairs;
  for (size_t i = 0; i < different; ++i) {
    commands::PutIntent one = filing(city.hulls);
    one.key = city.key_of(one.hull);
    pairs.emplace_back(city.command(one),
                       city.command(commands::DeleteIntent{one.id, model::seen(one.id, one.next)}));
  }
  auto const run = [&](model::Command const& command) {
    model::Record record = city.ruled(model::Command(command));
    record.ruling = city.decide(record.command).ruling;
    ensure(record.ruling.accepted());
    city.apply(record);
  };
  time_each(state, different, [&](size_t n) { run(pairs[n].first), run(pairs[n].second); });
  state.SetItemsProcessed(2 * state.iterations());
}

void memory(benchmark::State& state) {
  for (auto _ : state) state.counters["octets"] = City::of(state.range(0)).octets;
}

void sizes(benchmark::internal::Benchmark* of) {
  of->ArgName("volumes")->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
}
BENCHMARK(query)->Apply(sizes);
BENCHMARK(key_check)->Apply(sizes);
BENCHMARK(refusal)->Apply(sizes);
BENCHMARK(file_and_end)->Apply(sizes);
BENCHMARK(memory)->Apply(sizes)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
