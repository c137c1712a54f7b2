// The stream of a collection (text/event-stream), over real sockets: nothing twice, nothing lost, nothing that is not
// allowed any more.
#include <thread>

#include "doors/http/server_fixture.h"
#include "doors/taxii/taxii_fixture.h"

namespace comity::taxii {
namespace {

using tests::indicator_object;

struct Event {
  std::string type, token, data;
};

// Reads one stream as a browser's EventSource does: chunks, then lines.
class Reader {
 public:
  Reader(uint16_t port, std::string const& office, std::string const& path, std::string const& last = "",
         int window = 0)
      : client_(port, window) {
    client_.send("GET " + path +
                 " HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\nAuthorization: Basic " +
                 crypto::to_base64(office + "/feed:" + tests::password) + "\r\n" +
                 (last.empty() ? "" : "Last-Event-ID: " + last + "\r\n") + "\r\n");
    head_ = client_.read();
  }

  http::Answer const& head() const { return head_; }

  // None: the stream has ended.
  std::optional<Event> next() {
    for (;;) {
      while (auto const end = text_.find("\n\n")) {
        if (end == std::string::npos) break;
        auto const event = parse(text_.substr(0, end + 1));
        text_.erase(0, end + 2);
        if (!event.type.empty()) return event;
      }
      if (!read_chunk()) return std::nullopt;
    }
  }
  std::vector<Event> next(size_t count) {
    std::vector<Event> all;
    while (all.size() < count) {
      auto event = next();
      if (!event) break;
      all.push_back(std::move(*event));
    }
    return all;
  }
  bool was_reset() const { return client_.was_reset(); }

 private:
  bool read_chunk() {
    size_t end = std::string::npos;
    raw_ += client_.take_unread();
    while ((end = raw_.find("\r\n")) == std::string::npos) {
      if (!client_.read_some()) return false;
      raw_ += client_.take_unread();
    }
    size_t const size = std::stoul(raw_.substr(0, end), nullptr, 16);
    while (raw_.size() < end + 4 + size) {
      if (!client_.read_some()) return false;
      raw_ += client_.take_unread();
    }
    text_ += raw_.substr(end + 2, size);
    raw_.erase(0, end + 4 + size);
    return true;
  }
  static Event parse(std::string const& lines) {
    Event event;
    for (size_t at = 0; at < lines.size();) {
      auto const end = lines.find('\n', at);
      std::string const line = lines.substr(at, end - at);
      at = end + 1;
      if (line.starts_with("event: ")) event.type = line.substr(7);
      if (line.starts_with("id: ")) event.token = line.substr(4);
      if (line.starts_with("data: ")) event.data += (event.data.empty() ? "" : "\n") + line.substr(6);
    }
    return event;
  }

  http::RawClient client_;
  http::Answer head_;
  std::string raw_, text_;
};

class Stream : public TaxiiTest {
 protected:
  Reader read(std::string const& office, std::string const& last = "", std::string const& query = "") {
    return Reader(server_->port(), office, received + "objects/" + query, last);
  }
  void give(int number) { world_.contribute("ru/staff", "ru.exchange", indicator_object(number)); }
};

TEST_F(Stream, WhatIsThereAndWhatComes) {
  give(1), give(2);
  auto reader = read("iq/defence");
  EXPECT_EQ(reader.head().status, 200);
  EXPECT_EQ(reader.head().field("Content-Type"), "text/event-stream");
  EXPECT_EQ(reader.head().field("Transfer-Encoding"), "chunked");
  auto const first = reader.next(2);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].type, "object");
  EXPECT_EQ(first[0].data, indicator_object(1)) << "byte for byte";
  give(3);
  auto const third = reader.next();
  ASSERT_TRUE(third);
  EXPECT_EQ(third->data, indicator_object(3));
  EXPECT_NE(third->token, first[1].token);
}

