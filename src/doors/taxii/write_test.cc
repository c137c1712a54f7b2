// What is posted and deleted over TAXII, and how masked editions leave.
#include "doors/taxii/taxii_fixture.h"

namespace comity::taxii {
namespace {

using tests::indicator_object;
using tests::numbered_id;

class Writing : public TaxiiTest {};

TEST_F(Writing, EachObjectHasItsRuling) {  // R40 to R42
  world_.contribute("ru/staff", "ru.exchange", indicator_object(1));
  auto const posted =
      post("ru/staff", envelope({indicator_object(1), indicator_object(1, R"(,"x_new":1)"),
                                 indicator_object(2), R"({"type":"indicator","id":"nonsense"})"}));
  EXPECT_EQ(posted.status, 202);
  json::Value const status = parsed(posted);
  EXPECT_EQ(at(status, "/status"), R"("complete")");
  EXPECT_EQ(at(status, "/total_count"), "4");
  EXPECT_EQ(at(status, "/success_count"), "2") << "an exact duplicate is a success";
  EXPECT_EQ(at(status, "/successes/0/id"), "\"" + numbered_id("indicator", 1) + "\"");
  EXPECT_EQ(at(status, "/successes/0/version"), R"("2025-06-01T10:00:00.000Z")");
  EXPECT_EQ(at(status, "/failure_count"), "2");
  EXPECT_EQ(at(status, "/failures/0/x_comity_ruling/reasons/0/code"), R"("other_content")");
  EXPECT_TRUE(at(status, "/failures/0/message").starts_with("\"other_content: "));
  EXPECT_EQ(at(status, "/failures/1/id"), R"("nonsense")");
  EXPECT_EQ(at(status, "/failures/1/x_comity_findings/0/code"), R"("id_form")");
  EXPECT_EQ(at(status, "/pending_count"), "0");
  EXPECT_TRUE(parse_time(std::string(status.at("request_timestamp").as_string())));

  std::string const id(status.at("id").as_string());
  EXPECT_EQ(get("ru/staff", root + "status/" + id + "/").body, posted.body) << "told again";
  world_.advance(limits::status_kept);
  world_.advance(seconds(1));
  EXPECT_EQ(get("ru/staff", root + "status/" + id + "/").status, 404);
}

TEST_F(Writing, AnEnvelopeSentAgainIsAnsweredAsBefore) {
  http::Headers const key{{"Idempotency-Key", "one"}};
  auto const first = post("ru/staff", envelope({indicator_object(1), indicator_object(2)}), key);
  auto const again = post("ru/staff", envelope({indicator_object(1), indicator_object(2)}), key);
  EXPECT_EQ(first.body, again.body);
  auto const other = parsed(post("ru/staff", envelope({indicator_object(3)}), key));
  EXPECT_EQ(at(other, "/failures/0/x_comity_ruling/reasons/0/code"), R"("key_reused")");
  EXPECT_EQ(
      post("ru/staff", envelope({indicator_object(4)}), {{"Idempotency-Key", std::string(200, 'k')}}).status,
      400);
}

TEST_F(Writing, APreviewContributesNothing) {  // 25-isolation C10
  auto const seen =
      post("ru/staff", envelope({indicator_object(1), R"({"type":"x"})"}, R"(,"x_comity_preview":true)"));
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(at(parsed(seen), "/x_comity_preview"), "true");
  EXPECT_EQ(at(parsed(seen), "/success_count"), "1");
  EXPECT_EQ(get("iq/defence", received + "objects/").body, "{}");
  EXPECT_EQ(post("ru/staff", envelope({indicator_object(1)}, R"(,"x_comity_prevew":true)")).status, 422);
  EXPECT_EQ(get("iq/defence", received + "objects/").body, "{}")
      << "who mistypes the flag contributes nothing";
}

TEST_F(Writing, BodiesThatAreNone) {
  for (char const* body : {"", "{", "[]", "{}", R"({"objects":[]})", R"({"objects":[{}],"objects":[{}]})",
                           "{\"objects\":[{\"a\":\"\xff\"}]}"}) {
    auto const answer = post("ru/staff", body);
    EXPECT_EQ(answer.status, 422) << body;
    EXPECT_EQ(at(parsed(answer), "/http_status"), "\"422\"");
  }
}

TEST_F(Writing, DeletedIsGoneForEveryone) {  // R19
  std::string const later = "2025-07-01T10:00:00.000Z", id = numbered_id("indicator", 1);
  world_.contribute("ru/staff", "ru.exchange", indicator_object(1));
  world_.contribute("ru/staff", "ru.exchange", indicator_object(1, "", later));
  std::string const own = contributed + "objects/" + id + "/", theirs = received + "objects/" + id + "/";
  EXPECT_EQ(remove("iq/defence", theirs).status, 403) << "what was received is not the receiver's to delete";
  EXPECT_EQ(remove("iq/defence", own).status, 404);
  EXPECT_EQ(remove("ru/staff", own + "?match[version]=never").status, 400);
  auto const gone = remove("ru/staff", own);
  EXPECT_EQ(gone.status, 200);
  EXPECT_EQ(gone.body, "");
  EXPECT_EQ(get("iq/defence", theirs).body, "{\"more\":false,\"objects\":[" + indicator_object(1) + "]}")
      << "the last one went";
  EXPECT_EQ(remove("ru/staff", own + "?match[version]=all").status, 200);
  EXPECT_EQ(get("iq/defence", theirs).status, 404);
  EXPECT_EQ(get("iq/defence", received + "manifest/").body, "{}");
  EXPECT_EQ(remove("ru/staff", own).status, 404);
}

TEST_F(Writing, ARevocationCountsAtOnce) {
  EXPECT_EQ(get("iq/defence", received + "manifest/").status, 200);
  world_.send(world_.prepare(world_.duty("iq/defence"), model::CommandKind::revoke_client,
                             commands::RevokeClient{"iq/defence/feed"}));
  EXPECT_EQ(get("iq/defence", received + "manifest/").status, 401);
}

// What is given an hour later.
class Delayed : public TaxiiTest {
 protected:
  static std::string delayed_grant() {
    std::string clause = tests::grant_clause("later");
    return clause.replace(clause.find("PT0S"), 4, "PT1H");
  }
  Delayed() : TaxiiTest({delayed_grant(), tests::ending_clause()}) {}
};

TEST_F(Delayed, WhileADeadlineIsOverdueNobodyIsServed) {  // 25-isolation G14
  world_.contribute("ru/staff", "ru.exchange", indicator_object(1));
  EXPECT_EQ(get("iq/defence", received + "objects/").body, "{}");
  world_.advance(hours(1));
  world_.advance(seconds(2));
  for (char const* office : {"iq/defence", "il/staff", ""})
    EXPECT_EQ(get(office, "/taxii2/").status, 503) << office;
  EXPECT_EQ(get("il/staff", "/taxii2/nonsense/").status, 503);
  world_.contribute("ru/staff", "ru.exchange",
                    indicator_object(2));  // wakes the machine, which first says the time
  EXPECT_EQ(ids(get("iq/defence", received + "objects/")), std::vector{numbered_id("indicator", 1)});
}

// Names, patterns and times only, and without saying whose: editions, each noted before it leaves (25-isolation A14).
class Masked : public TaxiiTest {
 protected:
  Masked()
      : TaxiiTest(
            {tests::grant_clause("some", R"({"only":["pattern","pattern_type","valid_from"]})", "centre")}) {}
};

TEST_F(Masked, LeaveWhenTheMachineKnowsThem) {
  world_.contribute("ru/staff", "ru.exchange", indicator_object(1, R"(,"description":"canary")"));
  auto const noted = [&] {
    return world_.centre().read(
        [](sequencer::Glimpse const& glimpse) { return glimpse.state.holdings.served.size(); });
  };
  EXPECT_EQ(noted(), 0U);
  auto const page = get("iq/defence", received + "objects/");
  ASSERT_EQ(ids(page).size(), 1U);
  EXPECT_EQ(noted(), 1U);
  std::string const id = ids(page).front();
  EXPECT_NE(id, numbered_id("indicator", 1));
  EXPECT_EQ(page.body.find("canary"), Bytes::npos);
  EXPECT_EQ(page.body.find("Name 1"), Bytes::npos);
  EXPECT_EQ(get("iq/defence", received + "objects/").body, page.body) << "the same the second time";
  EXPECT_EQ(noted(), 1U);
  EXPECT_EQ(ids(get("iq/defence", received + "manifest/")), ids(page));
  EXPECT_EQ(get("iq/defence", received + "objects/" + id + "/").body, page.body);
  EXPECT_EQ(get("iq/defence", received + "objects/" + numbered_id("indicator", 1) + "/").status, 404);
  EXPECT_EQ(get("iq/defence", root + "collections/from-ru/objects/").body, "{}")
      << "who gave it is not said (A8)";
}

}  // namespace
}  // namespace comity::taxii
