// Previews through the door: commands that see those before them, what would appear and disappear, and who is told what.
#include "api_fixture.h"

namespace comity::api {
namespace {

using tests::agreement_text;
using tests::grant_clause;
using tests::indicator_object;
using tests::numbered_id;

class Previews : public ApiTest {
 protected:
  static std::string draft_of(std::string const& text) {
    return R"({"kind":"draft_agreement","body":{"text":)" + text + "}}";
  }
  static std::string contribution(std::string const& agreement, int number) {
    return R"({"kind":"contribute","body":{"agreement":")" + agreement + R"(","object":)" +
           indicator_object(number) + "}}";
  }
  Said preview(std::string const& office, std::vector<std::string> const& commands,
               std::string const& questions = R"(["refused?","grant_diff","who_sees"])") {
    std::string list;
    for (std::string const& one : commands) list += (list.empty() ? "" : ",") + one;
    auto said = post(office, "/previews", R"({"questions":)" + questions + R"(,"commands":[)" + list + "]}");
    EXPECT_EQ(said.status, 200) << said.body;
    return said;
  }
  // Tabled, sponsored by all and signed by ru: iq's signature is missing.
  std::string open_to_iq() {
    std::string const text = agreement_text("ru.exchange", {"ru/general-staff", "iq/defence"},
                                            {grant_clause("share"), prohibition_});
    world_.draft("ru/general-staff", text);
    world_.act_on("ru/general-staff", model::CommandKind::sponsor, "ru.exchange");
    world_.act_on("ru/general-staff", model::CommandKind::table_agreement, "ru.exchange");
    world_.act_on("iq/defence", model::CommandKind::sponsor, "ru.exchange");
    world_.act_on("ru/general-staff", model::CommandKind::sign, "ru.exchange");
    return R"({"kind":"sign","body":)" +
           json::write(
               on_text("ru.exchange", to_hex(forms::compile(world_.with_founding_keys(text))->text_hash))) +
           "}";
  }

