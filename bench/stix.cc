// What a door does for an object that somebody posts, before the machine hears of it: parsed, judged by every check of STIX,
// its facts taken, its digests made (stix/read.h). Beside it what cannot be saved: parsing the same octets as I-JSON.
//
// Objects as people send them: an indicator, a file with a header of its program, a report of a thousand references, an
// indicator with a pattern of a thousand addresses; with the published data beside the project, a whole bundle.
#include <benchmark/benchmark.h>

#include "json/json.h"
#include "shared.h"
#include "stix/envelope.h"
#include "stix/pattern.h"
#include "stix/read.h"

namespace {

using namespace comity;

std::string common(std::string const& type) {
  return R"({"type":")" + type + R"(","spec_version":"2.1","id":")" + type +
         R"(--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","created":"2016-04-06T20:03:48.000Z","modified":"2016-04-06T20:03:48.000Z",)";
}

std::string indicator(std::string const& pattern) {
  return common("indicator") +
         R"("name":"A name","description":"What it is, in a sentence or two of a usual length, as people write them.",)"
         R"("indicator_types":["malicious-activity"],"labels":["isil","transport"],"pattern":")" +
         pattern +
         R"(","pattern_type":"stix","valid_from":"2016-04-06T20:03:48Z","kill_chain_phases":[{"kill_chain_name":)"
         R"("mandiant-attack-lifecycle-model","phase_name":"establish-foothold"}],"external_references":[{"source_name":)"
         R"("cve","external_id":"CVE-2016-1234"}],"object_marking_refs":["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"]})";
}

std::string long_pattern() {
  std::string pattern = "[ipv4-addr:value = '198.51.100.1'";
  for (int i = 0; i < 1'000; ++i)
    pattern += " OR ipv4-addr:value = '198.51.100." + std::to_string(i % 256) + "'";
  return pattern + "]";
}

std::string file() {
  return R"({"type":"file","spec_version":"2.1","id":"file--66156fad-2a7d-5237-bbb4-ba1912887cfe","hashes":{"MD5":)"
         R"("ceafbfd424be2ca4a5f0402cae090dda","SHA-256":)"
         R"("ceafbfd424be2ca4a5f0402cae090ddaceafbfd424be2ca4a5f0402cae090dda"},"size":77312,"name":"a.exe","extensions":)"
         R"({"windows-pebinary-ext":{"pe_type":"exe","machine_hex":"014c","number_of_sections":2,"time_date_stamp":)"
         R"("2016-01-22T12:31:12Z","optional_header":{"magic_hex":"010b","size_of_code":512},"sections":[{"name":"CODE",)"
         R"("entropy":0.061089},{"name":"DATA","entropy":7.980693}]}}})";
}

std::string report() {
  std::string refs;
  for (int i = 0; i < 1'000; ++i) {
    std::string const digits = std::to_string(100'000 + i);
    refs += std::string(i > 0 ? "," : "") + "\"malware--31b940d4-6f7f-459a-80ea-9c1f17" + digits + "\"";
  }
  return common("report") + R"("name":"n","published":"2016-04-06T20:03:48Z","object_refs":[)" + refs + "]}";
}

std::string object_of(int64_t which) {
  switch (which) {
    case 0: return indicator("[file:name = 'K-series-template.pdf']");
    case 1: return file();
    case 2: return report();
    default: return indicator(long_pattern());
  }
}

crypto::SymmetricKey const key{};

void read(benchmark::State& state) {
  auto const text = object_of(state.range(0));
  for (auto _ : state)
    if (!stix::read_object(text, key)) state.SkipWithError("refused");
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}

void parse_only(benchmark::State& state) {
  auto const text = object_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(json::parse(text, text.size(), json::Numbers::any));
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}

void pattern(benchmark::State& state) {
  auto const text = long_pattern();
  for (auto _ : state) benchmark::DoNotOptimize(stix::read_pattern(text));
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}

void bundle(benchmark::State& state) {
  auto const path = tests::shared_folder() / "data/stix/attack/ics-attack-18.1.json";
  if (!std::filesystem::exists(path))
    return state.SkipWithError("no data: the real bundles are not beside the project");
  auto const text = tests::read_file(path);
  auto const envelope = stix::read_envelope(text);
  int64_t objects = 0;
  for (auto _ : state)
    for (auto const object : envelope->objects) {
      benchmark::DoNotOptimize(stix::read_object(object, key));
      ++objects;
    }
  state.SetItemsProcessed(objects);
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}

}  // namespace

BENCHMARK(read)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);
BENCHMARK(parse_only)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);
BENCHMARK(pattern)->Unit(benchmark::kMicrosecond);
BENCHMARK(bundle)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
