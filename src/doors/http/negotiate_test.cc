#include "doors/http/negotiate.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

constexpr Offer taxii{"application/taxii+json", "2.1"};
constexpr Offer json{"application/json"};
constexpr Offer markdown{"text/markdown"};

TEST(Accept, AbsentOrEmptyTakesEverything) {
  EXPECT_TRUE(accepts("", taxii));
  EXPECT_TRUE(accepts("  ", taxii));
}

// TAXII 2.1, 1.6.8 (R4): the version is optional and means the latest; two well-known servers get this wrong.
TEST(Accept, TaxiiWithAndWithoutVersion) {
  EXPECT_TRUE(accepts("application/taxii+json", taxii));
  EXPECT_TRUE(accepts("application/taxii+json;version=2.1", taxii));
  EXPECT_TRUE(accepts("application/taxii+json; version=2.1", taxii));
  EXPECT_TRUE(accepts("application/taxii+json ; version=\"2.1\"", taxii));
  EXPECT_TRUE(accepts("Application/TAXII+JSON;Version=2.1", taxii));
  EXPECT_FALSE(accepts("application/taxii+json;version=2.0", taxii));
  EXPECT_TRUE(accepts("application/taxii+json;version=2.0, application/taxii+json;version=2.1", taxii));
}

TEST(Accept, ListsAsClientsSendThem) {
  EXPECT_TRUE(accepts("application/taxii+json;version=2.1,application/stix+json;version=2.1", taxii));
  EXPECT_TRUE(accepts("text/html, application/xhtml+xml, */*;q=0.8", taxii));
  EXPECT_TRUE(accepts("text/html ,\tapplication/taxii+json", taxii));
  EXPECT_TRUE(accepts(", ,application/taxii+json,", taxii));
}

TEST(Accept, Wildcards) {
  EXPECT_TRUE(accepts("*/*", taxii));
  EXPECT_TRUE(accepts("application/*", taxii));
  EXPECT_FALSE(accepts("text/*", taxii));
  EXPECT_FALSE(accepts("*/taxii+json", taxii));
}

TEST(Accept, AnotherTypeIsNotThisOne) {
  EXPECT_FALSE(accepts("application/json", taxii));
  EXPECT_FALSE(accepts("application/taxii", taxii));
  EXPECT_TRUE(accepts("application/json; charset=utf-8", json));
}

TEST(Accept, QualityZeroRefusesAndTheClosestRangeDecides) {
  EXPECT_FALSE(accepts("application/taxii+json;q=0", taxii));
  EXPECT_FALSE(accepts("*/*, application/taxii+json;q=0.000", taxii));
  EXPECT_TRUE(accepts("*/*;q=0, application/taxii+json", taxii));
  EXPECT_EQ(quality_of(parse_accept("application/json;q=0.25, */*;q=0.9"), json), 250);
}

TEST(Accept, QualityOutsideItsGrammarDropsTheElement) {
  for (auto const* bad : {"1.1", "2", "0.1234", "-1", "abc", ".5"}) {
    EXPECT_TRUE(parse_accept(std::string("application/json;q=") + bad).empty()) << bad;
  }
}

TEST(Accept, MalformedElementsArePassedOver) {
  EXPECT_FALSE(accepts("garbage", taxii));
  EXPECT_TRUE(accepts("garbage, application/taxii+json", taxii));
  EXPECT_TRUE(accepts("a/b;x=\"quoted, comma\";;, application/taxii+json", taxii));
  EXPECT_FALSE(accepts("a/b;x=\"never closed, application/taxii+json", taxii));
  EXPECT_FALSE(accepts("application/taxii+json;version", taxii));
}

TEST(Accept, TheBestOffer) {
  Offer const offers[] = {json, markdown};
  EXPECT_EQ(best_of("*/*", offers), 0u);
  EXPECT_EQ(best_of("text/markdown", offers), 1u);
  EXPECT_EQ(best_of("application/json;q=0.5, text/markdown;q=0.6", offers), 1u);
  EXPECT_EQ(best_of("application/json, text/markdown", offers), 0u);
  EXPECT_EQ(best_of("image/png", offers), std::nullopt);
}

TEST(ContentType, NamesOneType) {
  EXPECT_TRUE(is_of("application/taxii+json;version=2.1", taxii));
  EXPECT_TRUE(is_of(" application/taxii+json ", taxii));
  EXPECT_FALSE(is_of("application/taxii+json;version=2.0", taxii));
  EXPECT_FALSE(is_of("application/*", taxii));
  EXPECT_FALSE(is_of("application/taxii+json, application/json", taxii));
  EXPECT_FALSE(is_of("", taxii));
}

TEST(MediaTypes, ParametersAreUnquoted) {
  auto const media = parse_media_type(R"(Text/Plain; Charset="a\"b;c" ;x=1)");
  ASSERT_TRUE(media);
  EXPECT_EQ(media->type, "text");
  EXPECT_EQ(media->subtype, "plain");
  EXPECT_EQ(media->parameter("charset"), "a\"b;c");
  EXPECT_EQ(media->parameter("x"), "1");
  EXPECT_EQ(media->parameter("y"), std::nullopt);
}

}  // namespace
}  // namespace comity::http
