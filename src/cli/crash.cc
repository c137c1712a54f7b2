#include "cli/crash.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "cli/child.h"
#include "cli/demo_folder.h"
#include "cli/demo_keys.h"
#include "cli/scenario.h"
#include "cli/taxii_client.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "sequencer/in_flight.h"

namespace comity::cli {
namespace {

constexpr char const* root = "/taxii2/ru.baghdad-centre/";
constexpr char const* office = "iq/defence";

std::string indicator(std::string const& id, UtcTime time) {
  std::string const at = to_text(time);
  return fmt::format(
      R"({{"objects":[{{"type":"indicator","spec_version":"2.1","id":"{}","created":"{}","modified":"{}","name":"Beacon",)"
      R"("pattern":"[url:value = 'https://x.example/']","pattern_type":"stix","valid_from":"{}","labels":["isil"]}}]}})",
      id, at, at, at);
}

// What the writers were told, on their side of the wire.
class Ledger {
 public:
  void acknowledge(std::string id) {
    std::lock_guard const guard(lock_);
    ids_.push_back(std::move(id));
  }
  std::vector<std::string> take() const {
    std::lock_guard const guard(lock_);
    return ids_;
  }

 private:
  mutable std::mutex lock_;
  std::vector<std::string> ids_;
};

struct Target {
  std::string url;
  DemoAccess access;
  TaxiiClient client() const { return {url, access.client, access.client_password}; }
};

void write_until_it_dies(Target const& target, unsigned writer, unsigned round, Ledger& ledger,
                         std::atomic<bool> const& stop) {
  Seam const seam = system_seam();
  TaxiiClient client = target.client();
  for (unsigned n = 0; !stop; ++n) {
    Digest const seed = crypto::sha256(fmt::format("{} {} {}", round, writer, n));
    std::string const id = "indicator--" + crypto::uuid_v4_shaped(seed);
    auto const status = client.post(root, "contributed", indicator(id, seam.clock.now()));
    if (!status) return;
    if (status->at("success_count").as_int64() == 1) ledger.acknowledge(id);
  }
}

// Ends the child while it is inside a commit; whether that came about. The child is halted first and looked at: the flag
// is a word in its memory, and nothing moves it while it stands still.
bool kill_in_commit(pid_t child, std::string const& data) {
  bool open = false;
  for (int tries = 0; tries < 1'000 && !open; ++tries) {
    while (!sequencer::InFlight::commit_is_open(data + "/in-flight") && ++tries < 1'000) ::usleep(50);
    ::kill(child, SIGSTOP);
    int status = 0;
    ::waitpid(child, &status, WUNTRACED);
    open = sequencer::InFlight::commit_is_open(data + "/in-flight");
    if (!open) ::kill(child, SIGCONT);
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return open;
}

Result<Target> make_centre(CrashOptions const& options, uint16_t port) {
  Seam const seam = system_seam();
  TRY_VOID(clear_demo_folder(options.data));
  UtcTime const now = seam.clock.now();
  UtcTime const midnight{now.us - now.us % days(1).us};
  TRY(load_scenario(theatre_2015(), options.data, midnight, seam, [](std::string const&) {}));
  for (DemoAccess& one : TRY(DemoKeys::read_access(seam, options.data + "/demo-keys")))
    if (one.office == office) return Target{fmt::format("http://127.0.0.1:{}", port), std::move(one)};
  return fail(ErrorCode::not_found, std::string("the scenario has no ") + office);
}

}  // namespace

Result<CrashReport> crash(CrashOptions const& options) {
  uint16_t const port = free_port();
  Target const target = TRY(make_centre(options, port));
  CrashReport report;
  Ledger ledger;
  SeededEntropy entropy(options.kills);
  for (unsigned round = 0; round < options.kills; ++round) {
    pid_t const child = TRY(start_centre(options.data, port, options.data + "/log", Lifetime::with_parent));
    TRY_VOID(wait_until_ready(target.url, child, seconds(60)));
    std::atomic<bool> stop = false;
    std::vector<std::thread> writers;
    for (unsigned writer = 0; writer < options.writers; ++writer)
      writers.emplace_back([&, writer] { write_until_it_dies(target, writer, round, ledger, stop); });
    ::usleep(static_cast<useconds_t>(200'000 + entropy.next() % 500'000));
    report.in_commit += kill_in_commit(child, options.data) ? 1 : 0;
    stop = true;
    for (std::thread& writer : writers) writer.join();
    ++report.kills;
    fmt::print(stderr, "kill {}: {} acknowledged so far\n", round + 1, ledger.take().size());
  }
  pid_t const child = TRY(start_centre(options.data, port, options.data + "/log", Lifetime::with_parent));
  TRY_VOID(wait_until_ready(target.url, child, seconds(60)));
  TaxiiClient reader = target.client();
  auto const ids = TRY(reader.ids(root, "contributed"));
  std::set<std::string> const found(ids.begin(), ids.end());
  ::kill(child, SIGTERM);
  int status = 0;
  ::waitpid(child, &status, 0);
  for (std::string const& id : ledger.take()) {
    ++report.acknowledged;
    if (found.contains(id)) {
      ++report.found;
    } else {
      ++report.lost;
    }
  }
  return report;
}

}  // namespace comity::cli
