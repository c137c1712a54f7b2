// What officers of the host see and do through the door, also while the centre does not believe its clock (25-isolation G14).
#include <filesystem>

#include "api_fixture.h"

namespace comity::api {
namespace {

class Host : public ApiTest {
 protected:
  Host() {
    for (std::string const officer : {"first", "second"})
      world_.send(world_.prepare(world_.person(officer + "@hosting", operations),
                                 model::CommandKind::set_credential,
                                 commands::SetCredential{officer + "@hosting"}, tests::password_verifier()));
  }
  http::Headers by(std::string const& officer) {
    return {{"Authorization", "Basic " + crypto::to_base64(officer + "@hosting:" + tests::password)},
            {"Comity-Office", operations}};
  }
  Said see(std::string const& officer) { return get("", "/host", by(officer)); }

  // As `comity host …` does: by the time that /host tells.
  Said act(std::string const& officer, std::string const& kind, json::Object const& members) {
    auto const standing = see(officer).at("/log_stands_still_at");
    auto const now = parse_time(standing).value_or(world_.clock.now());
    json::Object all{{"key", crypto::key_id(world_.key(officer).public_key())},
                     {"not_after", to_text(now + hours(1))}};
    for (auto const& one : members) all[one.key()] = one.value();
    return command("", signed_by(officer, kind, operations, all), by(officer));
  }
  Said propose(std::string const& kind, json::Object const& body) {
    return act("first", "propose_host_act", {{"proposed", json::Object{{"kind", kind}, {"body", body}}}});
  }
  Said countersign(Said const& proposal) {
    return act("second", "countersign_host_act", {{"digest", proposal.at("/digest")}});
  }

