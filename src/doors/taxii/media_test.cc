// Every answer under /taxii2/ is of TAXII's media type (R4), also what is refused before the door is reached: a path of no
// route, a request that is none. The answers tell nothing but how the path begins (25-isolation G4).
#include "doors/http/server_fixture.h"
#include "doors/taxii/taxii_fixture.h"

namespace comity::taxii {
namespace {

using http::RawClient;

class Media : public TaxiiTest {
 protected:
  http::Answer raw(std::string const& bytes) { return RawClient(server_->port()).ask(bytes); }
};

TEST_F(Media, WhatHttpRefusesIsAnsweredInTheFormOfThePath) {
  struct Case {
    std::string after_target;
    int status;
  };
  for (auto const& [rest, status] : {
           Case{" HTTP/1.1\r\n\r\n", 400},
           Case{" HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
           Case{" HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
           Case{" HTTP/1.1\r\nHost: h\r\n\r\n", 411},
           Case{" HTTP/1.1\r\nHost: h\r\nContent-Length: 67108865\r\n\r\n", 413},
           Case{" HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4000001\r\n", 413},
           Case{" HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\nabc", 415},
           Case{" HTTP/1.1\r\nHost: h\r\nExpect: more\r\nContent-Length: 0\r\n\r\n", 417},
           Case{" HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'x'), 431},
           Case{" HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
           Case{" HTTP/2.0\r\nHost: h\r\n\r\n", 505},
       }) {
    for (std::string const target :
         {"/taxii2/", "/taxii2", "/taxii2/ru.exchange/", "/taxii2/no/route/at/all/so/long", "/%74axii2/x/",
          "http://h/taxii2/ru.exchange/?match%5Bid%5D=x"}) {
      auto const answer = raw("POST " + target + rest);
      EXPECT_EQ(answer.status, status) << target << rest.substr(0, 80);
      EXPECT_EQ(answer.field("Content-Type"), taxii_media) << target << rest.substr(0, 80);
      EXPECT_EQ(answer.body, door_.refusals()(status, "/taxii2/").body.value());
      EXPECT_NE(answer.body.find("\"http_status\":\"" + std::to_string(status) + "\""), std::string::npos);
    }
    for (std::string const target : {"/", "/taxii2x/", "/api/v1/me", "/x/taxii2/"}) {
      auto const answer = raw("POST " + target + rest);
      EXPECT_EQ(answer.status, status);
      EXPECT_EQ(answer.field("Content-Type"), "application/problem+json") << target;
    }
  }
}

TEST_F(Media, APathOfNoRouteIsOne404ForEverybody) {  // G4
  auto const unknown = get("", "/taxii2/a/b/c/d/e/f/g/");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(field(unknown, "Content-Type"), taxii_media);
  for (auto const* office : {"", "iq/defence", "il/staff"})
    for (std::string const& path : {std::string("/taxii2/x/y"), root + "nothing/here/", root + "status/"}) {
      auto const answer = get(office, path);
      EXPECT_EQ(answer.status, 404) << path;
      EXPECT_EQ(answer.body, unknown.body) << path;
      EXPECT_EQ(field(answer, "Content-Type"), taxii_media);
      EXPECT_FALSE(answer.headers.has("WWW-Authenticate"));
    }
  EXPECT_EQ(get("il/staff", root).body, unknown.body) << "hidden, absent and no route: the same bytes";
}

TEST_F(Media, EveryPathIsServedWithoutItsSlashToo) {  // R3
  post("ru/staff", envelope({tests::indicator_object(1)}));
  std::string const object = received + "objects/" + tests::numbered_id("indicator", 1) + "/";
  for (std::string const& path :
       {std::string("/taxii2/"), root, root + "collections/", received, received + "manifest/",
        received + "objects/", object, object + "versions/"}) {
    auto const with = get("iq/defence", path), without = get("iq/defence", path.substr(0, path.size() - 1));
    EXPECT_EQ(with.status, 200) << path;
    EXPECT_EQ(without.status, 200) << path;
    EXPECT_EQ(without.body, with.body);
    EXPECT_EQ(field(without, "Content-Type"), taxii_media);
  }
  std::string const bare = contributed + "objects";
  EXPECT_EQ(ask("ru/staff",
                {.method = http::Method::post, .path = bare, .body = envelope({tests::indicator_object(2)})})
                .status,
            202);
  EXPECT_EQ(remove("ru/staff", bare + "/" + tests::numbered_id("indicator", 2)).status, 200);
}

// What a GET would say, but for the body: media type, length, dates; of what is there and of every no.
TEST_F(Media, HeadSaysWhatGetWouldSay) {
  post("ru/staff", envelope({tests::indicator_object(1)}));
  std::string const ask_as = "Authorization: Basic " +
                             crypto::to_base64("iq/defence/feed:" + tests::password) +
                             "\r\nAccept: application/taxii+json\r\nHost: h\r\n\r\n";
  for (std::string const& path :
       {std::string("/taxii2/"), root, received + "objects/", received + "manifest",
        std::string("/taxii2/none/"), std::string("/taxii2/a/b/c/d/"), received + "objects/?limit=0"}) {
    RawClient client(server_->port());
    auto const got = client.ask("GET " + path + " HTTP/1.1\r\n" + ask_as);
    client.send("HEAD " + path + " HTTP/1.1\r\n" + ask_as);
    auto const head = client.read(RawClient::To::head);
    EXPECT_EQ(head.status, got.status) << path;
    for (auto const* name :
         {"Content-Type", "Content-Length", "X-TAXII-Date-Added-First", "X-TAXII-Date-Added-Last"})
      EXPECT_EQ(head.field(name), got.field(name)) << path;
    EXPECT_EQ(head.field("Content-Type"), taxii_media);
    EXPECT_EQ(client.ask("GET /taxii2/ HTTP/1.1\r\n" + ask_as).status, 200) << "no body was left in between";
  }
}

}  // namespace
}  // namespace comity::taxii
