#include "forms/act.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/seam.h"
#include "forms/act_fields.h"

namespace comity::forms {
namespace {

// The key is of the seed 00 01 … 1f; the signature over golden_bytes was made with the openssl program.
std::string const key_id = "ed25519:56475aa75463474c";
std::string const golden_act =
    R"({"agreement":"ru.baghdad-centre","centre":"centre.example","founding_key":"ed25519:56475aa75463474c",)"
    R"("key":"ed25519:56475aa75463474c","kind":"sign","not_after":"2026-12-01T00:00:00.000000Z","office":"ru/mfa",)"
    R"("party":"ru","seq":7,"text_hash":"79bac4afd2c67b5ba929eaefe772f364332610b1cef70fa4e691f350e37385e4","version":1})";
std::string const golden_signature =
    "cLWSxjqKkFm3SAtBps2nfUULoxVk3rmrA19h3Fe4v86AbYWNbn30UocTjuJxqVdiSX0jMqJ4rI2pfbL2mQanCw==";

crypto::SecretKey secret(char first = 0) {
  Bytes seed(32, 0);
  for (size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<char>(i);
  seed[0] = first;
  return *crypto::SecretKey::from_seed(seed);
}

json::Value parsed(std::string_view text) { return *json::parse(text, limits::act_bytes); }

json::Object act() { return parsed(golden_act).as_object(); }

std::string document(std::string const& act, std::string const& signatures) {
  return R"({"act":)" + act + R"(,"signatures":)" + signatures + "}";
}

std::string one_signature(std::string const& key = key_id, std::string const& value = golden_signature) {
  return R"([{"key":")" + key + R"(","value":")" + value + R"("}])";
}

// "pointer: reason", or empty.
std::string refusal_of(std::string const& text) {
  auto const read = read_act(text);
  return read ? "" : read.error().pointer + ": " + read.error().detail;
}

TEST(Act, IsReadAndVerified) {
  auto const read = read_act(document(golden_act, one_signature()));
  ASSERT_TRUE(read) << read.error().pointer << " " << read.error().detail;
  EXPECT_EQ(read->kind, "sign");
  EXPECT_EQ(read->centre, "centre.example");
  EXPECT_EQ(read->party, "ru");
  EXPECT_EQ(read->founding_key, key_id);
  EXPECT_EQ(read->office, "ru/mfa");
  EXPECT_EQ(read->key, key_id);
  EXPECT_EQ(read->seq, 7u);
  EXPECT_EQ(to_text(read->not_after), "2026-12-01T00:00:00.000000Z");
  EXPECT_FALSE(read->verified) << "reading is not verifying";
  EXPECT_TRUE(verify_act(*read, secret().public_key()));
  EXPECT_FALSE(verify_act(*read, secret(1).public_key()));
}

TEST(Act, SignedBytesAreThoseOfThePage) {
  EXPECT_EQ(signed_bytes(golden_act), "comity-act/1\n" + golden_act);
  auto const shuffled =
      read_act(document(R"({ "version":1, "text_hash":)"
                        R"("79bac4afd2c67b5ba929eaefe772f364332610b1cef70fa4e691f350e37385e4",)"
                        R"("seq":7,"party":"ru","off\u0069ce":"ru\/mfa","kind":"sign",)"
                        R"("not_after":"2026-12-01T00:00:00.000000Z","key":"ed25519:56475aa75463474c",)"
                        R"("founding_key":"ed25519:56475aa75463474c","centre":"centre.example",)"
                        R"("agreement":"ru.baghdad-centre"})",
                        one_signature()));
  ASSERT_TRUE(shuffled);
  EXPECT_EQ(shuffled->text, golden_act) << "order, space and escapes are no part of what is signed";
}

TEST(Act, SigningGivesTheGoldenSignature) {
  auto const signed_document = sign_act(act(), secret());
  ASSERT_TRUE(signed_document);
  EXPECT_EQ(json::write(*signed_document), document(golden_act, one_signature()));
}

TEST(Act, SigningRefusesWhatCouldNotBeRead) {
  EXPECT_EQ(sign_act(act(), secret(1)).error().pointer, "/signatures/0/key") << "the act names another key";
  json::Object without_seq = act();
  without_seq.erase("seq");
  EXPECT_EQ(sign_act(without_seq, secret()).error().pointer, "/act/seq");
  json::Object with_fraction = act();
  with_fraction["seq"] = 1.5;
  EXPECT_FALSE(sign_act(with_fraction, secret()));
}

TEST(Act, AnyChangeToWhatWasSignedBreaksIt) {
  for (auto const& [name, value] : act()) {
    json::Object changed = act();
    if (name == "seq" || name == "version") changed[name] = 8;
    if (name == "kind") changed[name] = "withdraw";
    if (name == "centre") changed[name] = "other.example";
    if (name == "agreement") changed[name] = "ru.il-staff";
    if (name == "office") changed[name] = "ru/general-staff";
    if (name == "not_after") changed[name] = "2026-12-02T00:00:00.000000Z";
    if (changed == act()) changed["basis"] = json::Object{{"size", 1}, {"root", std::string(64, '0')}};
    auto const read = read_act(document(json::write(changed), one_signature()));
    ASSERT_TRUE(read) << name;
    EXPECT_FALSE(verify_act(*read, secret().public_key())) << name;
  }
}

TEST(Act, Refused) {
  std::string const good = one_signature();
  auto const with = [](std::string_view member, std::string_view value) {
    json::Object changed = act();
    changed[member] = parsed(value);
    return json::write(changed);
  };
  EXPECT_EQ(refusal_of("[]"), ": must be an object");
  EXPECT_EQ(refusal_of(R"({"act":{}})"), "/signatures: missing, and there is no default for it");
  EXPECT_EQ(refusal_of(R"({"act":{},"signatures":[],"note":""})"),
            "/note: unknown key; known here: act, signatures");
  EXPECT_EQ(refusal_of(document("{}", good)), "/act/kind: missing, and there is no default for it");
  EXPECT_EQ(refusal_of(document(with("final", "true"), good)),
            "/act/final: an act holds strings and integers only");
  EXPECT_EQ(refusal_of(document(with("note", "[[null]]"), good)),
            "/act/note/0/0: an act holds strings and integers only");
  EXPECT_EQ(refusal_of(document(with("seq", "0"), good)),
            "/act/seq: must be an integer, written without a point, from 1 to 9007199254740991");
  EXPECT_EQ(refusal_of(document(with("office", "\"iq/defence\""), good)),
            "/act/office: must be an office of the act's party");
  EXPECT_EQ(refusal_of(document(with("founding_key", "\"ed25519:56475AA75463474C\""), good)),
            "/act/founding_key: must be a key's id: \"ed25519:\" and 16 hexadecimal digits");
  EXPECT_EQ(refusal_of(document(with("not_after", "\"tomorrow\""), good)),
            "/act/not_after: must be a time like \"2026-01-31T12:00:00.000000Z\"");
  EXPECT_EQ(refusal_of(document(golden_act, "[]")), "/signatures: must have a signature");
  EXPECT_EQ(refusal_of(document(golden_act, "[{},{}]")),
            "/signatures/0/key: missing, and there is no default for it");
  std::string const twice = good.substr(0, good.size() - 1) + "," + good.substr(1);
  EXPECT_EQ(refusal_of(document(golden_act, twice)), "/signatures/1/key: this key has signed already");
  EXPECT_EQ(refusal_of(document(golden_act, one_signature("ed25519:0123456789abcdef"))),
            "/signatures/0/key: must be the key that the act names");
  EXPECT_EQ(refusal_of(document(golden_act, one_signature(key_id, "AAAA"))),
            "/signatures/0/value: must be 64 bytes in base64");
}

// Recovery keys lie in different places: each adds its own.
TEST(Act, OthersSignBesideTheKeyThatItNames) {
  auto const first = sign_act(act(), secret());
  ASSERT_TRUE(first);
  auto const both = add_signature(*first, secret(2));
  ASSERT_TRUE(both) << both.error().detail;
  auto const read = read_act(json::write(*both));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->signatures.size(), 2u);
  EXPECT_TRUE(verify_act(*read, secret().public_key()));
  EXPECT_TRUE(verify_signature(*read, read->signatures[1], secret(2).public_key()));
  EXPECT_FALSE(verify_signature(*read, read->signatures[1], secret().public_key()));
  EXPECT_EQ(json::write(*add_signature(*both, secret(2))), json::write(*both)) << "once by each key";
  crypto::SecretKey const others[] = {secret(2)};
  EXPECT_EQ(json::write(*sign_act(act(), secret(), others)), json::write(*both));
  EXPECT_NE(digest_of_act(*read), digest_of_act(*read_act(json::write(*first))));
}

TEST(Act, IJsonComesFirst) {
  std::string twice = golden_act;
  twice.insert(twice.size() - 1, R"(,"s\u0065q":8)");
  EXPECT_EQ(refusal_of(document(twice, one_signature())), "/act/seq: not I-JSON: two members of one name");
  std::string fraction = golden_act;
  fraction.replace(fraction.find("\"seq\":7"), 7, "\"seq\":7.0");
  EXPECT_EQ(refusal_of(document(fraction, one_signature())),
            "/act/seq: not I-JSON: a point or an exponent, where only integers are taken");
}

TEST(Act, TooLongIsRefusedUnread) {
  EXPECT_EQ(read_act(std::string(limits::act_bytes + 1, ' ')).error().code, ErrorCode::too_large);
}

TEST(ActFields, OfTheKind) {
  auto const read = read_act(document(golden_act, one_signature()));
  ASSERT_TRUE(read);
  auto const text = text_of(*read);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->agreement, "ru.baghdad-centre");
  EXPECT_EQ(text->version, 1u);
  EXPECT_EQ(to_hex(text->text_hash), "79bac4afd2c67b5ba929eaefe772f364332610b1cef70fa4e691f350e37385e4");
  EXPECT_TRUE(has_field(*read, "agreement"));
  EXPECT_FALSE(has_field(*read, "basis"));
  EXPECT_EQ(text_field(*read, "item").error().pointer, "/act/item");
  EXPECT_EQ(number_field(*read, "agreement").error().pointer, "/act/agreement");
  EXPECT_FALSE(digest_field(*read, "agreement"));
}

// Any bytes: an answer; and a signature that still holds is over the same act.
TEST(Act, AnyBytesAtAllAreAnswered) {
  SeededEntropy random(8032);
  std::string const text = document(golden_act, one_signature());
  for (int round = 0; round < 3'000; ++round) {
    std::string mutated = text;
    for (uint64_t changes = 1 + random.next() % 3; changes > 0; --changes) {
      size_t const at = random.next() % mutated.size();
      if (random.next() % 2 == 0) {
        mutated[at] = static_cast<char>(random.next() % 128);
      } else {
        mutated.replace(at, random.next() % 20, text.substr(random.next() % text.size(), random.next() % 20));
      }
      if (mutated.empty()) mutated = "{";
    }
    auto const read = read_act(mutated);
    if (read) {
      if (verify_act(*read, secret().public_key())) EXPECT_EQ(read->text, golden_act);
    } else {
      EXPECT_FALSE(read.error().detail.empty());
    }
  }
}

}  // namespace
}  // namespace comity::forms
