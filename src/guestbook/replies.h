// Replies that visitors leave on the public page (25-isolation F10): kept in a table of their own, outside the journal, bounded, and
// deleted for good.
//
// A reply waits until an officer of the host shows it or deletes it; with limits::replies_waiting that wait, no further one is
// taken. Of those that are shown the oldest makes room. The address to write to is for officers alone. A reply is plain text:
// its characters are counted, no control stands in it but line feeds in its text. So many an hour are taken from one network;
// which network a reply came from is not kept.
//
// Thread-safe; waits for the disk, so not for an event loop.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/seam.h"
#include "journal/sqlite.h"

namespace comity::guestbook {

struct Written {
  std::string name, email, text;
};
// The member that is not of its form, and what it must be; "" if all are.
struct Wrong {
  std::string member, reason;
};
Wrong wrong_with(Written const& written);

struct Reply {
  uint64_t id = 0;
  UtcTime at;
  bool shown = false;
  Written written;
};

class Replies {
 public:
  static Result<std::unique_ptr<Replies>> open(std::string const& path, Seam seam);

  // busy: so many wait that no more are taken; over_quota: so many from that network.
  Result<void> add(Written const& written, std::string const& network);
  // Newest first.
  Result<std::vector<Reply>> shown();
  Result<std::vector<Reply>> all();
  // not_found: there is none of that number.
  Result<void> show(uint64_t id);
  Result<void> remove(uint64_t id);

 private:
  Replies(Seam seam, journal::Connection connection) : seam_(seam), connection_(std::move(connection)) {}
  bool may_write(std::string const& network, UtcTime now);
  Result<std::vector<Reply>> listed(char const* sql);
  Result<void> change(uint64_t id, char const* sql);

  Seam const seam_;
  std::mutex mutex_;
  journal::Connection connection_;
  std::unordered_map<std::string, std::deque<UtcTime>> networks_;
};

}  // namespace comity::guestbook
