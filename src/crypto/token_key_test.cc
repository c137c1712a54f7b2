#include "crypto/token_key.h"

#include <gtest/gtest.h>

#include "base/seam.h"
#include "crypto/ed25519.h"
#include "crypto/jwt.h"

namespace comity::crypto {
namespace {

// Keys and signatures over "head.claims", made by another program (Python's cryptography).
constexpr char rsa_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq+Enx3xXHN0mtAocxvw/\n"
    "zfLy4YEOFPQPq/s3U4c2kvhsGUYuUjew48vZkv2tbIItcBuRlYfQOD2POGjiFTLU\n"
    "Zz11pMzI5NhWgy1OumLjVD/1jjDgmmFKIKB86NtmfyN7pwOJQhQvWUWi70yoXjc6\n"
    "x8uATsDP0C9e5F5SxNb1ngFlgZrt9K78g6qNjmQ3m3qxb3fTAdycOv0JMtAA4uMc\n"
    "TYkcPr3CqR+aAZocW/SQyPAONJM/zhliLdxYn85RTfq6b1o/IDJKj2iQb1JR8a3n\n"
    "9h9DUQhtl8MuuS6VU7FvBgF96h1ttcpmH5o8jjSbPBuwS2YOGibMZBPmdtr+43M4\n"
    "nwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
constexpr char rsa_n[] =
    "abe127c77c571cdd26b40a1cc6fc3fcdf2f2e1810e14f40fabfb3753873692f86c19462e5237b0e3cbd992fdad6c822d701b"
    "919587d0383d8f3868e21532d4673d75a4ccc8e4d856832d4eba62e3543ff58e30e09a614a20a07ce8db667f237ba7038942"
    "142f5945a2ef4ca85e373ac7cb804ec0cfd02f5ee45e52c4d6f59e0165819aedf4aefc83aa8d8e64379b7ab16f77d301dc9c"
    "3afd0932d000e2e31c4d891c3ebdc2a91f9a019a1c5bf490c8f00e34933fce19622ddc589fce514dfaba6f5a3f20324a8f68"
    "906f5251f1ade7f61f4351086d97c32eb92e9553b16f06017dea1d6db5ca661f9a3c8e349b3c1bb04b660e1a26cc6413e676"
    "dafee373389f";
constexpr char rsa_signature[] =
    "82826881edd666ece53eb847546670911867bc4957974c4a094a201e6431cef4c01fea92827eb4f35acf53382dd5745f37ac"
    "f01d50a7a5f8b2ee561b028fe0a6b981b91a29ba8ab3e9840c482e69ee05f7629b541aa8d249fdcc67679f5accbb2e4b7744"
    "26c60cc47dbcd2ff2c005ed51e89e5dc216c03505f75b8adcc56667cf092d5665defca57d8dcdce55121b4c4eceec262f177"
    "a1068705abb20003f0eafa5a0a69c2322d870ee00e184d24159442165359da29fbc104ae81654d9e862f42eb6bbc5757726d"
    "8ac08543e560b90f33d5ecb2ec6ffd7ccb4cca7d61890c012281bad68e3b849a73373689933ee5b19dd061b42fb0c7c0aace"
    "ad96f253ecb0";
constexpr char rsa_pss[] =
    "6e67976140a900538bb97ea227995e33b1ab4fa0925810564b797030e35b0fbfaa8e68a54ccb1f0196a00ac72229029cb663"
    "6b2589fcc3ed93754959a4054081413966fbeaa87a54afc48c10149bf076264cf5419cf017c1c33f76c7488c722033938f1a"
    "4f5d7408d7f05ef1944f43fa8904eaf323fc988ac87d7a6be289b5f9e80aac9e6d3e093de0ce22e3bea5cf7a21a8b9125916"
    "fcc86ad0794fdb8d11b20d5cf54e559c3abe37c332b2b8d2f768b546156e1edbf0ed5e84a5864ff1d35f501ceb253d8b95b9"
    "ec01d517406eb61480cfd7974f5c15e5cf23c3ef73bf8f97c00139a163ca5b3bbb1f8f3c9b25256e21a2bbcf99f80fdea971"
    "edb8bb4d46dc";
constexpr char small_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC1TFaB8+S/183DGTfNLRTOWoBA\n"
    "bXdjM02NkN0playke9ad4HGt5GdkWcObfkg5IpwQivaS4w2C1FgukdFbFR9GDVSZ\n"
    "07+dGDFu27mDYUHypJjiZSxo7kHhZRUMMVAA++Gfs8WDBEFa79p6Xr/svP0QnuMs\n"
    "Ngh8yaqALlDxUp8XUwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
constexpr char p256_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMkshighCY4u6pgG7vi5BHBJRvht8\n"
    "w3ULkDLDZQpFOanAZZ888wbevqgelu9LrWJDeLJ01u74krlHg37BY6gRxQ==\n"
    "-----END PUBLIC KEY-----\n";
constexpr char p256_x[] = "324b218a0842638bbaa601bbbe2e411c1251be1b7cc3750b9032c3650a4539a9";
constexpr char p256_y[] = "c0659f3cf306debea81e96ef4bad624378b274d6eef892b947837ec163a811c5";
constexpr char p256_signature[] =
    "5288685d1b52e28d47ed2b94eded740acca658a12ba3495b6f91faa85b709d573dd441d06635f9f31ba99c77301c755276db"
    "f9a2e3b6b0eea7b7fb3e6074f668";
constexpr char p256_der_signature[] =
    "304502206e79cee0c0904781d0f824bfb642abc2203d56d140a59c145036104d74adf6bf022100b011cd0b8ea37f45b36355"
    "e0de362efb6ded6d0538f1c173e8eff08f1828edd3";
constexpr char p384_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEKmJ7OiPDMfdxgHEE6jiJ1DV+WZhBtorR\n"
    "tjPt/lH+dFrbUCdYVSBHNCFVZU635QXqamnH4OgePGE6EB7QrLcV823J+p0RPsOK\n"
    "1KodrGM2Vr13viosGmdqLuRW4BWXzHa1\n"
    "-----END PUBLIC KEY-----\n";
constexpr char private_pem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEATt4bxP0x2521pv\n"
    "VcG7QAZUMdy7AijLwd90JfHkAaihRANCAAQySyGKCEJji7qmAbu+LkEcElG+G3zD\n"
    "dQuQMsNlCkU5qcBlnzzzBt6+qB6W70utYkN4snTW7viSuUeDfsFjqBHF\n"
    "-----END PRIVATE KEY-----\n";

constexpr char text[] = "head.claims";

Bytes octets(std::string_view hex) {
  Bytes out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return out;
}

SecretKey secret() { return *SecretKey::from_seed(Bytes(32, 's')); }

struct Known {
  TokenAlgorithm algorithm;
  Bytes der, signature;
};
std::vector<Known> known() {
  return {{TokenAlgorithm::rs256, token_key_of_pem(rsa_pem)->der, octets(rsa_signature)},
          {TokenAlgorithm::es256, token_key_of_pem(p256_pem)->der, octets(p256_signature)},
          {TokenAlgorithm::eddsa, token_key_of_ed25519(secret().public_key().view())->der,
           Bytes(secret().sign(text).view())}};
}

TEST(TokenKey, PemAndNumbersAreOneKey) {
  EXPECT_EQ(token_key_of_pem(rsa_pem)->algorithm, TokenAlgorithm::rs256);
  EXPECT_EQ(token_key_of_rsa({octets(rsa_n), octets("010001")})->der, token_key_of_pem(rsa_pem)->der);
  EXPECT_EQ(token_key_of_pem(p256_pem)->algorithm, TokenAlgorithm::es256);
  EXPECT_EQ(token_key_of_point({octets(p256_x), octets(p256_y)})->der, token_key_of_pem(p256_pem)->der);
  EXPECT_EQ(token_key_of_pem(Es256Key::generate().public_pem)->algorithm, TokenAlgorithm::es256);
}

TEST(TokenKey, WhatIsNone) {
  EXPECT_FALSE(token_key_of_pem(small_pem)) << "1,024 bits";
  EXPECT_FALSE(token_key_of_pem(p384_pem));
  EXPECT_FALSE(token_key_of_pem(private_pem));
  EXPECT_FALSE(token_key_of_pem("a shared secret"));
  EXPECT_FALSE(token_key_of_pem(""));
  EXPECT_FALSE(token_key_of_point({octets(p256_x), octets(p256_x)})) << "no point of the curve";
  EXPECT_FALSE(token_key_of_point({octets(p256_x), ""}));
  for (char const* exponent : {"", "01", "010000"})
    EXPECT_FALSE(token_key_of_rsa({octets(rsa_n), octets(exponent)})) << exponent;
  EXPECT_FALSE(token_key_of_rsa({"", octets("010001")}));
  EXPECT_FALSE(token_key_of_ed25519(Bytes(31, 'x')));
}

// A check takes as long as the exponent has bits, and whoever registers a key chooses it.
TEST(TokenKey, AnExponentIsShort) {
  EXPECT_TRUE(token_key_of_rsa({octets(rsa_n), octets("ffffffff")}));
  EXPECT_FALSE(token_key_of_rsa({octets(rsa_n), octets("0100000001")}));
}

// One signature would hold for many texts, whoever made it.
TEST(TokenKey, APointOfSmallOrderIsNone) {
  for (char const* point : {"0100000000000000000000000000000000000000000000000000000000000000",
                            "0000000000000000000000000000000000000000000000000000000000000000",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"})
    EXPECT_FALSE(token_key_of_ed25519(octets(point))) << point;
}

// What has no key to be checked with: it works for each algorithm, whatever stands there as a signature.
TEST(TokenKey, ACheckInVain) {
  for (Known const& key : known()) {
    check_in_vain(key.algorithm, {text, key.signature});
    check_in_vain(key.algorithm, {text, ""});
  }
}

TEST(TokenKey, BelongsToOneAlgorithm) {
  for (Known const& one : known())
    for (Known const& other : known())
      EXPECT_EQ(read_token_key(other.algorithm, one.der).has_value(), one.algorithm == other.algorithm);
  Bytes const der = token_key_of_pem(p256_pem)->der;
  EXPECT_FALSE(read_token_key(TokenAlgorithm::es256, der + "x")) << "one key, one text";
  EXPECT_FALSE(read_token_key(TokenAlgorithm::es256, der.substr(0, der.size() - 1)));
}

TEST(TokenKey, Holds) {
  for (Known const& key : known())
    for (Known const& other : known()) {
      EXPECT_EQ(holds(key.algorithm, key.der, {text, other.signature}),
                &key.signature == &other.signature || key.signature == other.signature);
      EXPECT_FALSE(holds(other.algorithm, key.der, {text, key.signature}) &&
                   key.algorithm != other.algorithm);
    }
  for (Known const& key : known()) {
    EXPECT_FALSE(holds(key.algorithm, key.der, {"head.claimz", key.signature}));
    EXPECT_FALSE(holds(key.algorithm, key.der, {text, ""}));
    EXPECT_FALSE(holds(key.algorithm, "", {text, key.signature}));
    Bytes changed = key.signature;
    changed[5] = static_cast<char>(changed[5] ^ 1);
    EXPECT_FALSE(holds(key.algorithm, key.der, {text, changed}));
  }
}

TEST(TokenKey, OtherFormsOfASignatureDoNotHold) {
  EXPECT_FALSE(holds(TokenAlgorithm::rs256, known()[0].der, {text, octets(rsa_pss)})) << "PS256";
  EXPECT_FALSE(holds(TokenAlgorithm::es256, known()[1].der, {text, octets(p256_der_signature)})) << "in DER";
  EXPECT_FALSE(holds(TokenAlgorithm::es256, known()[1].der, {text, Bytes(64, '\0')}));
}

TEST(TokenKey, AnEd25519KeyHasOneNameWhateverItIsFor) {
  EXPECT_EQ(token_key_id(TokenAlgorithm::eddsa, known()[2].der), key_id(secret().public_key()));
  EXPECT_TRUE(token_key_id(TokenAlgorithm::rs256, known()[0].der).starts_with("sha256:"));
}

}  // namespace
}  // namespace comity::crypto