  std::string const prohibition_ =
      R"({"id":"no-sources","type":"prohibit","scope":"this_agreement","text":"No sources.","from":"each",)"
      R"("to":"others","items":{"labels_any":["source"]},"fields":"all"})";
};

TEST_F(Previews, ADraftTellsWhatItWouldLetAppearAndLeavesNothing) {
  std::string const text = agreement_text("ru.exchange", {"ru/general-staff", "iq/defence"},
                                          {grant_clause("share"), prohibition_});
  auto const seen = preview("ru/general-staff", {draft_of(text)});
  EXPECT_EQ(seen.at("/refused?/0/outcome"), "accepted");
  EXPECT_EQ(seen.at("/grant_diff/0/agreement"), "ru.exchange");
  EXPECT_NE(seen.at("/grant_diff/0/assuming"), "");
  EXPECT_EQ(seen.at("/grant_diff/0/appear/0/clause"), "share");
  EXPECT_EQ(seen.at("/grant_diff/0/appear/0/fields"), "all");
  EXPECT_EQ(seen.at("/grant_diff/0/appear/0/between"),
            R"([{"from":"iq","to":["ru"]},{"from":"ru","to":["iq"]}])");
  EXPECT_EQ(seen.at("/grant_diff/0/appear/1/type"), "prohibit");
  EXPECT_EQ(seen.at("/grant_diff/0/disappear"), "[]");
  EXPECT_EQ(get("ru/general-staff", "/agreements").at("/agreements"), "[]");
}

TEST_F(Previews, ASignatureTellsWhatItBringsIntoForceWithoutBeingGiven) {
  std::string const sign = open_to_iq();
  auto const seen = preview("iq/defence", {sign});
  EXPECT_NE(seen.at("/refused?/0/effects").find("in_force"), std::string::npos) << seen.body;
  EXPECT_EQ(seen.at("/grant_diff/0/assuming"), "") << "the commands themselves bring it into force";
  EXPECT_EQ(seen.at("/grant_diff/0/appear/0/clause"), "share");
  EXPECT_EQ(get("iq/defence", "/agreements/ru.exchange").at("/status/state"), "open");
}

TEST_F(Previews, WhatIsContributedAfterTheSignatureIsSeenTogetherWithIt) {
  std::string const sign = open_to_iq();
  EXPECT_EQ(preview("iq/defence", {contribution("ru.exchange", 1)}).at("/refused?/0/reasons/0/code"),
            "not_a_party");
  auto const seen = preview("iq/defence", {sign, contribution("ru.exchange", 1)});
  EXPECT_EQ(seen.at("/refused?/1/outcome"), "accepted") << seen.body;
  EXPECT_EQ(seen.at("/who_sees/0/command"), "1");
  EXPECT_EQ(seen.at("/who_sees/0/audience/offices/0/office"), "ru/general-staff");
  EXPECT_EQ(seen.at("/who_sees/0/audience/offices/0/given"), "true");
  std::string const gone = R"({"kind":"delete_item","body":{"id":")" + numbered_id("indicator", 1) + "\"}}";
  auto const deleted = preview("iq/defence", {sign, contribution("ru.exchange", 1), gone, gone});
  EXPECT_EQ(deleted.at("/refused?/2/outcome"), "accepted");
  EXPECT_EQ(deleted.at("/refused?/3/reasons/0/code"), "unknown_item");
}

TEST_F(Previews, WhoWouldSeeAFurtherContributionOfWhatIsThere) {
  world_.in_force("ru.exchange", {"ru/general-staff", "iq/defence"}, {grant_clause("share")});
  world_.in_force("ru.other", {"ru/general-staff", "il/general-staff"}, {grant_clause("share")});
  world_.contribute("ru/general-staff", "ru.exchange", indicator_object(1));
  auto const seen =
      preview("ru/general-staff", {contribution("ru.other", 1), contribution("ru.exchange", 1)});
  EXPECT_EQ(seen.at("/who_sees/0/audience/offices/0/office"), "il/general-staff") << seen.body;
  EXPECT_EQ(seen.at("/who_sees/1/audience/offices/0/office"), "iq/defence") << "a duplicate has its audience";
  EXPECT_EQ(get("il/general-staff", "/items").at("/items"), "[]");
}

// G5: worked out in the copy, told by what the asker may know now. il's agreement waits for ru's, and ru may not know it.
TEST_F(Previews, WhatFollowsInAHiddenAgreementIsNotTold) {
  std::string const sign = open_to_iq();
  std::string clause = grant_clause("later");
  clause.insert(clause.size() - 1, R"(,"applies_from":{"in_force":"ru.exchange"})");
  world_.draft("iq/defence", agreement_text("iq.hidden", {"iq/defence"}, {clause}));
  auto const hidden = preview(
      "ru/general-staff",
      {draft_of(agreement_text("ru.own", {"ru/general-staff", "iq/defence"}, {grant_clause("share")}))});
  EXPECT_EQ(hidden.body.find("iq.hidden"), std::string::npos);
  EXPECT_EQ(hidden.json().at("grant_diff").as_array().size(), 1u);
  // One text by assumption and no more.
  auto const two = preview(
      "ru/general-staff",
      {draft_of(agreement_text("ru.first", {"ru/general-staff", "iq/defence"}, {grant_clause("share")})),
       draft_of(agreement_text("ru.second", {"ru/general-staff", "iq/defence"}, {grant_clause("share")}))});
  EXPECT_EQ(two.json().at("grant_diff").as_array().size(), 1u) << two.body;
  EXPECT_EQ(two.at("/grant_diff/0/agreement"), "ru.first");
}

TEST_F(Previews, NothingOfAnAgreementThatOneMayNotKnow) {
  world_.in_force("il.secret", {"il/general-staff", "iq/defence"}, {grant_clause("share")});
  auto const seen = preview("ru/general-staff", {contribution("il.secret", 1), contribution("il.absent", 1)});
  EXPECT_EQ(seen.at("/refused?/0/reasons/0/code"), "unknown_agreement");
  EXPECT_EQ(seen.at("/refused?/1/reasons/0/code"), "unknown_agreement");
  EXPECT_EQ(seen.at("/grant_diff"), "[]");
  EXPECT_EQ(seen.at("/who_sees"), "[]");
}

class FilingPreviews : public Previews {
 protected:
  FilingPreviews() {
    world_.party("us", {"defense"});
    world_.in_force(
        "us.sky", {"us/defense", "ru/general-staff", "il/general-staff"},
        {sky("warning", "warning", "ru/general-staff"), sky("plans", "details", "il/general-staff"), sites_,
         line(R"("us/defense")", R"("ru/general-staff","il/general-staff")")});
    world_.in_force("il.sky", {"il/general-staff", "ru/general-staff"},
                    {sky("hidden", "reference", "ru/general-staff", "il/general-staff"),
                     line(R"("il/general-staff")", R"("ru/general-staff")")});
  }
  static std::string sky(std::string const& id, std::string const& level, std::string const& with,
                         std::string const& between = "us/defense") {
    return R"({"id":")" + id + R"(","type":"deconflict","text":"","between":[[")" + between + R"("],[")" +
           with +
           R"("]],"area":{"polygon":[[390000000,340000000],[410000000,340000000],[410000000,360000000],[390000000,360000000]]},)"
           R"("window":null,"states":["Accepted","Activated"],"separation":{"horizontal_m":0,"vertical_m":0,"time_s":0},)"
           R"("lead_time":"PT0S","level":")" +
           level +
           R"(","contact":"line",)"
           R"("grid":{"cell_e7":65536,"altitude_m":1024,"time_s":1024},"evaluations_per_day":1})";
  }
  static std::string volume(int west_e7) {
    std::string const west = std::to_string(west_e7), east = std::to_string(west_e7 + 1'000'000);
    return R"([{"polygon":[[)" + west + ",350000000],[" + east + ",350000000],[" + west +
           R"(,351000000]],)"
           R"("low":{"value":0,"unit":"m","reference":"W84"},"high":{"value":9,"unit":"m","reference":"W84"},)"
           R"("from":"2026-02-01T10:00:00.000000Z","until":"2026-02-01T11:00:00.000000Z"}])";
  }
  static std::string intent(int west_e7) {
    return R"({"kind":"put_intent","body":{"id":"00000000-0000-4000-8000-000000000001","state":"Accepted","extents":)" +
           volume(west_e7) + "}}";
  }
  static std::string site(int west_e7) {
    return R"({"kind":"put_site","body":{"id":"00000000-0000-4000-8000-000000000002","kind":"hospital","name":"x",)"
           R"("source":"x","measured":"x","reconfirm_by":"2026-03-01T10:00:00.000000Z","extents":)" +
           volume(west_e7) + "}}";
  }
  static std::string zone(int west_e7) {
    return R"({"kind":"put_constraint","body":{"id":"00000000-0000-4000-8000-000000000003","extents":)" +
           volume(west_e7) + "}}";
  }
  static std::string line(std::string const& one, std::string const& other) {
    return R"({"id":"line","type":"contact","text":"","ends":[[)" + one + "],[" + other +
           R"(]],"languages":["en"],"test_every":"P1D","overdue_after":"PT1H"})";
  }
  std::string told(std::string const& office, std::string const& filing) {
    auto const seen = preview(office, {filing}, R"(["refused?","who_is_told"])");
    EXPECT_EQ(seen.at("/refused?/0/outcome"), "accepted") << seen.body;
    EXPECT_EQ(seen.body.find("disclosed"), std::string::npos)
        << "of conflicts it says nothing: " << seen.body;
    return seen.at("/who_is_told/0/told");
  }

  static constexpr int here = 400'000'000, elsewhere = 600'000'000;
  std::string const sites_ =
      R"({"id":"sites","type":"notify","text":"","from":["us/defense"],"to":["ru/general-staff"],"about":"site",)"
      R"("lead_time":"PT0S","acknowledge_within":"PT15M","read_back":false,"escalate_every":"PT5M","contact":"line",)"
      R"("separation":{"horizontal_m":0,"vertical_m":0,"time_s":0},"evaluations_per_day":1,)"
      R"("grid":{"cell_e7":65536,"altitude_m":1024,"time_s":1024}})";
  std::string const warned_ =
      R"({"agreement":"us.sky","clause":"warning","call":"line","when":"met","learns":"warning","offices":["ru/general-staff"]})";
  std::string const shown_ =
      R"({"agreement":"us.sky","clause":"plans","call":"line","when":"filed","learns":"details","offices":["il/general-staff"]})";
};

