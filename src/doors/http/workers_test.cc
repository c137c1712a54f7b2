#include "doors/http/workers.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>

namespace comity::http {
namespace {

// One thread, held by a first job until all others wait; what each then writes is the order in which they were done.
class Turns : public testing::Test {
 protected:
  void SetUp() override {
    EXPECT_TRUE(workers_->take([this] {
      held_.set_value();
      go_.get_future().wait();
    }));
    held_.get_future().wait();
  }
  bool take(char what, uint64_t whose) {
    return workers_->take([this, what] { done_ += what; }, whose);
  }
  std::string run() {
    go_.set_value();
    while (workers_->waiting() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    workers_.reset();  // waits for the last one, which is under way
    return done_;
  }

  std::promise<void> held_, go_;
  std::string done_;
  std::unique_ptr<Workers> workers_ = std::make_unique<Workers>(Workers::Size{1, 8});
};

TEST_F(Turns, WhoBringsManyWaitsForHisOwnAndAnotherForOneOfHis) {
  for (char const what : {'a', 'b', 'c'}) ASSERT_TRUE(take(what, 1));
  ASSERT_TRUE(take('x', 2));
  ASSERT_TRUE(take('y', 2));
  EXPECT_EQ(run(), "axbyc");
}

TEST_F(Turns, ThoseOfOneAreDoneInTheirOrder) {
  for (char const what : {'a', 'b', 'c', 'd'}) ASSERT_TRUE(take(what, 7));
  EXPECT_EQ(run(), "abcd");
}

TEST_F(Turns, AQueueThatIsFullIsFullForEverybody) {
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(take('a', 1));
  EXPECT_EQ(workers_->waiting(), 7u);
  EXPECT_TRUE(take('b', 2));
  EXPECT_FALSE(take('c', 1));
  EXPECT_FALSE(take('d', 3));
  go_.set_value();
}

}  // namespace
}  // namespace comity::http
