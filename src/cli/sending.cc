#include "cli/sending.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

namespace comity::cli {
namespace {

// A centre that is busy, or restarts, is asked again: for five seconds at the least.
constexpr int patience = 20;

}  // namespace

void Progress::show(size_t done) const {
  if (::isatty(STDERR_FILENO) == 0) return;
  auto const passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  double const rate = passed > 0 ? static_cast<double>(done) / passed : 0;
  fmt::print(stderr, "\r{} of {} {}, {:.0f}/s, {:.0f} s left   ", done, total_, of_what_, rate,
             rate > 0 ? static_cast<double>(total_ - done) / rate : 0);
  if (done == total_) fmt::print(stderr, "\n");
}

Result<json::Value> post_patiently(Remote& remote, std::string const& path, Bytes const& body,
                                   bool (*is_answer)(json::Value const&)) {
  auto const key = new_idempotency_key();
  for (int tries = 0;; ++tries) {
    auto const answer = remote.post(path, body, key);
    bool const later = !answer || answer->status == 503 || answer->status == 429;
    if (later && tries < patience) {
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
      continue;
    }
    if (answer && answer->status == 422)
      if (auto value = json::parse(answer->body, answer->body.size() + 1, json::Numbers::any);
          value && is_answer(*value))
        return value;
    return value_of(answer);
  }
}

}  // namespace comity::cli
