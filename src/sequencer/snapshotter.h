// Snapshots made beside the centre (50-ledger): a child process replays and writes one, the centre notes its digest in
// the log, and the next boot may begin from it (25-isolation G15).
//
// The child is another program run, never a fork: the journal's lock belongs to this process, and a writer that stops
// to copy its state would stop everyone. It prints one line, `index digest`, and ends well. Anything else is a failure:
// it is reported and tried again after limits::snapshot_pause. Losing a snapshot costs time at boot and nothing else.
//
// When: after so many records, and twice after something was destroyed, since older snapshots still hold it
// (journal/snapshots.h), also where the centre stops in between; never sooner than the pause after the one before.
//
// Threads: one of its own, which waits for the child and calls `note` and `report`. records() and destroyed() may be
// called from anywhere and do not block. The end of a Snapshotter kills its child, which leaves nothing half done.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "sequencer/replay.h"

namespace comity::sequencer {

struct SnapshotOptions {
  std::vector<std::string> command = {};  // the child: program and arguments; empty: no snapshots are made
  Index records = limits::snapshot_records;
  Duration pause = limits::snapshot_pause;
  std::function<void(std::string const&)> report = {};  // what failed, in a sentence
};

// After something was destroyed: the first is put beside an older one that holds it, the second in its place.
inline constexpr uint32_t snapshots_after_destruction = 2;

// `comity snapshot --data DATA` by this very program, also when its file has been replaced since.
std::vector<std::string> own_snapshot_command(std::string const& data);

class Snapshotter {
 public:
  // Snapshots that are owed at the start, and whoever remembers it for the next one.
  struct Owed {
    uint32_t count = 0;
    std::function<void(uint32_t)> remember = [](uint32_t) {};
  };
  // `last`: the snapshot that boot began from. `note` puts index and digest into the log, or says why it could not.
  Snapshotter(SnapshotOptions options, Index last, Owed owed,
              std::function<Result<void>(Snapshotted const&)> note);
  ~Snapshotter();

  // Makes no more of them and waits for the one at work; what is said to it afterwards is for nothing.
  void stop();
  void records(Index next_index);
  void destroyed();

 private:
  void run();
  bool is_due() const;
  Result<Snapshotted> make();
  Result<Bytes> answer_of_child();

  SnapshotOptions options_;
  std::function<Result<void>(Snapshotted const&)> note_;

  std::mutex lock_;
  std::condition_variable changed_;
  Index next_index_ = 0, last_;
  Owed owed_;                         // after a destruction
  bool destroyed_meanwhile_ = false;  // since the child that is at work began
  std::chrono::steady_clock::time_point not_before_{};
  pid_t child_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace comity::sequencer
