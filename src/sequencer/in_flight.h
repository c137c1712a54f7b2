// The in-flight mark (50-ledger; 25-isolation E11): which command the machine is deciding, in a small file that outlives
// the process because it is mapped. After a death in the middle of a decision, boot finds the command by name.
//
// A crash of the program on it (crash_watch.h) is a fault at once: boot records a `fault` for the command instead of meeting
// it again. Any other death, by a kill, by want of memory or of power, makes the command a suspect and no more, since it
// may be innocent: the file remembers it, and it is a fault only if the process dies once more while it is being decided.
// The mark need not outlive the machine; what a power failure leaves of it is at worst one suspect.
//
// Beside it stands how far the journal went (25-isolation G15): a journal that ends before that, or goes another way, was
// put back from a backup, and boot must not serve from it as if nothing had happened. Backups leave this file out.
//
// Written by the writer thread only; one store of a few words per command, no system call.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "commands/fault.h"
#include "journal/reader.h"

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

  // That a commit is under way: lets the kill test (cli/crash.h) end the process inside one.
  void enter_commit();
  void leave_commit();
  static bool commit_is_open(std::string const& path);

 private:
  struct Mark;
  bool is_suspect(Digest const& digest) const;
  explicit InFlight(Mark* mark) : mark_(mark) {}
  Mark* mark_;
};

}  // namespace comity::sequencer
