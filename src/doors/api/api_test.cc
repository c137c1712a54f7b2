// Commands, items and what an office is told about itself, over a real socket.
#include "api_fixture.h"

namespace comity::api {
namespace {

using tests::grant_clause;
using tests::indicator_object;
using tests::numbered_id;

std::string envelope(std::vector<Bytes> const& objects, std::string const& more = "") {
  std::string list;
  for (Bytes const& object : objects) list += (list.empty() ? "" : ",") + object;
  return R"({"objects":[)" + list + "]" + more + "}";
}

class Api : public ApiTest {
 protected:
  void centre() {
    world_.in_force("ru.exchange", {"ru/general-staff", "iq/defence"}, {grant_clause("share")});
  }
  std::string const id_ = numbered_id("indicator", 1);
};

TEST_F(Api, WhoIsNobodyIsToldNothing) {
  EXPECT_EQ(ask("", http::Method::get, "/api/v1/me").status, 401);
  EXPECT_EQ(ask("", http::Method::get, "/api/v1/agreements/ru.nothing").status, 401);
  EXPECT_EQ(ask("", http::Method::get, "/api/v1/nowhere").status, 404);
}

TEST_F(Api, TheAskerIsToldWhoItIs) {
  auto const me = get("ru/mfa", "/me");
  EXPECT_EQ(me.at("/office"), "ru/mfa");
  EXPECT_EQ(me.at("/centre/origin"), "test.example");
  EXPECT_FALSE(me.headers.has("X-Comity-Demo"));
  EXPECT_NE(get("ru/mfa", "/parties").body.find("\"il\""), std::string::npos);
  EXPECT_EQ(get("ru/mfa", "/parties/ru/offices").json().as_array().size(), 2u);
  EXPECT_EQ(get("ru/mfa", "/parties/zz").status, 404);
}

TEST_F(Api, AFormIsAskedForBeforeAnythingIsDone) {
  EXPECT_EQ(command("ru/mfa", "{").status, 400);
  auto const unknown = command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed","x":1}})");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_EQ(unknown.at("/problems/0/pointer"), "/body/x");
  EXPECT_EQ(unknown.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(command("ru/mfa", "{}", {{"Content-Type", "text/plain"}}).status, 415);
  EXPECT_EQ(get("ru/mfa", "/me", {{"Accept", "text/html"}}).status, 406);
}

TEST_F(Api, OneKeyIsOneCommand) {
  std::string const revoke = R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"}})";
  auto const first = command("ru/mfa", revoke, {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.at("/digest"), "") << "of a proposal alone";
  EXPECT_EQ(command("ru/mfa", revoke, {{"Idempotency-Key", "k1"}}).body, first.body);
  EXPECT_EQ(get("ru/mfa", "/commands/k1").body, first.body);
  EXPECT_EQ(get("iq/defence", "/commands/k1").status, 404);
  auto const other =
      command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/general-staff/feed"}})",
              {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.at("/reasons/0/code"), "key_reused");
}

TEST_F(Api, AListHasARulingForEach) {
  auto const list = command("ru/mfa", R"([{"kind":"revoke_client","body":{"client":"ru/mfa/feed"}},
                                          {"kind":"revoke_client","body":{"client":"ru/mfa/none"}}])",
                            {{"Idempotency-Key", "list"}});
  EXPECT_EQ(list.status, 422);
  EXPECT_EQ(list.at("/0/outcome"), "accepted");
  EXPECT_EQ(list.at("/1/reasons/0/code"), "unknown_client");
  EXPECT_EQ(get("ru/mfa", "/commands/list.1").at("/reasons/0/code"), "unknown_client");
}

TEST_F(Api, ClientsComeAndGo) {
  auto const made = post("ru/mfa", "/clients",
                         R"({"office":"ru/mfa","slug":"robot","rights":["read"],"password":"x y z"})");
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_NE(get("ru/mfa", "/clients").body.find("ru/mfa/robot"), std::string::npos);
  EXPECT_EQ(get("iq/defence", "/clients").body.find("ru/mfa/robot"), std::string::npos);
  EXPECT_EQ(ask("ru/mfa", http::Method::delete_, "/api/v1/clients/ru/mfa/robot").status, 200);
  EXPECT_EQ(ask("ru/mfa", http::Method::delete_, "/api/v1/clients/iq/defence/feed").status, 404);
  EXPECT_NE(get("ru/mfa", "/people").body.find("duty@ru"), std::string::npos);
}

TEST_F(Api, WhatIsGivenArrivesByteForByteAndNowhereElse) {
  centre();
  Bytes const object = indicator_object(1, R"(, "x_note" : 1.50)");
  auto const posted = post("ru/general-staff", "/agreements/ru.exchange/items", envelope({object}));
  EXPECT_EQ(posted.status, 200) << posted.body;
  EXPECT_EQ(posted.at("/objects/0/ruling/outcome"), "accepted");
  EXPECT_EQ(get("iq/defence", "/items").at("/items/0/id"), id_);
  auto const item = get("iq/defence", "/items/" + id_);
  EXPECT_EQ(item.body, object);
  EXPECT_EQ(item.field("Content-Type"), "application/stix+json;version=2.1");
  EXPECT_EQ(get("ru/general-staff", "/items?role=contributed").at("/items/0/id"), id_);
  EXPECT_EQ(get("ru/general-staff", "/items/" + id_).body, object);
  EXPECT_EQ(get("iq/defence", "/items/" + id_ + "?version=2025-06-01T10:00:00Z").status, 200);
  EXPECT_EQ(get("iq/defence", "/items/" + id_ + "?version=2020-06-01T10:00:00Z").status, 404);
  auto const hidden = get("il/general-staff", "/items/" + id_);
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(hidden.body, get("il/general-staff", "/items/" + numbered_id("indicator", 9)).body);
  EXPECT_EQ(get("il/general-staff", "/items").at("/items"), "[]");
}

TEST_F(Api, AListGoesFromTheNewestOnAndBeginsAtADate) {
  centre();
  for (int i = 1; i <= 3; ++i)
    EXPECT_EQ(
        post("ru/general-staff", "/agreements/ru.exchange/items", envelope({indicator_object(i)})).status,
        200);
  auto const first = get("iq/defence", "/items?order=newest&limit=2");
  EXPECT_EQ(first.at("/items/0/id"), numbered_id("indicator", 3));
  EXPECT_EQ(first.at("/items/1/id"), numbered_id("indicator", 2));
  EXPECT_EQ(first.at("/more"), "true");
  EXPECT_EQ(post("ru/general-staff", "/agreements/ru.exchange/items", envelope({indicator_object(4)})).status,
            200);
  std::string const after = "&after=" + first.at("/next");
  auto const last = get("iq/defence", "/items?order=newest" + after);
  EXPECT_EQ(last.at("/items/0/id"), id_) << "what came meanwhile moves nothing";
  EXPECT_EQ(last.at("/more"), "false");
  EXPECT_EQ(get("iq/defence", "/items?order=oldest" + after).status, 400) << "of the other order";
  EXPECT_EQ(get("il/general-staff", "/items?order=newest" + after).status, 400) << "of another reader";
  auto const later = get("iq/defence", "/items?added_after=" + first.at("/items/1/date_added"));
  EXPECT_EQ(later.at("/items/0/id"), numbered_id("indicator", 3));
  EXPECT_EQ(later.at("/items/1/id"), numbered_id("indicator", 4));
  EXPECT_EQ(get("il/general-staff", "/items?order=newest").at("/items"), "[]");
  for (char const* wrong : {"order=up", "order=newest&role=reference", "added_after=yesterday"})
    EXPECT_EQ(get("iq/defence", std::string("/items?") + wrong).status, 400) << wrong;
}

TEST_F(Api, EachObjectIsJudgedOnItsOwn) {
  centre();
  auto const posted = post("ru/general-staff", "/agreements/ru.exchange/items",
                           envelope({R"({"type":"indicator"})", indicator_object(1)}));
  EXPECT_EQ(posted.status, 200);
  EXPECT_EQ(posted.at("/accepted"), "1");
  EXPECT_NE(posted.at("/objects/0/problems/0/reason"), "");
  EXPECT_EQ(posted.at("/objects/1/id"), id_);
  EXPECT_EQ(
      post("ru/general-staff", "/agreements/ru.exchange/items", envelope({}, R"(,"x_comity_previw":true)"))
          .status,
      422);
}

TEST_F(Api, AnEnvelopeForPreviewContributesNothing) {
  centre();
  auto const seen = post("ru/general-staff", "/agreements/ru.exchange/items",
                         envelope({indicator_object(1)}, R"(,"x_comity_preview":true)"));
  EXPECT_EQ(seen.at("/objects/0/ruling/outcome"), "accepted");
  EXPECT_EQ(get("iq/defence", "/items").at("/items"), "[]");
}

TEST_F(Api, WhyAndWhoSees) {
  centre();
  world_.contribute("ru/general-staff", "ru.exchange", indicator_object(1));
  auto const why = get("iq/defence", "/items/" + id_ + "/why");
  EXPECT_EQ(why.at("/why/0/given"), "true") << why.body;
  EXPECT_EQ(why.at("/why/0/clause"), "share");
  auto const seen = get("ru/general-staff", "/items/" + id_ + "/who-sees");
  EXPECT_EQ(seen.at("/who_sees/0/offices/0/office"), "iq/defence") << seen.body;
  EXPECT_EQ(get("iq/defence", "/items/" + id_ + "/who-sees").status, 404);
  EXPECT_EQ(get("il/general-staff", "/items/" + id_ + "/why").status, 404);
}

TEST_F(Api, WhoWouldSeeWhatIsNotGivenYet) {
  centre();
  auto const preview = post(
      "ru/general-staff", "/previews",
      R"({"questions":["who_sees"],"commands":[{"kind":"contribute","body":{"agreement":"ru.exchange","object":)" +
          indicator_object(1) + "}}]}");
  EXPECT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.at("/who_sees/0/audience/offices/0/office"), "iq/defence") << preview.body;
  EXPECT_EQ(get("iq/defence", "/items").at("/items"), "[]");
}