TEST_F(Stream, GoesOnWhereItsReaderWas) {
  for (int i = 0; i < 5; ++i) give(i);
  auto const all = read("iq/defence").next(5);
  ASSERT_EQ(all.size(), 5U);
  auto const rest = read("iq/defence", all[1].token).next(3);
  ASSERT_EQ(rest.size(), 3U);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(rest[i].token, all[i + 2].token);
  // The token is that of the pages too, and no other office's.
  EXPECT_EQ(get("iq/defence", received + "objects/?next=" + all[3].token).status, 200);
  EXPECT_EQ(read("ru/staff", all[1].token).head().status, 400);
}

TEST_F(Stream, HasEveryVersionUnlessOthersAreAskedFor) {
  world_.contribute_all("ru/staff", "ru.exchange",
                        {indicator_object(1), indicator_object(1, "", "2025-06-02T10:00:00.000Z")});
  EXPECT_EQ(read("iq/defence").next(2).size(), 2U);
  give(2);
  auto const last = read("iq/defence", "", "?match[version]=last").next(2);
  ASSERT_EQ(last.size(), 2U);
  EXPECT_NE(last[0].data.find("2025-06-02"), std::string::npos);
  EXPECT_NE(last[1].data.find(tests::numbered_id("indicator", 2)), std::string::npos);
}

// What it has been through without finding anything is not gone through again.
TEST_F(Stream, GoesOnBehindWhatItDoesNotWant) {
  for (int i = 0; i < 5; ++i) give(i);
  auto reader = read("iq/defence", "", "?match[id]=" + tests::numbered_id("indicator", 7));
  auto other = read("iq/defence", "", "?match[type]=tool");
  give(6), give(7);
  auto const seventh = reader.next();
  ASSERT_TRUE(seventh);
  EXPECT_NE(seventh->data.find(tests::numbered_id("indicator", 7)), std::string::npos);
  world_.contribute(
      "ru/staff", "ru.exchange",
      R"({"type":"tool","spec_version":"2.1","id":"tool--00000000-0000-4000-8000-000000000001",)"
      R"("created":"2025-06-01T10:00:00.000Z","modified":"2025-06-01T10:00:00.000Z","name":"t"})");
  auto const tool = other.next();
  ASSERT_TRUE(tool);
  EXPECT_NE(tool->data.find("tool--"), std::string::npos);
}

TEST_F(Stream, TakesTheFiltersOfThePages) {
  give(1);
  EXPECT_EQ(read("iq/defence", "", "?match[type]=tool,indicator").next(1).size(), 1U);
  EXPECT_EQ(read("iq/defence", "", "?match[id]=nonsense&match[id]=twice").head().status, 400);
}

TEST_F(Stream, IsForThoseWhoMayRead) {
  EXPECT_EQ(read("il/staff").head().status, 404) << "as if it were not there";
  EXPECT_EQ(Reader(server_->port(), "nobody", received + "objects/").head().status, 401);
}

// Issue: under a second, and reset, not drained (25-isolation F12).
TEST_F(Stream, EndsWhenItsReaderIsCutOff) {
  give(1);
  auto reader = read("iq/defence");
  ASSERT_TRUE(reader.next());
  auto const before = std::chrono::steady_clock::now();
  world_.send(world_.prepare(world_.duty("iq/defence"), model::CommandKind::revoke_client,
                             commands::RevokeClient{"iq/defence/feed"}));
  EXPECT_FALSE(reader.next());
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
}

// Promise 4: whose part is suspended is cut, though its root is still there; it comes again, and has what it may have.
TEST_F(Stream, OfWhoSuspendsIsReset) {
  give(1);
  auto reader = read("iq/defence");
  ASSERT_TRUE(reader.next());
  auto const before = std::chrono::steady_clock::now();
  world_.act_on("iq/defence", model::CommandKind::suspend, "ru.exchange");
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.was_reset());
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
  EXPECT_EQ(read("iq/defence").head().status, 200);
  EXPECT_EQ(ids(get("iq/defence", received + "objects/")), std::vector<std::string>{});
}

