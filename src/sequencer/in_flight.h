// The in-flight mark (50-ledger; 25-isolation E11): which command the machine is deciding, in a small file that outlives
// the process because it is mapped. After a death in the middle of a decision, boot finds the command by name.
//
// A crash of the program on it (crash_watch.h) is a fault at once: boot records a `fault` for the command instead of meeting
// it again. Any other death, by a kill, by want of memory or of power, makes the command a suspect and no more, since it
// may be innocent: the file remembers it, and it is a fault only if the process dies once more while it is being decided.
// The mark need not outlive the machine; what a power failure leaves of it is at worst one suspect.
//
// Beside it stands how far the journal went (25-isolation G15): a journal that ends before that, or goes another way, was
// put back from a backup, and boot must not serve from it as if nothing had happened. Backups leave this file out. It also
// knows which file it is, by inode and time of birth, so that a copy of it is told from the file itself; where the
// filesystem keeps no time of birth, by inode alone.
//
// And it remembers what a look at the directory is to see without reading the log: that nobody is served (G15), and how many
// snapshots are owed after a destruction.
//
// Written by the writer thread only, but for what is owed; one store of a few words per command, no system call.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "commands/fault.h"
#include "journal/reader.h"
#include "state/state.h"

namespace comity::sequencer {

class InFlight {
 public:
  static Result<std::unique_ptr<InFlight>> open(std::string const& path);
  ~InFlight();

  // What was being decided when the process ended, if it was in the middle of that: a `culprit` if the program crashed on it,
  // or had ended on it before; else none.
  std::optional<commands::Fault> left_over() const;
  std::optional<commands::Fault> culprit() const;
  // What boot does when the culprit is recorded: nothing is left over any more; what was, without being the culprit, is
  // suspect from here on.
  void settle();

  void set(model::Command const& command);
  void clear();
  // Where a watch of the writer's thread stores that it crashed.
  std::atomic<uint32_t>& crashed();

  // How far the journal went when it was last written to; none in a new file.
  void remember(journal::Head const& head);
  std::optional<journal::Head> remembered() const;
  // The highest epoch that is known then (commands/restored.h), which is used once, also where the log is lost; and why nobody is
  // served, if so (commands/put_back.h).
  void remember_law(state::State const& state);
  uint32_t epoch() const;
  // Snapshots to be made until none holds what was destroyed; durable when it returns. From any thread.
  void remember_owed(uint32_t snapshots);
  uint32_t owed() const;
  // A file as it lies there, also one that somebody serves with, or of a directory that was lost. Changes nothing.
  // not_found, or bad_input if it is none.
  struct Left {
    std::optional<journal::Head> head;
    uint32_t epoch = 0;
    std::optional<state::Restoring::Cause> restoring = {};
    bool busy = false, crashed = false, copied = false;
  };
  static Result<Left> look_at(std::string const& path);

  // Whether this file is a copy, or was moved to another disk; and that it is the one from here on, which is brought to the
  // disk.
  bool was_copied() const;
  void settle_place();

  // That a commit is under way: lets the kill test (cli/crash.h) end the process inside one.
  void enter_commit();
  void leave_commit();
  static bool commit_is_open(std::string const& path);

 private:
  struct Mark;
  bool is_suspect(Digest const& digest) const;
  struct Place {
    uint64_t inode = 0;
    int64_t born_ns = 0;
    bool operator==(Place const&) const = default;
  };
  InFlight(Mark* mark, Place place) : mark_(mark), place_(place) {}
  static std::optional<journal::Head> head_of(Mark const& mark);
  static Place place_of(int file);
  Mark* mark_;
  Place place_;
};

}  // namespace comity::sequencer
