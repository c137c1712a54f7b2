#include "sequencer/crash_watch.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <mutex>

namespace comity::sequencer {
namespace {

constexpr int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr size_t stack_bytes = 64u << 10;  // four times what the kernel asks for with the widest registers

// What was there before us, by the number of the signal.
std::array<struct sigaction, 65> former;

// Initialised before the thread runs and never destroyed, so that a handler may read it.
constinit thread_local std::atomic<uint32_t>* crashed_here = nullptr;

// The program's own doing: the processor or kernel says so, or the process sent it to itself.
bool is_own(siginfo_t const& info) { return info.si_code > 0 || info.si_pid == ::getpid(); }

void on_signal(int number, siginfo_t* info, void*) {
  if (crashed_here && is_own(*info)) crashed_here->store(1, std::memory_order_release);
  ::sigaction(number, &former[static_cast<size_t>(number)], nullptr);
  // A faulting instruction is met again when we return. What was sent is not, so it is sent again; it waits for our return.
  if (info->si_code <= 0) ::raise(number);
}

void install() {
  struct sigaction ours = {};
  ours.sa_sigaction = on_signal;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&ours.sa_mask);
  for (int const number : signals) ::sigaction(number, &ours, &former[static_cast<size_t>(number)]);
}

}  // namespace

CrashWatch::CrashWatch(std::atomic<uint32_t>& crashed) {
  static std::once_flag once;
  std::call_once(once, install);
  stack_t present = {};
  if (::sigaltstack(nullptr, &present) == 0 && (present.ss_flags & SS_DISABLE) != 0) {
    stack_ = std::make_unique<std::byte[]>(stack_bytes);
    stack_t const own{.ss_sp = stack_.get(), .ss_flags = 0, .ss_size = stack_bytes};
    ::sigaltstack(&own, nullptr);
  }
  crashed_here = &crashed;
}

CrashWatch::~CrashWatch() {
  crashed_here = nullptr;
  if (!stack_) return;
  stack_t const none{.ss_sp = nullptr, .ss_flags = SS_DISABLE, .ss_size = 0};
  ::sigaltstack(&none, nullptr);
}

}  // namespace comity::sequencer
