// An agreement from draft to force through the door, and what goes wrong on the way.
#include "api_fixture.h"

namespace comity::api {
namespace {

using tests::agreement_text;
using tests::grant_clause;

std::string draft_of(std::string const& text) {
  return R"({"kind":"draft_agreement","body":{"text":)" + text + "}}";
}

class Agreements : public ApiTest {
 protected:
  std::string const text_ = world_.with_founding_keys(
      agreement_text("ru.exchange", {"ru/general-staff", "iq/defence"}, {grant_clause("share")}));
  std::string hash() { return to_hex(forms::compile(text_)->text_hash); }

  void draft() { ASSERT_EQ(command("ru/general-staff", draft_of(text_)).status, 200); }
  Said act(std::string const& kind, std::string const& office, json::Object more = {}) {
    json::Object members = on_text("ru.exchange", hash());
    for (auto const& member : more) members[member.key()] = member.value();
    return command(office, signed_act(kind, office, std::move(members)));
  }
  void to_signature() {
    draft();
    for (std::string const kind : {"sponsor", "table_agreement"})
      ASSERT_EQ(act(kind, "ru/general-staff").status, 200) << kind;
    ASSERT_EQ(act("sponsor", "iq/defence").status, 200);
  }
};

TEST_F(Agreements, FromDraftToForceWithRealSignatures) {
  to_signature();
  EXPECT_EQ(get("iq/defence", "/agreements/ru.exchange").at("/status/state"), "open");
  EXPECT_EQ(act("sign", "ru/general-staff").status, 200);
  auto const last = act("sign", "iq/defence");
  EXPECT_EQ(last.status, 200) << last.body;
  EXPECT_EQ(last.at("/outcome"), "accepted");
  EXPECT_NE(last.at("/effects").find("in_force"), std::string::npos) << last.body;
  EXPECT_EQ(get("iq/defence", "/agreements/ru.exchange").at("/status/state"), "in_force");
  EXPECT_EQ(get("iq/defence", "/agreements?state=in_force").at("/agreements/0/id"), "ru.exchange");
  EXPECT_NE(get("iq/defence", "/agreements/ru.exchange/matrix").body.find("share"), std::string::npos);
  auto const acts = get("iq/defence", "/agreements/ru.exchange/acts");
  EXPECT_EQ(acts.status, 200);
  EXPECT_NE(acts.body.find("signatures"), std::string::npos) << acts.body;
}

TEST_F(Agreements, TheTextComesAsDrafted) {
  draft();
  auto const object = get("ru/general-staff", "/agreements/ru.exchange");
  EXPECT_EQ(object.at("/clauses/0/id"), "share");
  EXPECT_EQ(object.field("Cache-Control"), "private, no-store");
  auto const words = get("ru/general-staff", "/agreements/ru.exchange", {{"Accept", "text/markdown"}});
  EXPECT_EQ(words.body, "# Words\n");
  EXPECT_EQ(get("ru/general-staff", "/agreements/ru.exchange?version=2").status, 404);
}

TEST_F(Agreements, WhatWasSignedForSomethingElseIsRefused) {
  to_signature();
  auto const code = [](Said const& said) {
    return std::to_string(said.status) + " " + said.at("/reasons/0/code");
  };
  EXPECT_EQ(code(act("sign", "ru/general-staff", {{"centre", "other.example"}})), "422 wrong_centre");
  EXPECT_EQ(code(act("sign", "ru/general-staff", {{"text_hash", std::string(64, 'b')}})), "422 wrong_text");
  EXPECT_EQ(code(act("sign", "ru/general-staff", {{"not_after", to_text(world_.clock.now() - hours(1))}})),
            "422 act_expired");
  EXPECT_EQ(code(act("sign", "ru/general-staff", {{"seq", 1}})), "422 act_repeated");
  // The same document with another signature in it.
  std::string const good = signed_act("sign", "ru/general-staff", on_text("ru.exchange", hash()));
  std::string const other =
      signed_act("sign", "ru/general-staff", on_text("ru.exchange", std::string(64, 'c')));
  auto mixed = json::parse(good, limits::act_bytes).value();
  mixed.at("signatures") = json::parse(other, limits::act_bytes)->at("signatures");
  EXPECT_EQ(code(command("ru/general-staff", json::write(mixed))), "422 bad_signature");
  EXPECT_EQ(code(command("ru/general-staff",
                         R"({"kind":"sign","body":)" + json::write(on_text("ru.exchange", hash())) + "}")),
            "422 not_signed");
}

TEST_F(Agreements, ATextThatDoesNotCompileSaysWhereAndNothingIsStored) {
  std::string wrong = text_;
  wrong.replace(wrong.find("memorandum"), 10, "conspiracy");
  auto const compiled = post("ru/mfa", "/agreements/compile", wrong);
  EXPECT_EQ(compiled.status, 422);
  EXPECT_EQ(compiled.at("/problems/0/pointer"), "/kind");
  auto const drafted = command("ru/general-staff", draft_of(wrong));
  EXPECT_EQ(drafted.status, 422);
  EXPECT_EQ(drafted.at("/problems/0/pointer"), "/body/text/kind");
  EXPECT_EQ(get("ru/general-staff", "/agreements").at("/agreements"), "[]");
}

TEST_F(Agreements, CompilingTellsTheHashAndTheTerms) {
  auto const compiled = post("ru/general-staff", "/agreements/compile", text_);
  EXPECT_EQ(compiled.status, 200) << compiled.body;
  EXPECT_EQ(compiled.at("/text_hash"), hash());
  EXPECT_EQ(compiled.at("/grants/gains/0/id"), "share");
  std::string unknown = text_;
  for (size_t at; (at = unknown.find("iq")) != std::string::npos;) unknown.replace(at, 2, "zz");
  EXPECT_EQ(post("ru/general-staff", "/agreements/compile", unknown).status, 422);
  EXPECT_EQ(get("ru/general-staff", "/agreements").at("/agreements"), "[]");
}

TEST_F(Agreements, HiddenIsAbsentByteForByte) {
  draft();
  for (std::string const rest : {"", "/acts", "/clocks", "/matrix"}) {
    auto const hidden = get("il/general-staff", "/agreements/ru.exchange" + rest);
    auto const absent = get("il/general-staff", "/agreements/ru.nothing" + rest);
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.body, absent.body);
    for (auto const& [name, value] : hidden.headers)
      if (name != "Date") EXPECT_EQ(value, absent.field(name)) << name;
  }
  // The path comes before the method: what is hidden has none.
  EXPECT_EQ(ask("il/general-staff", http::Method::put, "/api/v1/agreements/ru.exchange").status, 404);
  EXPECT_EQ(ask("ru/general-staff", http::Method::put, "/api/v1/agreements/ru.exchange").status, 405);
  EXPECT_EQ(post("il/general-staff", "/agreements/ru.exchange/items", "{}").body,
            post("il/general-staff", "/agreements/ru.nothing/items", "{}").body);
}

}  // namespace
}  // namespace comity::api