  std::string const operations = "hosting/operations";
};

TEST_F(Host, SeesLimitsProposalsAndTheActsAsSigned) {
  auto const before = see("first");
  EXPECT_EQ(before.status, 200) << before.body;
  EXPECT_EQ(before.at("/ruleset"), "1");
  EXPECT_EQ(before.at("/limits/2/limit"), "drafts");
  EXPECT_EQ(before.at("/limits/2/value"), "20");
  EXPECT_EQ(before.at("/proposals"), "[]");
  auto const proposal = propose("set_limits", {{"drafts", 5}});
  EXPECT_EQ(proposal.at("/outcome"), "accepted") << proposal.body;
  auto const open = see("second");
  EXPECT_EQ(open.at("/proposals/0/kind"), "set_limits");
  EXPECT_EQ(open.at("/proposals/0/by"), "first@hosting");
  EXPECT_EQ(open.at("/proposals/0/digest"), proposal.at("/digest"));
  EXPECT_EQ(open.at("/proposals/0/document/act/proposed/body/drafts"), "5");
  auto const agreed = countersign(proposal);
  EXPECT_EQ(agreed.at("/outcome"), "accepted") << agreed.body;
  auto const after = see("first");
  EXPECT_EQ(after.at("/limits/2/value"), "5");
  EXPECT_EQ(after.at("/proposals"), "[]");
  EXPECT_EQ(get("ru/general-staff", "/me").at("/limits/drafts"), "5");
}

TEST_F(Host, IsForItsOfficersOnly) {
  EXPECT_EQ(get("ru/general-staff", "/host").status, 403);
  EXPECT_EQ(get("", "/host").status, 401);
}

TEST_F(Host, ProposalsThatAreTooOldAreNotShown) {
  propose("set_limits", {{"drafts", 5}});
  world_.advance(limits::countersign_within);
  EXPECT_EQ(see("second").at("/proposals"), "[]");
}

TEST_F(Host, OfficersGetThroughWhileNothingElseIsServed) {
  std::string delayed = tests::grant_clause("later");
  delayed.replace(delayed.find("PT0S"), 4, "PT1H");
  world_.in_force("ru.pact", {"ru/general-staff", "iq/defence"}, {delayed, tests::ending_clause()});
  world_.contribute("iq/defence", "ru.pact", tests::indicator_object(1));
  ASSERT_EQ(get("ru/general-staff", "/agreements").status, 200);
  close();
  world_.options.leaps = sequencer::Leaps::refused;
  world_.restart();
  UtcTime const before = world_.clock.now();
  world_.advance(days(30));
  for (char const* path : {"/agreements", "/parties", "/items?role=received", "/records"})
    EXPECT_EQ(get("ru/general-staff", path).status, 503) << path;
  EXPECT_EQ(post("ru/general-staff", "/previews", R"({"commands":[],"questions":[]})").status, 503);
  EXPECT_EQ(command("ru/general-staff", R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"}})").status,
            503);
  EXPECT_EQ(get("ru/general-staff", "/me").status, 200);
  EXPECT_EQ(see("first").at("/log_stands_still_at"), to_text(before));
  auto const proposal = propose("advance_time", {{"to", to_text(world_.clock.now())}});
  EXPECT_EQ(proposal.at("/outcome"), "accepted") << proposal.status << proposal.body;
  auto const agreed = countersign(proposal);
  EXPECT_EQ(agreed.at("/outcome"), "accepted") << agreed.body;
  world_.centre().submit_and_wait(std::vector<sequencer::Submission>{});
  EXPECT_EQ(get("ru/general-staff", "/agreements").status, 200);
  EXPECT_EQ(see("first").at("/log_stands_still_at"), "");
}

// The journal was put back (25-isolation G15).
TEST_F(Host, AfterARestoreOfficersAndWhatIsPresentedGetThrough) {
  Index const size = world_.centre().read([](auto const& glimpse) { return glimpse.state.next_index; });
  world_.stop();
  std::filesystem::remove(world_.data() + "/in-flight");
  world_.restart();
  for (char const* path : {"/agreements", "/parties", "/items?role=received", "/records", "/host", "/duties"})
    EXPECT_EQ(get("ru/general-staff", path).status, 503) << path;
  // A person is told what she needs to sign with; a client presents nothing.
  EXPECT_EQ(get("ru/general-staff", "/me").at("/centre/origin"), "test.example");
  http::Headers const feed{{"Authorization", "Basic " + crypto::to_base64("ru/general-staff/feed:" +
                                                                          std::string(tests::password))}};
  for (char const* path : {"/me", "/recoveries"}) EXPECT_EQ(get("", path, feed).status, 503) << path;
  auto const mark = get("ru/general-staff", "/me").field("Comity-Seen");
  EXPECT_EQ(get("", "/me").status, 401);
  EXPECT_EQ(post("ru/general-staff", "/previews", R"({"commands":[],"questions":[]})").status, 503);
  EXPECT_EQ(
      command("ru/general-staff", R"({"kind":"register_client","body":{"office":"ru/mfa","slug":"other",)"
                                  R"("rights":["read"],"password":"long enough for one"}})")
          .status,
      503);
  EXPECT_EQ(get("", "/me", by("first")).status, 200);
  auto const seen = see("first");
  EXPECT_EQ(seen.at("/put_back/cause"), "no_head") << seen.body;
  EXPECT_EQ(seen.at("/put_back/from"), std::to_string(size));
  EXPECT_EQ(seen.at("/put_back/epoch"), "1");
  EXPECT_EQ(command("ru/general-staff", R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"}})")
                .at("/outcome"),
            "accepted");
  auto const other = propose("set_limits", {{"drafts", 5}});
  EXPECT_EQ(other.status, 503);
  int64_t const from = static_cast<int64_t>(size);
  auto const proposal = propose("restored", {{"from", from}, {"to", from}, {"epoch", 1}});
  EXPECT_EQ(proposal.at("/outcome"), "accepted") << proposal.status << proposal.body;
  EXPECT_EQ(countersign(proposal).at("/outcome"), "accepted");
  EXPECT_EQ(get("ru/general-staff", "/agreements").status, 200);
  EXPECT_EQ(get("ru/general-staff", "/me").at("/centre/origin"), "test.example/e1");
  EXPECT_EQ(get("ru/general-staff", "/me", {{"Comity-At-Least", mark}}).status, 400) << "of another epoch";
  EXPECT_EQ(see("first").at("/put_back"), "");
  EXPECT_EQ(get("ru/general-staff", "/clients").at("/1/client"), "ru/mfa/feed");
}

// B5, G14, G15: the new key that an objection has to name is told to its own party, however long nobody is served.
TEST_F(Host, ARecoveryIsToldAndStoppedWhileNobodyIsServed) {
  crypto::PublicKey const given = world_.key("il").public_key();
  std::string const octets =
      crypto::to_base64(BytesView(reinterpret_cast<char const*>(given.octets.data()), given.octets.size()));
  auto const filed = propose("recover_key", {{"party", "iq"}, {"key", octets}});
  EXPECT_EQ(countersign(filed).at("/outcome"), "accepted") << filed.body;
  close();
  world_.stop();
  std::filesystem::remove(world_.data() + "/in-flight");
  world_.restart();
  world_.advance(hours(100));
  EXPECT_EQ(get("iq/defence", "/recoveries").at("/0/new_key"), crypto::key_id(given));
  EXPECT_EQ(get("ru/general-staff", "/recoveries").body, "[]");
  auto const objection = signed_act("object_to_recovery", "iq/defence", {{"new_key", crypto::key_id(given)}});
  EXPECT_EQ(command("iq/defence", objection).at("/outcome"), "accepted");
  EXPECT_EQ(get("iq/defence", "/recoveries").body, "[]");
}

}  // namespace
}  // namespace comity::api
