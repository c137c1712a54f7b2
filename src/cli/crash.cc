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
#include "cli/demo_keys.h"
#include "cli/scenario.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "doors/http/client.h"
#include "json/json.h"
#include "sequencer/in_flight.h"

namespace comity::cli {
namespace {

constexpr char const* taxii = "application/taxii+json;version=2.1";
constexpr char const* root = "/taxii2/ru.baghdad-centre/";
constexpr char const* office = "iq/defence";

struct Target {
  std::string url, authorization, collection;
};

http::Headers headers(Target const& target) {
  http::Headers headers;
  headers.add("Authorization", target.authorization);
  headers.add("Accept", taxii);
  headers.add("Content-Type", taxii);
  return headers;
}

Result<json::Value> get(http::Client& client, Target const& target, std::string const& path) {
  auto const answer = TRY(client.fetch({.url = target.url + path, .headers = headers(target)}));
  if (answer.status != 200)
    return fail(ErrorCode::not_found, fmt::format("{} answered {}", path, answer.status));
  return json::parse(answer.body, answer.body.size() + 1, json::Numbers::any);
}

Result<std::string> find_collection(Target const& target) {
  http::Client client;
  auto const list = TRY(get(client, target, std::string(root) + "collections/"));
  for (json::Value const& one : list.at("collections").as_array())
    if (one.at("can_write").as_bool()) return std::string(one.at("id").as_string());
  return fail(ErrorCode::not_found, "no collection that can be written to");
}

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

void write_until_it_dies(Target const& target, unsigned writer, unsigned round, Ledger& ledger,
                         std::atomic<bool> const& stop) {
  http::Client client;
  Seam const seam = system_seam();
  for (unsigned n = 0; !stop; ++n) {
    Digest const seed = crypto::sha256(fmt::format("{} {} {}", round, writer, n));
    std::string const id = "indicator--" + crypto::uuid_v4_shaped(seed);
    auto const answer =
        client.fetch({.method = http::Method::post,
                      .url = target.url + root + "collections/" + target.collection + "/objects/",
                      .headers = headers(target),
                      .body = indicator(id, seam.clock.now()),
                      .within = seconds(10)});
    if (!answer) return;
    if (answer->status == 202 && answer->body.find("\"success_count\":1") != std::string::npos)
      ledger.acknowledge(id);
  }
}

// Ends the child while it is inside a commit; whether that came about within a second.
bool kill_in_commit(pid_t child, std::string const& data) {
  Seam const seam = system_seam();
  int64_t const until = seam.clock.monotonic_us() + seconds(1).us;
  bool open = false;
  while (!open && seam.clock.monotonic_us() < until)
    open = sequencer::InFlight::commit_is_open(data + "/in-flight");
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  // The flag is a word of the process that is gone now: it says what was open when it ended.
  return sequencer::InFlight::commit_is_open(data + "/in-flight");
}

Result<std::set<std::string>> everything(Target const& target) {
  std::set<std::string> found;
  http::Client client;
  std::string const base = std::string(root) + "collections/" + target.collection + "/manifest/?limit=1000";
  for (std::string next;;) {
    auto const page = TRY(get(client, target, base + (next.empty() ? "" : "&next=" + next)));
    if (auto const* objects = page.as_object().if_contains("objects"))
      for (json::Value const& one : objects->as_array()) found.emplace(one.at("id").as_string());
    auto const* token = page.as_object().if_contains("next");
    if (!token) return found;
    next = std::string(token->as_string());
  }
}

Result<Target> make_centre(CrashOptions const& options, uint16_t port) {
  Seam const seam = system_seam();
  std::filesystem::remove_all(options.data);
  UtcTime const now = seam.clock.now();
  UtcTime const midnight{now.us - now.us % days(1).us};
  TRY(load_scenario(theatre_2015(), options.data, midnight, seam, [](std::string const&) {}));
  Target target{fmt::format("http://127.0.0.1:{}", port), {}, {}};
  auto const access = TRY(DemoKeys::read_access(seam, options.data + "/demo-keys"));
  for (DemoAccess const& one : access)
    if (one.office == office)
      target.authorization = "Basic " + crypto::to_base64(one.client + ":" + one.client_password);
  return target;
}

}  // namespace

Result<CrashReport> crash(CrashOptions const& options) {
  uint16_t const port = free_port();
  Target target = TRY(make_centre(options, port));
  CrashReport report;
  Ledger ledger;
  SeededEntropy entropy(options.kills);
  for (unsigned round = 0; round < options.kills; ++round) {
    pid_t const child = TRY(start_centre(options.data, port, options.data + "/log", Lifetime::with_parent));
    TRY_VOID(wait_until_ready(target.url, child, seconds(60)));
    target.collection = TRY(find_collection(target));
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
  auto const found = TRY(everything(target));
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
