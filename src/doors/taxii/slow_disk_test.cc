// What a POST is answered, and when, while the disk takes its time or fails (promise 6).
#include <chrono>
#include <future>

#include "doors/taxii/taxii_fixture.h"
#include "slow_disk.h"

namespace comity::taxii {
namespace {

using tests::Gate;
using tests::indicator_object;
using namespace std::chrono_literals;

class OnASlowDisk : public tests::SlowDisk, public TaxiiTest {
 protected:
  // A first one, so that the credential is known and looked up no more.
  OnASlowDisk() { EXPECT_EQ(post("ru/staff", envelope({indicator_object(1)})).status, 202); }
  ~OnASlowDisk() override { gate.allow(Gate::everything); }

  std::future<http::Response> posted(int number) {
    return std::async(std::launch::async, [this, number] {
      http::Client client;
      return client
          .fetch({.method = http::Method::post,
                  .url = "http://127.0.0.1:" + std::to_string(server_->port()) + contributed + "objects/",
                  .headers = {{"Accept", taxii_media},
                              {"Content-Type", taxii_media},
                              {"Authorization",
                               "Basic " + crypto::to_base64("ru/staff/feed:" + tests::password)}},
                  .body = envelope({indicator_object(number)})})
          .value_or(http::Response{});
    });
  }
  static bool is_there(std::future<http::Response>& answer, std::chrono::milliseconds within) {
    return answer.wait_for(within) == std::future_status::ready;
  }
};

TEST_F(OnASlowDisk, NothingIsAnsweredBeforeItIsDurable) {
  gate.allow(0);
  auto answer = posted(2);
  EXPECT_FALSE(is_there(answer, 300ms));
  gate.allow(2);
  EXPECT_FALSE(is_there(answer, 300ms)) << "in the middle of a commit";
  gate.allow(Gate::everything);
  EXPECT_EQ(answer.get().status, 202);
}

TEST_F(OnASlowDisk, AnAnswerWaitsForItsOwnCommitOnly) {
  gate.allow(0);
  auto first = posted(2);
  EXPECT_FALSE(is_there(first, 200ms));
  auto second = posted(3);  // arrives during the commit of the first
  EXPECT_FALSE(is_there(second, 200ms));
  // One operation after another. At the end of the first commit the second begins, and stands still.
  for (int operation = 0; operation < 50 && !is_there(first, 100ms); ++operation) gate.allow(1);
  EXPECT_TRUE(is_there(first, 0ms));
  EXPECT_FALSE(is_there(second, 0ms));
  gate.allow(Gate::everything);
  EXPECT_EQ(first.get().status, 202);
  EXPECT_EQ(second.get().status, 202);
}

// The law moves in the next batch, which stands still: the answer is made again, and waits for that one neither.
TEST_F(OnASlowDisk, AnAnswerMadeAgainWaitsForNoOtherCommit) {
  auto const author = world_.feed("iq/defence");
  auto command =
      world_.prepare(author, model::CommandKind::revoke_token, commands::RevokeToken{"x", "iq/defence/feed"});
  std::promise<void> moved;
  auto move = moved.get_future();
  gate.allow(0);
  auto first = posted(2);
  EXPECT_FALSE(is_there(first, 200ms));
  std::vector<sequencer::Submission> one;
  one.push_back(std::move(command));
  world_.centre().submit(std::move(one), [&](std::vector<sequencer::Answer>&&) { moved.set_value(); });
  for (int operation = 0; operation < 50 && !is_there(first, 100ms); ++operation) gate.allow(1);
  EXPECT_TRUE(is_there(first, 0ms));
  EXPECT_EQ(move.wait_for(0ms), std::future_status::timeout);
  gate.allow(Gate::everything);
  EXPECT_EQ(first.get().status, 202);
  move.get();
}

TEST_F(OnASlowDisk, WhatIsLostIsNotAcknowledged) {
  gate.allow(0);
  auto first = posted(2);
  EXPECT_FALSE(is_there(first, 200ms));
  auto second = posted(3);
  EXPECT_FALSE(is_there(second, 200ms));
  disk.fail_at(1, journal::FaultyDisk::Failure::not_done);
  gate.allow(Gate::everything);
  EXPECT_EQ(first.get().status, 503);
  EXPECT_EQ(second.get().status, 503);
  EXPECT_EQ(ids(get("ru/staff", contributed + "objects/")).size(), 1U);
}

}  // namespace
}  // namespace comity::taxii
