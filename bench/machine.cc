// The machine in memory: decide and apply of contributions, boot by replay and from a snapshot, memory of a record.
// What 50-ledger asks: 500,000 commands a second on one core; boot of 10 million records in 60 s, with a snapshot in
// 8 s; 120 octets for a record that nobody looks at.
#include "machine_world.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdlib>
#include <filesystem>

#include "journal/journal.h"
#include "journal/snapshots.h"
#include "sequencer/replay.h"
#include "views/office_log.h"

namespace {

using namespace comity;
using tests::Machine;

// `offices` that share one agreement, so that what one contributes is released to all others.
Machine world(int64_t offices) {
  Machine machine;
  std::vector<std::string> names;
  for (int64_t i = 0; i < offices; ++i) {
    std::string const slug = "p" + std::to_string(i);
    machine.party(slug, {"staff"});
    names.push_back(slug + "/staff");
  }
  machine.in_force("p0.pact", names, {tests::grant_to_others()});
  return machine;
}

tests::Object object(uint64_t number) {
  std::string digits = std::to_string(number);
  return {.id = "indicator--00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits};
}

model::Record ruled(state::State const& state, model::Command&& command, UtcTime now) {
  model::Record record;
  record.index = state.next_index;
  record.time = now;
  record.command = std::move(command);
  record.payload = state.next_payload;
  record.ruling = commands::decide(state, record.command, {record.index, now, 1, record.payload}).ruling;
  return record;
}

void contribute(benchmark::State& state) {
  constexpr size_t batch = 50'000;
  std::optional<Machine> machine;
  std::vector<model::Command> commands;
  uint64_t number = 0;
  for (auto _ : state) {
    state.PauseTiming();
    if (number % 500'000 == 0) machine.emplace(world(state.range(0)));
    commands.clear();
    for (size_t i = 0; i < batch; ++i) {
      commands.push_back(machine->contribution("p0/staff", "p0.pact", object(number++)));
      commands.back().idempotency_key = "envelope." + std::to_string(number);
    }
    state.ResumeTiming();
    for (model::Command& command : commands) {
      model::Record const record = ruled(machine->state, std::move(command), machine->now);
      commands::apply(machine->state, record);
      benchmark::DoNotOptimize(record);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(batch));
}
BENCHMARK(contribute)->ArgName("offices")->Arg(1)->Arg(2)->Arg(5)->Arg(20)->Unit(benchmark::kMillisecond);

// A command that changes next to nothing: what the machine itself costs.
void acknowledge(benchmark::State& state) {
  Machine machine = world(2);
  uint64_t number = 0;
  for (auto _ : state) {
    auto command = machine.make(Machine::Author::client, "p0/staff", model::CommandKind::revoke_token,
                                commands::RevokeToken{std::to_string(number++), "p0/staff/feed"});
    model::Record const record = ruled(machine.state, std::move(command), machine.now);
    commands::apply(machine.state, record);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(acknowledge);

// --- boot --------------------------------------------------------------------------------------------------------------

std::string const data = "bench-machine";

// A data directory of `records` contributions, each released to one other office.
void fill(uint64_t records) {
  std::filesystem::remove_all(data);
  std::filesystem::create_directory(data);
  auto const journal = *journal::Journal::create(sequencer::journal_path(data), system_seam().entropy);
  std::vector<journal::Entry> entries;
  auto const flush = [&] {
    if (auto const done = journal->append(entries); !done) throw std::runtime_error(done.error().detail);
    entries.clear();
  };
  Machine machine([&](model::Record const& record) {
    journal::Entry entry;
    entry.record = record;
    if (record.payload != 0) entry.payload = "{}";
    entries.push_back(std::move(entry));
    if (entries.size() == 1'000) flush();
  });
  for (char const* slug : {"p0", "p1"}) machine.party(slug, {"staff"});
  machine.in_force("p0.pact", {"p0/staff", "p1/staff"}, {tests::grant_to_others()});
  constexpr uint64_t a_day = 900'000;  // an office may not contribute more than a million
  for (uint64_t number = 0; number < records; ++number) {
    if (number % a_day == 0) machine.now = machine.now + days(1);
    machine.must(machine.contribution("p0/staff", "p0.pact", object(number)));
  }
  flush();
}

// Ten million take 20 GB of memory, as many of disk and ten minutes: COMITY_LONG=1.
bool is_left_out(benchmark::State& state) {
  bool const out = state.range(0) > 1'000'000 && !std::getenv("COMITY_LONG");
  if (out) state.SkipWithError("COMITY_LONG=1 measures it");
  return out;
}

void boot_by_replay(benchmark::State& state) {
  if (is_left_out(state)) return;
  auto const records = static_cast<uint64_t>(state.range(0));
  fill(records);
  auto const reader = *journal::Reader::open(sequencer::journal_path(data));
  for (auto _ : state) {
    sequencer::Image image;
    auto const visit = [&](model::Record&& record, Digest const&) -> Result<void> {
      commands::apply(image.state, record);
      image.log.on_record(record);
      return {};
    };
    if (!reader->scan(0, journal::Reader::Check::leaves, visit)) throw std::runtime_error("cannot be read");
    state.PauseTiming();
    image = {};
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(boot_by_replay)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// What boot does with a snapshot that is noted: reads, hashes, decodes, indexes.
void boot_from_snapshot(benchmark::State& state) {
  if (is_left_out(state)) return;
  fill(static_cast<uint64_t>(state.range(0)));
  if (!sequencer::take_snapshot(data)) throw std::runtime_error("no snapshot");
  for (auto _ : state) {
    auto const snapshot = *journal::latest_snapshot(sequencer::snapshots_path(data));
    auto image = sequencer::read_image(snapshot->bytes);
    state::complete(image->state);
    state.counters["octets_per_record"] =
        static_cast<double>(snapshot->bytes.size()) / static_cast<double>(state.range(0));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(boot_from_snapshot)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void take_snapshot(benchmark::State& state) {
  fill(static_cast<uint64_t>(state.range(0)));
  for (auto _ : state)
    if (!sequencer::take_snapshot(data)) throw std::runtime_error("no snapshot");
}
BENCHMARK(take_snapshot)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

size_t heap() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

// Octets of the heap for a record: a contribution of an object that is released to one office; a plain command.
void memory(benchmark::State& state) {
  constexpr uint64_t count = 200'000;
  bool const items = state.range(0) != 0;
  for (auto _ : state) {
    Machine machine = world(2);
    views::OfficeLog log;
    size_t const before = heap();
    for (uint64_t number = 0; number < count; ++number) {
      auto command = items
                         ? machine.contribution("p0/staff", "p0.pact", object(number))
                         : machine.make(Machine::Author::client, "p0/staff", model::CommandKind::revoke_token,
                                        commands::RevokeToken{"", "p0/staff/feed"});
      model::Record record = ruled(machine.state, std::move(command), machine.now);
      if (!record.ruling.accepted()) record.payload = 0;
      commands::apply(machine.state, record);
      log.on_record(record);
    }
    state.counters["octets_per_record"] = static_cast<double>(heap() - before) / static_cast<double>(count);
  }
}
BENCHMARK(memory)->ArgName("contribution")->Arg(0)->Arg(1)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
