#include "guestbook/visits.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "guestbook/file.h"

namespace comity::guestbook {
namespace {

constexpr char const* tables =
    "CREATE TABLE IF NOT EXISTS most (kind INTEGER PRIMARY KEY, period INTEGER NOT NULL, count INTEGER NOT "
    "NULL, "
    "at INTEGER NOT NULL)";

// Which day, month and year of UTC that is, as numbers that only grow; the last is of all time.
std::array<uint64_t, 4> periods_of(UtcTime now) {
  auto const day = now.us / days(1).us;
  std::chrono::year_month_day const date{std::chrono::sys_days{std::chrono::days{day}}};
  auto const year = static_cast<uint64_t>(int(date.year()));
  return {static_cast<uint64_t>(day), year * 12 + unsigned(date.month()) - 1, year, 0};
}

}  // namespace

Kind kind_of(std::string_view user_agent) {
  static constexpr std::string_view words[] = {"bot",     "crawl",   "spider", "slurp",    "curl",  "wget",
                                               "python",  "http",    "java/",  "headless", "fetch", "scan",
                                               "preview", "monitor", "archiv", "libwww",   "go-"};
  std::string lower(user_agent);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  bool const names_one =
      std::ranges::any_of(words, [&](std::string_view word) { return lower.contains(word); });
  return lower.empty() || names_one ? Kind::bot : Kind::guest;
}

Visits::Visits(Seam seam, journal::Connection connection)
    : seam_(seam), connection_(std::move(connection)), key_(crypto::SymmetricKey::generate(seam.entropy)) {}

Result<std::unique_ptr<Visits>> Visits::open(std::string const& path, Seam seam) {
  std::unique_ptr<Visits> visits(new Visits(seam, TRY(open_file(path, seam, tables))));
  TRY_VOID(visits->load());
  return visits;
}

Result<void> Visits::load() {
  auto statement = TRY(journal::Statement::prepare(connection_, "SELECT kind, period, count, at FROM most"));
  while (TRY(statement.step())) {
    uint64_t const kind = statement.number(0);
    if (kind >= kept_.size()) continue;
    kept_[kind] = {statement.number(1),
                   {statement.number(2), UtcTime{static_cast<int64_t>(statement.number(3))}}};
  }
  return {};
}

Result<void> Visits::write(Period period) {
  auto statement = TRY(journal::Statement::prepare(
      connection_, "INSERT OR REPLACE INTO most (kind, period, count, at) VALUES (?1, ?2, ?3, ?4)"));
  Kept const& kept = kept_[period];
  statement.bind(1, period);
  statement.bind(2, kept.period);
  statement.bind(3, kept.most.count);
  statement.bind(4, static_cast<uint64_t>(kept.most.at.us));
  return statement.run();
}

void Visits::begin_periods(UtcTime now) {
  auto const periods = periods_of(now);
  for (size_t i = 0; i < kept_.size(); ++i)
    if (kept_[i].period != periods[i]) kept_[i] = {periods[i], {}};
  if (key_day_ != periods[day]) {
    key_ = crypto::SymmetricKey::generate(seam_.entropy);
    key_day_ = periods[day];
    present_.clear();
  }
  std::erase_if(present_, [now](auto const& one) { return one.second.until <= now; });
}

uint64_t Visits::count(Kind kind) const {
  return static_cast<uint64_t>(
      std::ranges::count_if(present_, [kind](auto const& one) { return one.second.kind == kind; }));
}

bool Visits::has_room(Digest const& name, Digest const& network) const {
  if (present_.contains(name)) return true;
  auto const of_network =
      std::ranges::count_if(present_, [&](auto const& one) { return one.second.network == network; });
  return present_.size() < limits::visitors && static_cast<size_t>(of_network) < limits::visitors_of_network;
}

// All of them or none, by one commit. What could not be written is counted all the same; the next rise tries again.
Result<void> Visits::write_risen(UtcTime slot) {
  std::vector<Period> risen;
  for (Period const period : {day, month, year, ever})
    if (present_.size() > kept_[period].most.count) risen.push_back(period);
  if (risen.empty()) return {};
  TRY_VOID(connection_.run("BEGIN"));
  for (Period const period : risen) {
    kept_[period].most = {present_.size(), slot};
    if (auto const written = write(period); !written) {
      TRY_VOID(connection_.run("ROLLBACK"));
      return written;
    }
  }
  return connection_.run("COMMIT");
}

Counts Visits::visit(Visitor const& visitor) {
  std::lock_guard const lock(mutex_);
  UtcTime const now = seam_.clock.now();
  UtcTime const slot{now.us - now.us % limits::visit_lasts.us};
  begin_periods(now);
  Digest const name = crypto::prf(key_, "visitor", visitor.address, visitor.user_agent);
  Digest const network = crypto::prf(key_, "network", visitor.network);
  if (has_room(name, network))
    present_.insert_or_assign(name, Present{visitor.kind, now + limits::visit_lasts, network});
  static_cast<void>(write_risen(slot));
  if (slot == slot_) return told_;
  slot_ = slot;
  told_ = {count(Kind::guest), count(Kind::bot), count(Kind::member), kept_[day].most,
           kept_[month].most,  kept_[year].most, kept_[ever].most};
  return told_;
}

}  // namespace comity::guestbook