// What the other gave and has not gone yet is dropped; a stream in which nothing waits goes on.
TEST_F(Stream, OfTheOthersLosesOnlyWhatWaits) {
  auto idle = read("iq/defence");
  give(1);
  ASSERT_TRUE(idle.next());
  world_.act_on("ru/staff", model::CommandKind::suspend, "ru.exchange");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  world_.resume("ru/staff", "ru.exchange");
  Reader sleeper(server_->port(), "iq/defence", received + "objects/", "", 4096);
  give(2);
  ASSERT_TRUE(idle.next()) << "not cut";
  Bytes const large = indicator_object(3, R"(,"description":")" + std::string(400'000, 'x') + "\"");
  world_.contribute("ru/staff", "ru.exchange", large);
  ASSERT_TRUE(idle.next());
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // all of it is in the sockets
  world_.act_on("ru/staff", model::CommandKind::suspend, "ru.exchange");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  while (auto const event = sleeper.next()) EXPECT_NE(event->data, large) << "it had not been sent";
  EXPECT_TRUE(sleeper.was_reset());
}

TEST_F(Stream, HasALimitForEachOffice) {
  std::vector<std::unique_ptr<Reader>> readers;
  for (size_t i = 0; i < limits::streams_of_office; ++i) {
    readers.push_back(std::make_unique<Reader>(server_->port(), "iq/defence", received + "objects/"));
    EXPECT_EQ(readers.back()->head().status, 200);
  }
  EXPECT_EQ(read("iq/defence").head().status, 429);
  EXPECT_EQ(Reader(server_->port(), "ru/staff", received + "objects/").head().status, 200)
      << "it has its own";
}

// A reader that takes nothing holds up nobody else.
TEST_F(Stream, ASlowNeighbourIsAloneWithIt) {
  auto sleeper = read("iq/defence");
  auto other = Reader(server_->port(), "ru/staff", contributed + "objects/");
  Bytes const large = indicator_object(0, R"(,"description":")" + std::string(4'000'000, 'x') + "\"");
  world_.contribute("ru/staff", "ru.exchange", large);
  ASSERT_TRUE(other.next());
  for (int i = 1; i < 20; ++i) {
    give(i);
    auto const before = std::chrono::steady_clock::now();
    ASSERT_TRUE(other.next());
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(500)) << i;
  }
  EXPECT_EQ(sleeper.next(20).size(), 20U) << "and it has lost nothing";
}

TEST_F(Stream, OfMuchNothingIsLostOrDoubledWhileOthersPost) {
  constexpr int all = 300;
  auto reader = read("iq/defence");
  std::thread writer([&] {
    for (int i = 0; i < all; i += 3)
      world_.contribute_all("ru/staff", "ru.exchange",
                            {indicator_object(i), indicator_object(i + 1), indicator_object(i + 2)});
  });
  auto const events = reader.next(all);
  writer.join();
  std::vector<std::string> streamed;
  for (auto const& event : events)
    streamed.emplace_back(json::parse(event.data, 1u << 20, json::Numbers::any)->at("id").as_string());
  EXPECT_EQ(streamed, ids(get("iq/defence", received + "objects/?limit=1000")));
}

TEST_F(Stream, OpenCtiPostsAsStix) {  // its connector says so of the bundle that it posts
  auto const bundle =
      R"({"type":"bundle","id":"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","spec_version":"2.1","objects":[)" +
      indicator_object(7) + "]}";
  auto const answer = ask("ru/staff", {.method = http::Method::post,
                                       .path = contributed + "objects/",
                                       .body = bundle,
                                       .accept = "application/taxii+json; version=2.1",
                                       .content_type = "application/stix+json; version=2.1"});
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(at(parsed(answer), "/success_count"), "1");
}

}  // namespace
}  // namespace comity::taxii
