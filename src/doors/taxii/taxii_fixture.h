// For the tests of this door: a small world, a real server on a free loopback port, and clients that ask as an office.
//
// ru and iq share the agreement `ru.exchange`, which gives everything; il is a party of the same centre and shares nothing.
#pragma once

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "doors/http/client.h"
#include "doors/http/server.h"
#include "doors/taxii/door.h"

namespace comity::taxii {

inline std::string const taxii_media = "application/taxii+json;version=2.1";

// What a client asks for; the rest is as a well-behaved client has it.
struct Asked {
  http::Method method = http::Method::get;
  std::string path;
  Bytes body = {};
  http::Headers more = {};
  std::string accept = taxii_media;
  std::string content_type = taxii_media;
};

class TaxiiTest : public testing::Test {
 protected:
  explicit TaxiiTest(std::vector<std::string> const& clauses = {tests::grant_clause("all")}) {
    world_.party("ru", {"staff"});
    world_.party("iq", {"defence"});
    world_.party("il", {"staff"});
    world_.in_force("ru.exchange", {"ru/staff", "iq/defence"}, clauses);
    http::ServerOptions options;
    options.tick = milliseconds(5);
    options.refuse = door_.refusals();
    options.cuts = auth::cuts_of(world_.centre());
    server_ = std::make_unique<http::Server>(
        options,
        [this](http::Request&& request, http::Done done) { router_.serve(std::move(request), done); },
        [this] { return world_.centre().epoch(); });
    EXPECT_TRUE(server_->start());
  }

  // As the client of an office; an empty office sends no credential.
  http::Response ask(std::string const& office, Asked const& asked) {
    http::ClientRequest request{.method = asked.method,
                                .url = "http://127.0.0.1:" + std::to_string(server_->port()) + asked.path,
                                .headers = asked.more,
                                .body = asked.body};
    if (!asked.accept.empty()) request.headers.add("Accept", asked.accept);
    if (asked.method == http::Method::post) request.headers.add("Content-Type", asked.content_type);
    if (!office.empty())
      request.headers.add("Authorization", "Basic " + crypto::to_base64(office + "/feed:" + tests::password));
    auto response = client_.fetch(request);
    EXPECT_TRUE(response) << response.error().detail;
    return response.value_or(http::Response{});
  }
  http::Response get(std::string const& office, std::string const& path) {
    return ask(office, {.path = path});
  }
  http::Response post(std::string const& office, Bytes const& body, http::Headers more = {}) {
    return ask(office,
               {.method = http::Method::post, .path = contributed + "objects/", .body = body, .more = more});
  }
  http::Response remove(std::string const& office, std::string const& path) {
    return ask(office, {.method = http::Method::delete_, .path = path});
  }

  static std::string field(http::Response const& response, std::string const& name) {
    return std::string(response.headers.find(name).value_or(""));
  }
  static json::Value parsed(http::Response const& response) {
    auto value = json::parse(response.body, 64u << 20, json::Numbers::any);
    EXPECT_TRUE(value) << response.body;
    return value ? std::move(*value) : json::Value(json::Object{});
  }
  static std::string at(json::Value const& value, std::string const& pointer) {
    return json::write(value.at_pointer(pointer));
  }
  // Ids in an envelope or manifest, in order.
  static std::vector<std::string> ids(http::Response const& response) {
    std::vector<std::string> all;
    json::Value const body = parsed(response);
    if (auto const* objects = body.as_object().if_contains("objects"))
      for (json::Value const& one : objects->as_array()) all.emplace_back(one.at("id").as_string());
    return all;
  }
  static std::string envelope(std::vector<Bytes> const& objects, std::string const& more = "") {
    std::string list;
    for (Bytes const& one : objects) list += (list.empty() ? "" : ",") + one;
    return "{\"objects\":[" + list + "]" + more + "}";
  }

  static inline std::string const root = "/taxii2/ru.exchange/";
  static inline std::string const received = root + "collections/received/";
  static inline std::string const contributed = root + "collections/contributed/";

  tests::TestCentre world_;
  auth::Authenticator authenticator_{world_.centre()};
  Door door_{authenticator_};
  http::Router router_{door_.routes(), door_.refusals()};
  http::Client client_;
  std::unique_ptr<http::Server> server_;  // last: it ends before what it serves
};

}  // namespace comity::taxii
