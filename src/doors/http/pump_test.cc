#include "doors/http/pump.h"

#include <gtest/gtest.h>

#include <atomic>

#include "sequencer/centre.h"

namespace comity::http {
namespace {

class Waking : public ::testing::Test {
 protected:
  ~Waking() override { pump.stop(); }

  void wait(std::function<bool()> const& quiet) {
    pump.wait({news.load(), Pump::now_us(),
               [this](Woken by) {
                 EXPECT_EQ(by, Woken::by_news);
                 ++woken;
               },
               0, quiet ? Quiet{[quiet](sequencer::Glimpse const&) { return quiet(); }} : Quiet{}});
  }
  // Long enough for many ticks.
  int woken_soon(int expected) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(expected > 0 ? 5 : 0);
    do std::this_thread::sleep_for(std::chrono::milliseconds(60));
    while (woken < expected && std::chrono::steady_clock::now() < end);
    return woken;
  }

  std::atomic<uint64_t> news{0};
  std::atomic<int> woken{0}, asked{0};
  std::atomic<bool> moved{false};
  Workers workers{{1, 16}};
  state::State const state;
  views::OfficeLog const log;
  release::Catalogue catalogue{release::ReleaseKeys{}};
  release::Looks looks;
  Pump pump{{[this] { return news.load(); },
             [this](auto const& look) { look(sequencer::Glimpse{state, log, catalogue, looks}); }},
            workers};
};

TEST_F(Waking, WhoeverSaysNothingIsWokenByEveryNews) {
  wait({});
  EXPECT_EQ(woken_soon(0), 0);
  ++news;
  EXPECT_EQ(woken_soon(1), 1);
}

TEST_F(Waking, WhoseOwnHasNotMovedIsLeftAloneAndAskedOnceForEachNews) {
  wait([this] { return ++asked, !moved; });
  ++news;
  EXPECT_EQ(woken_soon(0), 0);
  EXPECT_EQ(asked, 1);
  moved = true;
  EXPECT_EQ(woken_soon(0), 0) << "nothing was published";
  ++news;
  EXPECT_EQ(woken_soon(1), 1);
}

}  // namespace
}  // namespace comity::http
