// A crash of the program is told from a death from outside (25-isolation E11): in child processes that really die.
#include "sequencer/crash_watch.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/ensure.h"
#include "child_process.h"
#include "journal/test_folder.h"
#include "sequencer/in_flight.h"

namespace comity::sequencer {
namespace {

// More of the stack than there is.
[[gnu::noinline]] int use_up(int depth) {
  char volatile room[4'096];
  room[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : use_up(depth + 1) + room[0];
}

[[gnu::noinline]] void touch_nothing() { *reinterpret_cast<int volatile*>(uintptr_t{64}) = 1; }

[[gnu::noinline]] void give_up() { throw 1; }

class CrashWatches : public testing::Test {
 protected:
  model::Command command() {
    model::Command made;
    made.kind = model::CommandKind::contribute;
    made.digest.octets[0] = 1;
    return made;
  }
  std::unique_ptr<InFlight> file() {
    auto opened = InFlight::open(folder_.file("in-flight"));
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  // Whether a process that does this while it decides the command has crashed on it.
  template <class What>
  bool crashes(What const& what) {
    int const status = tests::end_of(tests::begin_child([&] {
      auto const mark = file();
      mark->set(command());
      CrashWatch const watch(mark->crashed());
      what();
      mark->clear();
    }));
    EXPECT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "it has not died";
    auto const left = file();
    EXPECT_TRUE(left->left_over());
    bool const crashed = left->culprit().has_value();
    left->settle();
    return crashed;
  }

  journal::TestFolder folder_;
};

TEST_F(CrashWatches, ABadAccess) { EXPECT_TRUE(crashes(touch_nothing)); }
TEST_F(CrashWatches, AnAbort) { EXPECT_TRUE(crashes(std::abort)); }
TEST_F(CrashWatches, AnEnsureThatDoesNotHold) {
  EXPECT_TRUE(crashes([] { ensure(::getpid() == 0); }));
}
TEST_F(CrashWatches, AnExceptionThatNobodyCatches) {
  EXPECT_TRUE(crashes([]() noexcept { give_up(); }));
}
TEST_F(CrashWatches, AStackThatIsUsedUp) {
  EXPECT_TRUE(crashes([] { std::exit(use_up(1)); }));
}

TEST_F(CrashWatches, WhatHappensByDefaultHappens) {
  int const status = tests::end_of(tests::begin_child([&] {
    std::atomic<uint32_t> crashed = 0;
    CrashWatch const watch(crashed);
    std::abort();
  }));
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

TEST_F(CrashWatches, AnotherThreadIsNoCrashOfThisOne) {
  EXPECT_FALSE(crashes([] {
    std::thread other([] { std::abort(); });
    other.join();
  }));
}

TEST_F(CrashWatches, WhoIsNotWatchedAnyMoreMarksNothing) {
  std::atomic<uint32_t> unused = 0;
  EXPECT_FALSE(crashes([&] {
    { CrashWatch const other(unused); }
    std::abort();
  }));
}

// Everything that another process may send.
TEST_F(CrashWatches, ASignalFromOutsideIsNoCrash) {
  for (int const number : {SIGKILL, SIGTERM, SIGSEGV, SIGABRT}) {
    pid_t const child = tests::begin_child([&] {
      auto const mark = file();
      CrashWatch const watch(mark->crashed());
      mark->set(command());
      for (;;) ::pause();
    });
    auto const seen = file();
    while (!seen->left_over()) ::usleep(1'000);
    ::kill(child, number);
    tests::end_of(child);
    EXPECT_FALSE(seen->culprit()) << number;
    seen->clear();
  }
}

TEST_F(CrashWatches, ADeathFromOutsideMakesASuspectAndASecondOneACulprit) {
  EXPECT_FALSE(crashes([] { ::kill(::getpid(), SIGKILL); }));
  EXPECT_TRUE(crashes([] { ::kill(::getpid(), SIGKILL); }));
}

TEST_F(CrashWatches, ASuspectIsRememberedAmongOthers) {
  auto const mark = file();
  auto const die_on = [&](uint8_t number) {
    model::Command one = command();
    one.digest.octets[0] = number;
    mark->set(one);
    bool const culprit = mark->culprit().has_value();
    mark->settle();
    return culprit;
  };
  for (uint8_t number = 1; number <= 10; ++number) EXPECT_FALSE(die_on(number));
  EXPECT_TRUE(die_on(3));
  EXPECT_FALSE(mark->left_over());
}

}  // namespace
}  // namespace comity::sequencer
