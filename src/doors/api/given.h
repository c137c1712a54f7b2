// Up to which notice each office was given its own, on the way into the journal (commands/note_delivered.h).
//
// One command is under way at a time and holds all that was given while the one before it was: so under load there is one for each commit
// and not one for each stream. What the sequencer was too busy to take goes with the next. It waits for nothing, and what a crash loses is
// given again, or stays undelivered in the record. Thread-safe. Made by std::make_shared; the centre outlives whoever notes.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "base/ids.h"
#include "sequencer/centre.h"

namespace comity::api {

class GivenNotices : public std::enable_shared_from_this<GivenNotices> {
 public:
  explicit GivenNotices(sequencer::Centre& centre) : centre_(centre) {}
  void note(OfficeKey office, uint64_t upto);

 private:
  using UpTo = std::map<OfficeKey, uint64_t>;
  void send(UpTo some);
  void sent(UpTo const& not_taken);

  sequencer::Centre& centre_;
  std::mutex mutex_;
  UpTo given_, waiting_;
  bool under_way_ = false;
};

}  // namespace comity::api
