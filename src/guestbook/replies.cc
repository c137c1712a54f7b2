#include "guestbook/replies.h"

#include <algorithm>

#include "base/limits.h"
#include "guestbook/file.h"

namespace comity::guestbook {
namespace {

constexpr char const* tables =
    "CREATE TABLE IF NOT EXISTS replies (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, shown "
    "INTEGER "
    "NOT NULL, name BLOB NOT NULL, email BLOB NOT NULL, text BLOB NOT NULL)";

enum class LineFeeds : uint8_t { refused, taken };

bool has_control(std::string_view text, LineFeeds line_feeds) {
  return std::ranges::any_of(text, [line_feeds](char c) {
    auto const code = static_cast<unsigned char>(c);
    return (code < 0x20 && !(c == '\n' && line_feeds == LineFeeds::taken)) || code == 0x7f;
  });
}

// Of valid UTF-8, which JSON that was read is.
size_t characters(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \n") == text.npos; }

bool is_address(std::string_view text) {
  size_t const at = text.find('@');
  return text.size() <= limits::reply_email_bytes && at != text.npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == text.npos && text.find(' ') == text.npos;
}

}  // namespace

Wrong wrong_with(Written const& written) {
  if (is_blank(written.name) || has_control(written.name, LineFeeds::refused) ||
      characters(written.name) > limits::reply_name_characters)
    return {"/name", "has 1 to 80 characters"};
  if (!is_address(written.email) || has_control(written.email, LineFeeds::refused))
    return {"/email", "must be an address like anna@example.org"};
  if (is_blank(written.text) || has_control(written.text, LineFeeds::taken) ||
      characters(written.text) > limits::reply_characters)
    return {"/text", "has 1 to 2000 characters of plain text"};
  return {};
}

Result<std::unique_ptr<Replies>> Replies::open(std::string const& path, Seam seam) {
  return std::unique_ptr<Replies>(new Replies(seam, TRY(open_file(path, seam, tables))));
}

bool Replies::may_write(std::string const& network, UtcTime now) {
  for (auto& [known, times] : networks_)
    while (!times.empty() && times.front() + limits::replies_counted <= now) times.pop_front();
  std::erase_if(networks_, [](auto const& one) { return one.second.empty(); });
  if (networks_.size() >= limits::reply_networks && !networks_.contains(network)) return false;
  auto& times = networks_[network];
  if (times.size() >= limits::replies_of_network) return false;
  times.push_back(now);
  return true;
}

Result<void> Replies::add(Written const& written, std::string const& network) {
  std::lock_guard const lock(mutex_);
  int64_t const waiting = TRY(connection_.number("SELECT count(*) FROM replies WHERE shown = 0"));
  if (waiting >= static_cast<int64_t>(limits::replies_waiting)) return fail(ErrorCode::busy, "");
  UtcTime const now = seam_.clock.now();
  if (!may_write(network, now)) return fail(ErrorCode::over_quota, "");
  auto statement = TRY(journal::Statement::prepare(
      connection_, "INSERT INTO replies (at, shown, name, email, text) VALUES (?1, 0, ?2, ?3, ?4)"));
  statement.bind(1, static_cast<uint64_t>(now.us));
  statement.bind_blob(2, written.name);
  statement.bind_blob(3, written.email);
  statement.bind_blob(4, written.text);
  return statement.run();
}

Result<std::vector<Reply>> Replies::listed(char const* sql) {
  std::lock_guard const lock(mutex_);
  auto statement = TRY(journal::Statement::prepare(connection_, sql));
  std::vector<Reply> all;
  while (TRY(statement.step()))
    all.push_back({statement.number(0),
                   UtcTime{static_cast<int64_t>(statement.number(1))},
                   statement.number(2) != 0,
                   {Bytes(statement.blob(3)), Bytes(statement.blob(4)), Bytes(statement.blob(5))}});
  return all;
}

Result<std::vector<Reply>> Replies::shown() {
  return listed("SELECT id, at, shown, name, email, text FROM replies WHERE shown = 1 ORDER BY id DESC");
}

Result<std::vector<Reply>> Replies::all() {
  return listed("SELECT id, at, shown, name, email, text FROM replies ORDER BY id DESC");
}

Result<void> Replies::change(uint64_t id, char const* sql) {
  auto known = TRY(journal::Statement::prepare(connection_, "SELECT 1 FROM replies WHERE id = ?1"));
  known.bind(1, id);
  if (!TRY(known.step())) return fail(ErrorCode::not_found, "");
  known.reset();
  auto statement = TRY(journal::Statement::prepare(connection_, sql));
  statement.bind(1, id);
  return statement.run();
}

Result<void> Replies::show(uint64_t id) {
  std::lock_guard const lock(mutex_);
  TRY_VOID(change(id, "UPDATE replies SET shown = 1 WHERE id = ?1"));
  auto oldest = TRY(journal::Statement::prepare(connection_,
                                                "DELETE FROM replies WHERE id IN (SELECT id FROM replies "
                                                "WHERE shown = 1 ORDER BY id DESC LIMIT -1 OFFSET ?1)"));
  oldest.bind(1, limits::replies_shown);
  return oldest.run();
}

Result<void> Replies::remove(uint64_t id) {
  std::lock_guard const lock(mutex_);
  return change(id, "DELETE FROM replies WHERE id = ?1");
}

}  // namespace comity::guestbook