TEST_F(FilingPreviews, AnIntentIsToldAsTheClausesSayThatRunForItsOffice) {
  EXPECT_EQ(told("us/defense", intent(here)), "[" + warned_ + "," + shown_ + "]");
  EXPECT_EQ(told("us/defense", intent(elsewhere)), "[]");
  EXPECT_EQ(told("iq/defence", intent(here)), "[]");
  world_.act_on("us/defense", model::CommandKind::suspend, "us.sky");
  EXPECT_EQ(told("us/defense", intent(here)), "[]");
}

TEST_F(FilingPreviews, ASiteIsToldWhoMeetsItAndAZoneWhoIsShownPlans) {
  EXPECT_EQ(
      told("us/defense", site(here)),
      R"([{"agreement":"us.sky","clause":"sites","call":"line","when":"met","learns":"warning","offices":["ru/general-staff"]}])");
  EXPECT_EQ(told("il/general-staff", site(here)), "[]");
  EXPECT_EQ(told("us/defense", zone(here)), "[" + shown_ + "]");
}

// It would be a way to ask for nothing (25-isolation G5, G10): what others have filed changes no word of it, and it uses no budget.
TEST_F(FilingPreviews, WhatOthersHaveFiledIsNotLookedAt) {
  auto const before = preview("us/defense", {intent(here), site(here)}, R"(["refused?","who_is_told"])").body;
  EXPECT_EQ(post("ru/general-staff", "/commands", intent(here)).status, 200);
  EXPECT_EQ(preview("us/defense", {intent(here), site(here)}, R"(["refused?","who_is_told"])").body, before);
  auto const filed = post("us/defense", "/commands", intent(here));
  EXPECT_EQ(filed.at("/filing/conflicts"), "disclosed to you: see your notices")
      << "nothing was charged: " << filed.body;
}

