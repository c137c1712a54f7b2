// What became of envelopes (R12, R40), kept in memory for limits::status_kept.
//
// A status holds references: for each object the words its sender used for it and the record of its ruling. What is told
// of it is told anew each time, in the view of whoever asks (25-isolation C2). A status belongs to one viewer (Ask::viewer) and one
// agreement; a viewer's statuses are bounded in number and in objects, and the oldest makes room. Thread-safe.
// Inside this room only.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "stix/tally.h"

namespace comity::taxii {

// One object of an envelope, as its sender names it.
struct Fate {
  enum class How : uint8_t { accepted, refused, unsound, over_quota };
  How how = How::accepted;
  std::string id, version;
  Index record = 0;              // of a refusal
  stix::Findings findings = {};  // of an object that is not sound STIX
};

struct Status {
  std::string name;  // what its id is made of (release/told_own.h, tell_status_id)
  AgreementKey agreement;
  UtcTime time;
  std::vector<Fate> fates;
  stix::Tally warnings = {};  // of the accepted ones
};

class Statuses {
 public:
  void keep(uint64_t viewer, std::string const& id, std::shared_ptr<Status const> status);
  // Null: there is none, or none any more.
  std::shared_ptr<Status const> find(uint64_t viewer, std::string const& id, UtcTime now) const;

 private:
  struct Kept {
    std::string id;
    std::shared_ptr<Status const> status;
  };
  struct Shelf {
    std::deque<Kept> in_order;                                             // oldest first
    std::unordered_map<std::string, std::shared_ptr<Status const>> by_id;  // never iterated
    size_t objects = 0;
  };

  static void drop_oldest(Shelf& shelf);

  mutable std::mutex mutex_;
  std::map<uint64_t, Shelf> shelves_;
};

}  // namespace comity::taxii
