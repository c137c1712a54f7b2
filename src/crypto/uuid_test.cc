#include "crypto/uuid.h"

#include <gtest/gtest.h>

#include "crypto/sha256.h"

namespace comity::crypto {

TEST(Uuid, OfANameInANamespace) {
  EXPECT_EQ(uuid_v5(stix_namespace, R"({"value":"198.51.100.3"})"), "28bb3599-77cd-5a82-a950-b5bc3caf07c4");
  auto const dns = *parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  EXPECT_EQ(uuid_v5(dns, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Uuid, ADigestInTheShapeOfARandomOne) {
  EXPECT_EQ(uuid_v4_shaped(sha256("abc")), "ba7816bf-8f01-4fea-8141-40de5dae2223");
  EXPECT_EQ(uuid_v4_shaped(Digest{}), "00000000-0000-4000-8000-000000000000");
}

TEST(Uuid, TextComesBack) {
  EXPECT_EQ(to_text(stix_namespace), "00abedb4-aa42-466c-9c01-fed23315a9b7");
  EXPECT_EQ(parse_uuid(to_text(stix_namespace)), stix_namespace);
  EXPECT_EQ(parse_uuid("00ABEDB4-AA42-466C-9C01-FED23315A9B7"), stix_namespace);
}

TEST(Uuid, OtherTextIsNone) {
  for (auto const* text : {"", "00abedb4aa42466c9c01fed23315a9b7", "00abedb4-aa42-466c-9c01-fed23315a9b", "x",
                           "00abedb4-aa42-466c-9c01-fed23315a9b77", "00abedb4-aa42-466c-9c01-fed23315a9bg",
                           "00abedb4+aa42-466c-9c01-fed23315a9b7", "-0abedb4-aa42-466c-9c01-fed23315a9b7",
                           "00abedb-4aa42-466c-9c01-fed23315a9b7"}) {
    EXPECT_FALSE(parse_uuid(text)) << text;
  }
}

}  // namespace comity::crypto
