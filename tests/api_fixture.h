// For the tests of this door: a centre of tests/centre_fixture.h behind a real socket, and askers with a credential.
#pragma once

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "doors/api/door.h"
#include "doors/http/client.h"
#include "doors/http/server.h"
#include "json/json.h"

namespace comity::api {

struct Said {
  int status = 0;
  http::Headers headers;
  Bytes body;

  json::Value json() const {
    auto value = json::parse(body, limits::request_body_bytes, json::Numbers::any);
    EXPECT_TRUE(value) << body;
    return value.value_or(json::Value());
  }
  std::string field(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
  // What stands at a JSON pointer, as text; "" where there is nothing.
  std::string at(std::string_view pointer) const {
    auto const value = json();
    boost::system::error_code wrong;
    auto const* found = value.find_pointer(pointer, wrong);
    if (!found) return {};
    return found->is_string() ? std::string(std::string_view(found->get_string())) : json::write(*found);
  }
};

class ApiTest : public testing::Test {
 protected:
  ApiTest() {
    world_.party("ru", {"general-staff", "mfa"});
    world_.party("iq", {"defence"});
    world_.party("il", {"general-staff"});
  }
  ~ApiTest() override { server_.reset(); }

  // The doors open when the first one asks, so that a world can be made before.
  void open() {
    if (server_) return;
    authenticator_ = std::make_unique<auth::Authenticator>(world_.centre());
    door_ = std::make_unique<Door>(world_.centre(), *authenticator_);
    router_ = std::make_unique<http::Router>(door_->routes());
    server_ = std::make_unique<http::Server>(
        http::ServerOptions{},
        [this](http::Request&& request, http::Done done) {
          router_->serve(std::move(request), std::move(done));
        },
        [this] { return world_.centre().epoch(); });
    ASSERT_TRUE(server_->start());
  }

  // Before the world is restarted.
  void close() {
    server_.reset();
    router_.reset();
    door_.reset();
    authenticator_.reset();
  }

  Said ask(std::string const& office, http::Method method, std::string const& path, Bytes body = {},
           http::Headers headers = {}) {
    open();
    http::ClientRequest request{method, "http://127.0.0.1:" + std::to_string(server_->port()) + path};
    std::string const party = office.substr(0, office.find('/'));
    if (!office.empty()) {
      std::string const user = party == "hosting" ? "" : "duty@" + party;
      request.headers.add("Authorization", "Basic " + crypto::to_base64(user + ":" + tests::password));
      request.headers.add("Comity-Office", office);
    }
    for (auto const& [name, value] : headers) request.headers.add(name, value);
    if (!body.empty() && !headers.has("Content-Type"))
      request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
    auto answer = client_.fetch(request);
    EXPECT_TRUE(answer) << answer.error().detail;
    if (!answer) return {};
    return {answer->status, std::move(answer->headers), std::move(answer->body)};
  }
  Said get(std::string const& office, std::string const& path, http::Headers headers = {}) {
    return ask(office, http::Method::get, "/api/v1" + path, {}, std::move(headers));
  }
  Said post(std::string const& office, std::string const& path, Bytes body, http::Headers headers = {}) {
    return ask(office, http::Method::post, "/api/v1" + path, std::move(body), std::move(headers));
  }
  Said command(std::string const& office, std::string const& document, http::Headers headers = {}) {
    return post(office, "/commands", document, std::move(headers));
  }

  // A document with an act about a text, as a party's own client would sign it: `members` replace those of the act.
  std::string signed_act(std::string const& kind, std::string const& office, json::Object members) {
    return signed_by(office.substr(0, office.find('/')), kind, office, std::move(members));
  }
  // The same by any key of the world's: an officer's own, say.
  std::string signed_by(std::string const& signer, std::string const& kind, std::string const& office,
                        json::Object members) {
    std::string const party = office.substr(0, office.find('/'));
    json::Object act{{"kind", kind},
                     {"centre", "test.example"},
                     {"party", party},
                     {"founding_key", crypto::key_id(world_.key(party).public_key())},
                     {"office", office},
                     {"key", crypto::key_id(world_.key(party).public_key())},
                     {"seq", int64_t{1'000'000} + ++seq_},
                     {"not_after", to_text(world_.clock.now() + hours(1))}};
    for (auto const& member : members) act[member.key()] = member.value();
    auto document = forms::sign_act(act, world_.key(signer));
    EXPECT_TRUE(document) << document.error().detail;
    json::Object out = document->as_object();
    out["kind"] = kind;
    return json::write(out);
  }
  json::Object on_text(std::string const& agreement, std::string const& hash) {
    return {{"agreement", agreement}, {"version", 1}, {"text_hash", hash}};
  }

  tests::TestCentre world_;
  int64_t seq_ = 0;
  std::unique_ptr<auth::Authenticator> authenticator_;
  std::unique_ptr<Door> door_;
  std::unique_ptr<http::Router> router_;
  std::unique_ptr<http::Server> server_;
  http::Client client_;
};

}  // namespace comity::api
