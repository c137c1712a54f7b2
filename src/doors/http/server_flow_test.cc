// The server in time: slow clients, answers from other threads, a law that moves, and the end.
#include <condition_variable>
#include <deque>
#include <mutex>

#include "doors/http/server_fixture.h"

namespace comity::http {
namespace {

void pause_ms(int n) { std::this_thread::sleep_for(std::chrono::milliseconds(n)); }

// A handler that keeps its requests until the test answers them, as the sequencer does.
class Later {
 public:
  Handler handler() {
    return [this](Request&& request, Done done) {
      std::lock_guard const lock(mutex_);
      kept_.emplace_back(std::move(request), std::move(done));
      arrived_.notify_all();
    };
  }
  std::pair<Request, Done> next() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !kept_.empty(); });
    auto first = std::move(kept_.front());
    kept_.pop_front();
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::pair<Request, Done>> kept_;
};

TEST_F(ServerTest, ASlowHeadIsToldSo) {
  auto options = quick_options();
  options.head_within = milliseconds(60);
  auto const running = serve(options);
  RawClient client(port());
  for (int i = 0; i < 5; ++i) {
    client.send("G");  // each byte alone does not buy time
    pause_ms(20);
  }
  EXPECT_EQ(client.read().status, 408);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, ASlowSecondHeadToo) {
  auto options = quick_options();
  options.head_within = milliseconds(60);
  auto const running = serve(options);
  RawClient client(port());
  EXPECT_EQ(client.ask(std::string(get_a) + "GET /b").status, 200);
  EXPECT_EQ(client.read().status, 408);
}

TEST_F(ServerTest, AnIdleConnectionIsClosedWithoutAWord) {
  auto options = quick_options();
  options.idle_within = milliseconds(40);
  auto const running = serve(options);
  RawClient silent(port());
  EXPECT_TRUE(silent.is_closed());
  RawClient once(port());
  EXPECT_EQ(once.ask(get_a).status, 200);
  EXPECT_TRUE(once.is_closed());
}

