#include <type_traits>

#include "release/compose.h"
#include "release/told_items.h"
#include "release/told_law.h"
#include "release/told_own.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

static_assert(!std::is_constructible_v<Told, json::Value, uint64_t>);
static_assert(!std::is_copy_constructible_v<Told>);
static_assert(!std::is_default_constructible_v<Shown>);
static_assert(!std::is_constructible_v<Token, std::string>);

struct Telling : World, testing::Test {
  OfficeKey ru = office("ru/gs"), ru2 = office("ru/mfa"), iq = office("iq/defence"), il = office("il/aman");
  AgreementKey open = agreement("ru.open", {ru, iq}, {grant("share")});
  AgreementKey secret = agreement("ru.secret", {ru, il}, {prohibition("CANARY-CLAUSE")});

  Told told(Result<Told> result) {
    EXPECT_TRUE(result.has_value());
    return std::move(*result);
  }
  static std::string text(Told const& told) { return json::write(told.value()); }
  static std::string at(Told const& told, char const* pointer) {
    boost::json::error_code none;
    auto const* value = told.value().find_pointer(pointer, none);
    return value ? json::write(*value) : "";
  }
};

TEST_F(Telling, HiddenAgreementsAreNotThere) {
  std::string const list = text(tell_agreements(eyes(iq), {}));
  EXPECT_NE(list.find("ru.open"), std::string::npos);
  EXPECT_EQ(list.find("secret"), std::string::npos);
  EXPECT_EQ(tell_agreement(eyes(iq), secret, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(tell_matrix(eyes(iq), secret).error().code, ErrorCode::not_found);
  EXPECT_EQ(tell_clocks(eyes(ru2), open).error().code, ErrorCode::not_found) << "another office of the party";
  EXPECT_EQ(text(tell_agreements(Eyes(state, {}, keys), {})), R"({"agreements":[],"more":false})");
}

TEST_F(Telling, AnAgreementIsItsTextAndItsStatus) {
  Bytes const source = R"({"id":"ru.open","title":"T","clauses":[{"id":"share"}]})";
  Told const one = told(tell_agreement(eyes(iq), open, {0, source}));
  EXPECT_EQ(at(one, "/title"), "\"T\"");
  EXPECT_EQ(at(one, "/status/state"), "\"in_force\"");
  EXPECT_EQ(at(one, "/status/members"), R"(["iq","ru"])");
  EXPECT_EQ(at(one, "/status/standing/ru/state"), "\"party\"");
  EXPECT_EQ(one.epoch(), state.epoch);
  EXPECT_EQ(tell_agreement(eyes(iq), open, {7, source}).error().code, ErrorCode::corrupt);
}

TEST_F(Telling, WhatIsPublicOfAnAgreementIsItsExistence) {
  auto text_of = std::make_shared<model::Text>(*state.law.agreement(secret).text);
  text_of->visibility.existence = model::Visible::to_public;
  state.law.agreement(secret).text = text_of;
  Told const one = told(tell_agreement(eyes(iq), secret, {}));
  EXPECT_EQ(at(one, "/id"), "\"ru.secret\"");
  EXPECT_EQ(at(one, "/status/members") + at(one, "/status/standing") + at(one, "/title"), "");
}

TEST_F(Telling, UnlistedPartiesAreLeftOutOfWhatIsTold) {
  office("zz/hidden");
  state.law.parties.back().listing = model::Listing::unlisted;
  EXPECT_EQ(text(tell_parties(eyes(iq))).find("zz"), std::string::npos);
  EXPECT_EQ(tell_party(eyes(iq), PartyKey(state.law.parties.size() - 1)).error().code, ErrorCode::not_found);
}

TEST_F(Telling, WhoLeftIsToldHowItStoodThen) {  // B9
  Bytes const source = R"({"id":"ru.open","clauses":[]})";
  auto& agreement = state.law.agreement(open);
  PartyKey const of_iq = state.law.party_of(iq), of_ru = state.law.party_of(ru);
  tick();
  agreement.standing[of_iq].push_back({state::Standing::former, state.last_time});
  std::string const at_once = text(told(tell_agreement(eyes(iq), open, {0, source})));
  tick();
  agreement.standing[of_ru].push_back({state::Standing::suspended, state.last_time});
  suspend(open);
  Told const later = told(tell_agreement(eyes(iq), open, {0, source}));
  EXPECT_EQ(text(later), at_once) << "nothing later";
  EXPECT_EQ(at(later, "/status/state"), "\"in_force\"");
  EXPECT_EQ(at(later, "/status/standing/iq/state"), "\"former\"");
  EXPECT_EQ(at(later, "/status/standing/ru"), "") << "the acts of others are not kept";
  EXPECT_EQ(text(told(tell_clocks(eyes(iq), open))), "[]");
  AgreementFilter suspended;
  suspended.state = state::AgreementState::suspended;
  EXPECT_EQ(text(tell_agreements(eyes(iq), suspended)).find("ru.open"), std::string::npos);
  EXPECT_EQ(at(told(tell_agreement(eyes(ru), open, {0, source})), "/status/state"), "\"suspended\"");
}

TEST_F(Telling, TheMatrixSaysWhichClauseRunsFromWhomToWhom) {
  Told const matrix = told(tell_matrix(eyes(iq), open));
  EXPECT_EQ(at(matrix, "/matrix"), R"([{"from":"iq","to":"ru","clause":"share","type":"grant"},)"
                                   R"({"from":"ru","to":"iq","clause":"share","type":"grant"}])");
  suspend(open);
  EXPECT_EQ(at(told(tell_matrix(eyes(iq), open)), "/matrix"), "[]");
}

TEST_F(Telling, TheGrantsOfATextAreTermsAndNeverItems) {  // G5, B4
  contribute(ru, open, indicator(1));
  Bytes const source = R"({"id":"ru.open","clauses":[{"id":"share","from":"each"}]})";
  Told const diff = told(tell_grants(eyes(iq), open, {0, source}));
  EXPECT_EQ(at(diff, "/gains/0/id"), "\"share\"");
  EXPECT_EQ(at(diff, "/gives/0/id"), "\"share\"");
  EXPECT_EQ(text(diff).find(uuid_of(1)), std::string::npos);
}

TEST_F(Telling, ADiffSaysWhatWouldAppearAndDisappearBetweenWhom) {  // G5, B4, B14
  Bytes const source =
      R"({"clauses":[{"id":"share","type":"grant","text":"W","from":"each","to":"others","fields":"all"}]})";
  state::Law const before = state.law;
  state::Law then = before;
  then.agreement(open).history.push_back({state::AgreementState::suspended, state.last_time});
  then.agreement(secret).history.push_back({state::AgreementState::terminated, state.last_time});
  LawChange const ends{before, then};
  EXPECT_EQ(changed_agreements(eyes(iq), ends), std::vector{open}) << "what is hidden has not changed";
  std::string const row =
      R"([{"clause":"share","between":[{"from":"iq","to":["ru"]},{"from":"ru","to":["iq"]}],"type":"grant","fields":"all"}])";
  Told const gone = told(tell_grant_diff(eyes(iq), ends, open, {0, source}));
  EXPECT_EQ(at(gone, "/disappear"), row);
  EXPECT_EQ(at(gone, "/appear"), "[]");
  EXPECT_EQ(at(gone, "/assuming"), "");
  LawChange const begins{then, before, open};
  Told const back = told(tell_grant_diff(eyes(iq), begins, open, {0, source}));
  EXPECT_EQ(at(back, "/appear"), row);
  EXPECT_EQ(at(back, "/disappear"), "[]");
  EXPECT_NE(at(back, "/assuming"), "");
  EXPECT_EQ(tell_grant_diff(eyes(iq), ends, secret, {0, source}).error().code, ErrorCode::not_found);
  EXPECT_EQ(tell_grant_diff(eyes(iq), ends, open, {7, source}).error().code, ErrorCode::corrupt);
  EXPECT_TRUE(changed_agreements(eyes(iq), {before, before}).empty());
}

// One party alone leaves: what ran to it and from it ends, and nothing else.
TEST_F(Telling, ADiffIsOfTheVeryPairs) {
  AgreementKey const three = agreement("ru.three", {ru, iq, il}, {grant("share")});
  Bytes const source = R"({"clauses":[{"id":"share","type":"grant"}]})";
  state::Law const before = state.law;
  state::Law then = before;
  then.agreement(three).standing[state.law.find_party("il")].push_back(
      {state::Standing::suspended, state.last_time});
  Told const diff = told(tell_grant_diff(eyes(iq), {before, then}, three, {0, source}));
  EXPECT_EQ(at(diff, "/disappear/0/between"),
            R"([{"from":"il","to":["iq","ru"]},{"from":"iq","to":["il"]},{"from":"ru","to":["il"]}])");
}

TEST_F(Telling, ARulingNamesWhatItsReaderMayKnowNow) {  // G4, G5
  model::Ruling ruling =
      model::refused({model::ReasonCode::third_party_rule, secret, "CANARY-CLAUSE", "indicator--x"});
  std::string const for_iq = text(told(tell_ruling(eyes(iq), iq, ruling)));
  EXPECT_EQ(for_iq.find("CANARY"), std::string::npos);
  EXPECT_EQ(for_iq.find("ru.secret"), std::string::npos);
  EXPECT_NE(for_iq.find("another rule"), std::string::npos);
  EXPECT_NE(text(told(tell_ruling(eyes(il), il, ruling))).find("ru.secret"), std::string::npos);
  EXPECT_EQ(tell_ruling(eyes(il), iq, ruling).error().code, ErrorCode::not_found)
      << "another office's ruling";
}

TEST_F(Telling, WhyIsForThoseWhoHaveOrHadIt) {
  ItemKey const item = contribute(ru, open, indicator(1));
  EXPECT_EQ(at(told(tell_why(eyes(iq), item, open)), "/clause"), "\"share\"");
  EXPECT_EQ(tell_why(eyes(il), item, open).error().code, ErrorCode::not_found);
  suspend(open);
  Told const gone = told(tell_why(eyes(iq), item, open));
  EXPECT_EQ(at(gone, "/given"), "false");
  EXPECT_EQ(at(gone, "/reasons/0/why"), "\"no_grant_in_force\"");
}

TEST_F(Telling, WhoSeesIsForTheOriginatorWithClauseOrReasons) {
  ItemKey const item = contribute(ru, open, indicator(1));
  Told const before = told(tell_who_sees(eyes(ru), item, open));
  EXPECT_EQ(at(before, "/offices/0/office"), "\"iq/defence\"");
  EXPECT_EQ(at(before, "/offices/0/clause"), "\"share\"");
  EXPECT_EQ(at(before, "/others"), "\"not counted\"");
  EXPECT_EQ(tell_who_sees(eyes(iq), item, open).error().code, ErrorCode::not_found);
  suspend(open);
  Told const after = told(tell_who_sees(eyes(ru), item, open));
  EXPECT_EQ(at(after, "/offices/0/given"), "false");
  EXPECT_EQ(at(after, "/offices/0/reasons/0/why"), "\"no_grant_in_force\"");
}

TEST_F(Telling, WhoSeesDoesNotTellWhatOthersHold) {
  ItemKey const item = contribute(ru, open, indicator(1));
  std::string const before = text(told(tell_who_sees(eyes(ru), item, open)));
  AgreementKey const other = agreement("il.other", {il, iq}, {grant("all")});
  contribute(il, other, indicator(1, R"(,"confidence":4)", "2025-09-01T00:00:00Z"));
  EXPECT_EQ(text(told(tell_who_sees(eyes(ru), item, open))), before);
}

TEST_F(Telling, MeIsWhoLooks) {
  UtcTime const now = state.last_time + hours(1);
  Told const me = tell_me(Eyes(state, {iq, model::role::watch, model::right::read}, keys), now);
  EXPECT_EQ(at(me, "/office"), "\"iq/defence\"");
  EXPECT_EQ(at(me, "/roles"), R"(["watch"])");
  EXPECT_EQ(at(me, "/rights"), R"(["read"])");
  EXPECT_EQ(at(me, "/centre/demo"), "false");
  EXPECT_EQ(at(me, "/time"), "\"" + to_text(now) + "\"") << "the clock, whatever the log's last record is";
}

TEST_F(Telling, ClocksAreDatesThatTheTextSays) {
  auto text_of = std::make_shared<model::Text>(*state.law.agreement(open).text);
  text_of->term = state.last_time + days(10);
  model::Condition date;
  date.kind = model::Condition::Kind::date;
  date.date = state.last_time + days(1);
  text_of->clauses[0].applies_until = date;
  state.law.agreement(open).text = text_of;
  Told const clocks = told(tell_clocks(eyes(iq), open));
  EXPECT_EQ(at(clocks, "/0/what") + at(clocks, "/0/clause"), "\"clause_ends\"\"share\"");
  EXPECT_EQ(at(clocks, "/1/what"), "\"term\"");
}

// --- composed answers ----------------------------------------------------------------------------------------------

TEST_F(Telling, AnEnvelopeHasItsObjectsByteForByte) {
  contribute(ru, open, "  " + indicator(1));
  contribute(ru, open, indicator(2));
  FeedQuery query;
  query.limit = 1;
  Page const first = page(eyes(iq), query);
  Shown const& shown = first.shown.front();
  auto const bytes = make_edition(shown, {shown.payload(), payloads.at(shown.payload())});
  Token const token = token_after(eyes(iq), query, shown.place());
  Composer body(eyes(iq));
  body.open()
      .name("more")
      .truth(Truth::yes)
      .name("next")
      .token(token)
      .name("objects")
      .open_list()
      .part(*bytes);
  body.close_list().close();
  Released<Bytes> const answer = body.finish();
  EXPECT_EQ(answer.value(),
            R"({"more":true,"next":")" + token.text() + R"(","objects":[  )" + indicator(1) + "]}");
  EXPECT_TRUE(answer.current_at(state.epoch));
}

TEST_F(Telling, AnAnswerIsAsOldAsItsOldestPart) {  // G6
  Told const before = told(tell_name(eyes(iq), open));
  suspend(open);
  Composer body(eyes(iq));
  body.open_list().told(before).number(-3).text("fixed").joined(
      {FixedText("/taxii2/"), &before, FixedText("/")});
  Released<Bytes> const answer = body.close_list().finish();
  EXPECT_EQ(answer.value(), R"(["ru.open",-3,"fixed","/taxii2/ru.open/"])");
  EXPECT_FALSE(answer.current_at(state.epoch));
  Composer fixed;
  EXPECT_TRUE(fixed.told(tell_problem("Bad request", 400, {ErrorCode::bad_input, "say \"a\"", "/x"}))
                  .finish()
                  .current_at(state.epoch + 9));
}

TEST_F(Telling, CollectionIdsSayNothingAndStay) {
  std::string const before = text(tell_collection_id(eyes(iq), open, "received"));
  EXPECT_NE(before, text(tell_collection_id(eyes(ru), open, "received")));
  EXPECT_NE(before, text(tell_collection_id(eyes(iq), open, "contributed")));
  agreement("il.more", {il, ru}, {});
  EXPECT_EQ(text(tell_collection_id(eyes(iq), open, "received")), before);
}

}  // namespace
}  // namespace comity::release