// 25-isolation G6: of the same ruling nothing is left that a clause would have to give.
TEST_F(FilingPreviews, ARulingAskedForAgainSaysWhatIsDisclosedThen) {
  EXPECT_EQ(post("il/general-staff", "/commands", intent(here)).status, 200);
  auto const filed = command("us/defense", intent(here), {{"Idempotency-Key", "filed"}});
  EXPECT_EQ(filed.at("/filing/conflicts"), "disclosed to you: see your notices") << filed.body;
  EXPECT_EQ(filed.at("/filing/cells_shared_with"), "1");
  EXPECT_EQ(get("us/defense", "/commands/filed").at("/filing"), filed.at("/filing"));
  world_.act_on("us/defense", model::CommandKind::suspend, "us.sky");
  for (auto const& again : {get("us/defense", "/commands/filed"),
                            command("us/defense", intent(here), {{"Idempotency-Key", "filed"}})}) {
    EXPECT_EQ(again.at("/filing/conflicts"), "none new disclosed to you") << again.body;
    EXPECT_EQ(again.at("/filing/cells_shared_with"), "0");
  }
}

TEST_F(FilingPreviews, AFilingIsRefusedForWhatItsOwnOfficeHasFiled) {
  auto const filed = post("us/defense", "/commands", intent(here));
  EXPECT_EQ(filed.status, 200) << filed.body;
  auto const again = preview("us/defense", {intent(here)}, R"(["refused?","who_is_told"])");
  EXPECT_EQ(again.at("/refused?/0/outcome"), "refused") << "it is there, and names no OVN";
  EXPECT_EQ(again.at("/who_is_told"), "[]");
  auto const theirs = preview("ru/general-staff", {intent(here)}, R"(["refused?"])");
  EXPECT_EQ(theirs.at("/refused?/0/outcome"), "accepted") << "an id is its office's (G2)";
}

// A preview is no record, so it would be a way to ask for nothing (25-isolation G5, G10).
TEST_F(FilingPreviews, WhatLooksAtVolumesOfOthersIsFiledInstead) {
  std::string asked = intent(here);
  asked.replace(asked.find("put_intent"), 10, "preview_conflicts");
  auto const no =
      post("ru/general-staff", "/previews", R"({"questions":["refused?"],"commands":[)" + asked + "]}");
  EXPECT_EQ(no.status, 422) << no.body;
  EXPECT_NE(no.body.find("/commands/0/kind"), std::string::npos) << no.body;
}

}  // namespace
}  // namespace comity::api