TEST_F(Api, WhatIsDeletedIsGoneAndADutyStays) {
  centre();
  world_.contribute("ru/general-staff", "ru.exchange", indicator_object(1));
  EXPECT_EQ(get("iq/defence", "/items/" + id_).status, 200);
  EXPECT_EQ(get("iq/defence", "/duties").at("/duties"), "[]");
  EXPECT_EQ(ask("iq/defence", http::Method::delete_, "/api/v1/items/" + id_).at("/reasons/0/code"),
            "unknown_item");
  EXPECT_EQ(ask("ru/general-staff", http::Method::delete_, "/api/v1/items/" + id_).status, 200);
  EXPECT_EQ(get("iq/defence", "/items/" + id_).status, 404);
  auto const duties = get("iq/defence", "/duties");
  EXPECT_EQ(duties.at("/duties/0/kind"), "deletion") << duties.body;
  EXPECT_EQ(duties.at("/duties/0/id"), id_);
  EXPECT_EQ(duties.at("/more"), "false");
  auto const after = get("iq/defence", "/duties?after=" + duties.at("/next"));
  EXPECT_EQ(after.at("/duties"), "[]") << after.body;
  EXPECT_EQ(get("il/general-staff", "/duties").at("/duties"), "[]");
}

TEST_F(Api, AnEditionIsNotedAndTheSameBytesEachTime) {
  world_.in_force("ru.exchange", {"ru/general-staff", "iq/defence"},
                  {grant_clause("share", R"({"only":["pattern","pattern_type","valid_from"]})", "centre")});
  world_.contribute("ru/general-staff", "ru.exchange",
                    indicator_object(1, R"(,"description":"canary-7731")"));
  auto const rows = get("iq/defence", "/items");
  std::string const own = rows.at("/items/0/id");
  EXPECT_NE(own, id_);
  EXPECT_EQ(rows.body.find("canary"), std::string::npos);
  auto const first = get("iq/defence", "/items/" + own);
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.body.find("canary"), std::string::npos);
  EXPECT_EQ(get("iq/defence", "/items/" + own).body, first.body);
  EXPECT_EQ(get("iq/defence", "/items/" + id_).status, 404);
  EXPECT_EQ(get("iq/defence", "/items/" + own + "/why").at("/why/0/form"), "edition");
}

