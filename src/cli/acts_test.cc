#include "cli/acts.h"

#include <gtest/gtest.h>

#include "cli/agreement_view.h"
#include "crypto/sha256.h"
#include "forms/act.h"

namespace comity::cli {
namespace {

// The first vector of RFC 8032, 7.1.
crypto::SecretKey key() {
  Digest seed;
  EXPECT_TRUE(from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed));
  return crypto::SecretKey::from_seed(seed.view()).value();
}

json::Value parsed(std::string_view text) { return json::parse(text, 100'000).value(); }

constexpr char const* me = R"({"centre":{"name":"Centre","origin":"centre.example/1","demo":false},
  "time":"2026-01-31T12:00:00.000000Z","office":"ru/mfa",
  "party":{"party":"ru","kind":"state","name":"Russia","founding_key":"ed25519:0011223344556677","last_seq":7}})";

TEST(Acts, AnActIsMadeOfWhatTheCentreSaysAboutUs) {
  auto const act = act_base(parsed(me), "sign", key().public_key());
  ASSERT_TRUE(act.has_value());
  EXPECT_EQ(json::Value(*act), parsed(R"({"kind":"sign","centre":"centre.example/1","party":"ru",
    "founding_key":"ed25519:0011223344556677","office":"ru/mfa","key":"ed25519:21fe31dfa154a261","seq":1769860800000000,
    "not_after":"2026-01-31T13:00:00.000000Z"})"));
}

TEST(Acts, TheNumberOfAnActCountsNothingAndIsAboveTheLast) {
  auto const seq_after = [](int64_t last) {
    json::Value value = parsed(me);
    value.at("party").as_object()["last_seq"] = last;
    return act_base(value, "sign", key().public_key()).value().at("seq").as_int64();
  };
  EXPECT_EQ(seq_after(7), seq_after(12)) << "what a party signed elsewhere shows";
  EXPECT_EQ(seq_after(1'769'860'800'000'000), 1'769'860'800'000'001);
}

TEST(Acts, WithoutAnOfficeThereIsNothingToSignAs) {
  auto const act = act_base(parsed(R"({"centre":{"origin":"c"},"time":"2026-01-31T12:00:00.000000Z"})"),
                            "sign", key().public_key());
  ASSERT_FALSE(act.has_value());
  EXPECT_NE(act.error().detail.find("party"), std::string::npos);
}

TEST(Acts, TheHashIsOfTheWordsAndNotOfTheStatus) {
  auto const bare = text_hash_of(parsed(R"({"id":"ru.x","text":"words"})"));
  auto const served = text_hash_of(parsed(R"({"status":{"state":"draft"},"text":"words","id":"ru.x"})"));
  EXPECT_EQ(*bare, *served);
  EXPECT_EQ(*bare, crypto::sha256(R"({"id":"ru.x","text":"words"})"));
  EXPECT_NE(*bare, *text_hash_of(parsed(R"({"id":"ru.x","text":"other words"})")));
}

constexpr char const* act = R"({"kind":"sign","centre":"centre.example/1","party":"ru",
  "founding_key":"ed25519:0011223344556677","office":"ru/mfa","agreement":"ru.x","version":1,
  "text_hash":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"})";

TEST(Acts, SigningOfflineFillsInWhatIsMissing) {
  OfflineAct const offline{act, "9", *parse_time("2026-01-31T12:00:00.000000Z")};
  auto const document = sign_offline(offline, key());
  ASSERT_TRUE(document.has_value());
  auto const read = forms::read_act(json::write(*document));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->seq, 9u);
  EXPECT_EQ(to_text(read->not_after), "2026-02-06T12:00:00.000000Z");
  EXPECT_TRUE(forms::verify_act(*read, key().public_key()));
}

TEST(Acts, SigningOfflineIsDeterministicAndTakesItsOwnDocumentAgain) {
  OfflineAct const offline{act, "9", *parse_time("2026-01-31T12:00:00.000000Z")};
  auto const once = sign_offline(offline, key()).value();
  EXPECT_EQ(once, sign_offline({json::write(once), "", {}}, key()).value());
}

TEST(Acts, SigningOfflineNeedsANumber) {
  EXPECT_EQ(sign_offline({act, "", {}}, key()).error().code, ErrorCode::bad_input);
  for (char const* seq : {"0", "-1", "x", "1x", "99999999999999999999"})
    EXPECT_FALSE(sign_offline({act, seq, {}}, key()).has_value()) << seq;
}

TEST(Acts, AnActForAnotherKeyIsNotSigned) {
  json::Value other = parsed(act);
  other.as_object()["key"] = "ed25519:ffffffffffffffff";
  EXPECT_FALSE(sign_offline({json::write(other), "9", {}}, key()).has_value());
}

TEST(AgreementView, ATextShowsWhoGivesWhatToWhom) {
  std::string const text = agreement_text(parsed(R"({"id":"ru.x","title":"A \u001btitle","version":1,
    "participants":[{"party":"ru","offices":["ru/mfa"]},{"party":"iq"}],
    "clauses":[{"id":"share","type":"grant","text":"Reports.","from":"each","to":["iq"],"items":{"types":["report"]},"fields":"all"}],
    "status":{"state":"in_force","members":["iq","ru"],"standing":{"ru":{"state":"party","since":"t"}}}})"));
  EXPECT_NE(text.find("A \\x1btitle"), text.npos);
  EXPECT_NE(
      text.find("share  grant, from each to iq\n    Reports.\n    items   types report\n    fields  all\n"),
      text.npos)
      << text;
  EXPECT_NE(text.find("ru/mfa, iq"), text.npos);
}

}  // namespace
}  // namespace comity::cli
