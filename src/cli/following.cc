#include "cli/following.h"

#include <chrono>
#include <map>
#include <thread>

#include "cli/members.h"

namespace comity::cli {
namespace {

constexpr auto between_looks = std::chrono::seconds(2);
constexpr int most_failures = 30;  // a minute

int64_t number_of(json::Value const& row) {
  auto const number = member_of(row, "notice");
  return number.is_int64() ? number.get_int64() : 0;
}

// What was printed last of each row.
class Known {
 public:
  // The rows that are new or otherwise than before.
  json::Array changed(json::Array const& rows) {
    std::map<int64_t, std::string> now;
    json::Array changed;
    for (auto const& row : rows) {
      auto const [place, is_first] = now.emplace(number_of(row), json::write(row));
      auto const before = rows_.find(place->first);
      if (is_first && (before == rows_.end() || before->second != place->second)) changed.push_back(row);
    }
    gone_.clear();
    for (auto const& [number, text] : rows_)
      if (!now.contains(number)) gone_.push_back(number);
    rows_ = std::move(now);
    return changed;
  }
  std::vector<int64_t> const& gone() const { return gone_; }

 private:
  std::map<int64_t, std::string> rows_;
  std::vector<int64_t> gone_;
};

void print(Format format, Followed const& followed, json::Array const& rows) {
  if (rows.empty()) return;
  if (format == Format::text) return say(followed.render(rows));
  for (auto const& row : rows) say_json(json::write(row));
}

bool is_worth_waiting_for(Error const& error) {
  return error.code == ErrorCode::io || error.code == ErrorCode::busy || error.code == ErrorCode::over_quota;
}

}  // namespace

Exit follow(Call const& call, Followed const& followed) {
  auto remote = Remote::connect(call.settings);
  if (!remote) return complain(remote.error());
  Known known;
  int failures = 0;
  for (bool first = true;; std::this_thread::sleep_for(between_looks)) {
    auto const rows = followed.ask(*remote);
    if (!rows) {
      if (!is_worth_waiting_for(rows.error()) || ++failures >= most_failures) return complain(rows.error());
      if (failures == 1) complain(rows.error());
      continue;
    }
    failures = 0;
    print(call.settings.format, followed, known.changed(*rows));
    if (first && rows->empty()) say_aside(followed.nothing);
    first = false;
    if (!followed.gone.empty())
      for (int64_t const number : known.gone())
        say_aside("notice " + std::to_string(number) + ": " + followed.gone + "\n");
  }
}

}  // namespace comity::cli
