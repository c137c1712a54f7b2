// The in-flight mark (50-ledger; 25-isolation E11): which command the machine is deciding, in a small file that outlives
// the process because it is mapped. After a crash, boot finds the culprit by name and records a `fault` for it instead
// of meeting it again. The mark need not outlive the machine: a power failure is nobody's fault.
//
// Beside it stands how far the journal went (25-isolation G15): a journal that ends before that, or goes another way, was
// put back from a backup, and boot must not serve from it as if nothing had happened. Backups leave this file out.
//
// Written by the writer thread only; one store of a few words per command, no system call.
#pragma once

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

  // What was being decided when the process ended, if it was in the middle of that.
  std::optional<commands::Fault> left_over() const;

  void set(model::Command const& command);
  void clear();

  // How far the journal went when it was last written to; none in a new file.
  void remember(journal::Head const& head);
  std::optional<journal::Head> remembered() const;

  // That a commit is under way: lets the kill test (cli/crash.h) end the process inside one.
  void enter_commit();
  void leave_commit();
  static bool commit_is_open(std::string const& path);

 private:
  struct Mark;
  explicit InFlight(Mark* mark) : mark_(mark) {}
  Mark* mark_;
};

}  // namespace comity::sequencer