TEST_F(Api, RefusalsWaitInTheInboxWithAdvice) {
  command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/mfa/none"}})");
  command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/mfa/other"}})");
  auto const inbox = get("ru/mfa", "/refusals");
  EXPECT_EQ(inbox.at("/counts/0/code"), "unknown_client");
  EXPECT_EQ(inbox.at("/counts/0/count"), "2");
  EXPECT_NE(inbox.at("/counts/0/detail"), "");
  EXPECT_EQ(inbox.at("/refusals/0/reasons/0/subject"), "ru/mfa/other");
  EXPECT_EQ(get("ru/general-staff", "/refusals").at("/refusals"), "[]");
}

TEST_F(Api, RecordsAreThoseOfTheOfficeAndGoOn) {
  command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/mfa/none"}})");
  command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"}})");
  auto const first = get("ru/mfa", "/records?limit=1");  // the client that the world was made with
  EXPECT_EQ(first.at("/records/0/kind"), "register_client") << first.body;
  EXPECT_EQ(first.at("/more"), "true");
  auto const rest = get("ru/mfa", "/records?after=" + first.at("/next"));
  EXPECT_EQ(rest.at("/records/0/reasons/0/code"), "unknown_client") << rest.body;
  EXPECT_EQ(rest.at("/records/1/outcome"), "accepted");
  EXPECT_EQ(rest.at("/more"), "false");
  EXPECT_EQ(get("iq/defence", "/records?after=" + first.at("/next")).status, 400);
}

TEST_F(Api, WhatOthersDoDoesNotMoveTheMark) {
  auto const before = get("ru/mfa", "/me");
  command("iq/defence", R"({"kind":"revoke_client","body":{"client":"iq/defence/none"}})");
  EXPECT_EQ(get("ru/mfa", "/me").field("Comity-Seen"), before.field("Comity-Seen"));
  auto const written = command("ru/mfa", R"({"kind":"revoke_client","body":{"client":"ru/mfa/none"}})");
  EXPECT_NE(written.field("Comity-Seen"), before.field("Comity-Seen"));
  EXPECT_EQ(get("ru/mfa", "/me", {{"Comity-At-Least", written.field("Comity-Seen")}}).status, 200);
  EXPECT_EQ(get("iq/defence", "/me", {{"Comity-At-Least", written.field("Comity-Seen")}}).status, 400);
}

}  // namespace
}  // namespace comity::api
