// Tells a crash of the program from a death from outside (25-isolation E11).
//
// A watched thread that dies by SIGSEGV, SIGBUS, SIGFPE, SIGILL or SIGABRT of the program's own doing (a bad access, a
// failed `ensure`, an exception that nobody catches) first stores 1 in the word it gave; then happens what would have happened
// without us: the default action, or the handler that was there before (a sanitizer's). A signal that another process sent, a
// kill, the end of memory or of power store nothing, and neither does a crash of any other thread.
//
// The handler does what a handler may: it reads a word of its own thread, stores one word, and puts the former handler back.
// It runs on a stack of its own, so that it also tells of a stack that is used up. Handlers are installed once in a process and
// stay; they change nothing for threads that are not watched.
//
// One watch for a thread at a time; it is made and destroyed on the thread that it watches.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace comity::sequencer {

class CrashWatch {
 public:
  // `crashed` outlives the watch.
  explicit CrashWatch(std::atomic<uint32_t>& crashed);
  ~CrashWatch();
  CrashWatch(CrashWatch const&) = delete;
  CrashWatch& operator=(CrashWatch const&) = delete;

 private:
  std::unique_ptr<std::byte[]> stack_;  // none: the thread had one already
};

}  // namespace comity::sequencer