TEST_F(ServerTest, ABodyMustComeAtAMinimumRate) {
  auto options = quick_options();
  options.body_grace = milliseconds(50);
  options.body_bytes_per_second = 100'000;
  auto const running = serve(options);
  std::string const head = "POST /s HTTP/1.1\r\nHost: h\r\nContent-Length: 40000\r\n\r\n";
  RawClient stuck(port());
  EXPECT_EQ(stuck.ask(head + "x").status, 408);
  RawClient steady(port());
  steady.send(head);
  for (int i = 0; i < 4; ++i) {
    steady.send(std::string(10'000, 'x'));  // buys 100 ms
    pause_ms(30);
  }
  EXPECT_EQ(steady.read().body, "POST /s 40000");
}

TEST_F(ServerTest, AClientThatDoesNotReadIsDropped) {
  auto options = quick_options();
  options.write_within = milliseconds(100);
  auto const running =
      serve(options, [](Request&&, Done done) { done(text_reply(std::string(64u << 20, 'x'))); });
  RawClient client(port());
  client.send(get_a);
  pause_ms(300);
  auto const answer = client.read();
  EXPECT_LT(answer.body.size(), 64u << 20);
}

TEST_F(ServerTest, AnswersFromAnotherThread) {
  Later later;
  auto const running = serve(quick_options(), later.handler());
  RawClient client(port());
  for (int i = 0; i < 20; ++i) {
    client.send(get_a);
    auto [request, done] = later.next();
    EXPECT_EQ(request.peer, "127.0.0.1");
    std::thread([answer = std::move(done), i] { answer(text_reply(std::to_string(i))); }).join();
    EXPECT_EQ(client.read().body, std::to_string(i));
  }
}

TEST_F(ServerTest, OnlyTheFirstAnswerCounts) {
  auto const running = serve(quick_options(), [](Request&&, Done done) {
    done(text_reply("first"));
    done(text_reply("second"));
  });
  RawClient client(port());
  EXPECT_EQ(client.ask(get_a).body, "first");
  EXPECT_EQ(client.ask(get_a).body, "first");
}

TEST_F(ServerTest, AHandlerThatForgetsToAnswerAnswers500) {
  auto const running = serve(quick_options(), [](Request&&, Done) {});
  EXPECT_EQ(RawClient(port()).ask(get_a).status, 500);
}

TEST_F(ServerTest, AClientMayLeaveBeforeItsAnswer) {
  Later later;
  auto const running = serve(quick_options(), later.handler());
  {
    RawClient client(port());
    client.send(get_a);
    auto [request, done] = later.next();
    client.close();
    done(text_reply(std::string(1u << 20, 'x')));
  }
  RawClient next(port());
  next.send(get_a);
  later.next().second(text_reply("still here"));
  EXPECT_EQ(next.read().body, "still here");
}

// 25-isolation G6: what is released is decided when it leaves.
TEST_F(ServerTest, AReplyOfAnOlderLawIsMadeAgain) {
  Later later;
  auto const running = serve(quick_options(), later.handler());
  RawClient client(port());
  client.send(get_a);
  auto [request, done] = later.next();
  auto reply = text_reply("under the old law", 1);
  reply.again = [this] { return text_reply("under law " + std::to_string(epoch_), epoch_); };
  epoch_ = 2;
  done(std::move(reply));
  EXPECT_EQ(client.read().body, "under law 2");
}

TEST_F(ServerTest, AReplyThatNeverCatchesUpBecomes503) {
  std::atomic<int> tries = 0;
  auto const running = serve(quick_options(), [&](Request&&, Done done) {
    auto reply = text_reply("secret", 0);
    reply.again = [&] {
      ++tries;
      auto stale = text_reply("secret", 0);
      stale.again = [&] {
        ++tries;
        return text_reply("secret", 0);
      };
      return stale;
    };
    done(std::move(reply));
  });
  auto const answer = RawClient(port()).ask(get_a);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  EXPECT_EQ(tries, 2);
}

TEST_F(ServerTest, AStaleReplyWithoutAgainBecomes503) {
  auto const running = serve(quick_options(), [](Request&&, Done done) { done(text_reply("secret", 0)); });
  EXPECT_EQ(RawClient(port()).ask(get_a).status, 503);
}

// A body of several slices, of which the first is on its way when the law moves; `later_body` is what is allowed then.
struct Cut {
  std::string received;
  bool was_reset;
};

Cut law_moves_under_way(uint16_t port, std::atomic<uint64_t>& epoch) {
  RawClient client(port);
  client.send(get_a);
  EXPECT_TRUE(client.read_some());  // more than the kernel takes is still to come
  ++epoch;
  while (client.read_some()) {}
  auto const all = client.take_unread();
  return {all.substr(std::min(all.size(), all.find("\r\n\r\n") + 4)), client.was_reset()};
}

TEST_F(ServerTest, ALawThatMovesCutsALongBody) {
  std::string const body(32u << 20, 's');
  auto const running = serve(quick_options(), [&](Request&&, Done done) {
    auto reply = text_reply(body, 1);
    reply.again = [this] { return text_reply("no longer for you", epoch_); };
    done(std::move(reply));
  });
  auto const cut = law_moves_under_way(port(), epoch_);
  EXPECT_LT(cut.received.size(), body.size());
  EXPECT_TRUE(cut.was_reset) << "what was not sent is dropped, not drained (F12)";
}

TEST_F(ServerTest, ALawThatMovesElsewhereDoesNot) {
  std::string const body(32u << 20, 's');
  auto options = quick_options();
  options.requests_per_connection = 1;
  std::function<Reply()> make = [&] {
    auto reply = text_reply(body, epoch_);
    reply.again = [&] { return make(); };
    return reply;
  };
  auto const running = serve(options, [&](Request&&, Done done) { done(make()); });
  EXPECT_EQ(law_moves_under_way(port(), epoch_).received.size(), body.size());
}

TEST_F(ServerTest, StopLetsARequestInFlightFinish) {
  Later later;
  auto const running = serve(quick_options(), later.handler());
  RawClient idle(port());
  RawClient busy(port());
  busy.send(get_a);
  auto [request, done] = later.next();
  std::thread stopping([this] { server_->stop(seconds(5)); });
  EXPECT_TRUE(idle.is_closed()) << "at once";
  done(text_reply("finished"));
  auto const answer = busy.read();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.field("Connection"), "close");
  stopping.join();
}

TEST_F(ServerTest, StopResetsWhatOutlastsTheGrace) {
  Later later;
  auto const running = serve(quick_options(), later.handler());
  auto const old_port = port();
  RawClient busy(old_port);
  busy.send(get_a);
  auto [request, done] = later.next();
  RawClient slow_head(old_port);
  slow_head.send("GET ");
  pause_ms(20);
  server_->stop(milliseconds(50));
  EXPECT_TRUE(busy.is_closed());
  EXPECT_TRUE(slow_head.is_closed());
  EXPECT_TRUE(busy.was_reset());
  done(text_reply("too late, and nothing happens"));
  server_.reset();
}

TEST_F(ServerTest, ManyClientsAtOnce) {
  auto const running = serve(quick_options());
  std::atomic<int> good = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      RawClient client(port());
      for (int i = 0; i < 200; ++i) good += client.ask(get_a).body == "GET /a 0";
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(good, 1600);
}

}  // namespace
}  // namespace comity::http
