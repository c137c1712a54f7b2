// Who is on the public page, and how many were at most (70-console, the public page; 25-isolation F6).
//
// A visit is a fetch of the page's counts, by a bot one of the page itself, since it runs no script; whoever made one is there
// for limits::visit_lasts. Visitors are told apart by a keyed digest of address and user agent, whose key is random, in
// memory alone, and another each day of UTC: with it those of the day before are forgotten, so a visitor at midnight may count twice within five minutes. Bots are told by their user agent;
// members are those who come with a session, only when they look at the page. At most limits::visitors are remembered; who
// comes when there are so many is not counted.
//
// Kept, in a file of their own beside the journal, are four numbers with their moments: the most at once today, this month, this
// year and ever, of all kinds together. A new day, month or year begins at 1. What cannot be written is counted in memory all the
// same. Not in the journal: no ruling looks at it, and it can be deleted.
//
// Thread-safe. Writes to the disk when a number rises, so not for an event loop.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "base/seam.h"
#include "crypto/secret.h"
#include "journal/sqlite.h"

namespace comity::guestbook {

enum class Kind : uint8_t { guest, bot, member };
// By the field User-Agent; one that says nothing is a bot.
Kind kind_of(std::string_view user_agent);

struct Most {
  uint64_t count = 0;
  UtcTime at;
};
struct Counts {
  uint64_t guests = 0, bots = 0, members = 0;
  Most today, month, year, ever;
};

class Visits {
 public:
  // Makes the file where there is none.
  static Result<std::unique_ptr<Visits>> open(std::string const& path, Seam seam);

  struct Visitor {
    std::string_view address, user_agent;
    Kind kind = Kind::guest;
    std::string_view network = {};  // of the address: so many of one are counted
  };
  // Counts the visitor, and says how it was when these five minutes began, with their first visitor (25-isolation F6).
  Counts visit(Visitor const& visitor);

 private:
  enum Period : uint8_t { day, month, year, ever };
  struct Kept {
    uint64_t period = 0;  // which day, month, year
    Most most;
  };
  struct Present {
    Kind kind;
    UtcTime until;
    Digest network;
  };

  Visits(Seam seam, journal::Connection connection);
  Result<void> load();
  Result<void> write(Period period);
  Result<void> write_risen(UtcTime slot);
  void begin_periods(UtcTime now);
  bool has_room(Digest const& name, Digest const& network) const;
  uint64_t count(Kind kind) const;

  Seam const seam_;
  std::mutex mutex_;
  journal::Connection connection_;
  std::array<Kept, 4> kept_;
  crypto::SymmetricKey key_;  // of key_day_
  uint64_t key_day_ = 0;
  std::unordered_map<Digest, Present, DigestHash> present_;
  UtcTime slot_;  // that told_ is of
  Counts told_;
};

}  // namespace comity::guestbook
