#include "stix/read.h"

#include <gtest/gtest.h>

#include "stix/compare.h"
#include "stix/sample_test.h"

namespace comity::stix {
namespace {

crypto::SymmetricKey key(char fill) { return crypto::SymmetricKey::from(std::string(32, fill)).value(); }

model::Comparisons compared(std::string const& text) { return comparisons(key('k'), text).value(); }

TEST(Compare, equal_bytes_are_equal_and_a_key_of_another_centre_tells_nothing) {
  EXPECT_EQ(compared(indicator_text()).bytes, compared(indicator_text()).bytes);
  auto const ours = compared(indicator_text()), theirs = comparisons(key('x'), indicator_text()).value();
  EXPECT_NE(ours.bytes, theirs.bytes);
  EXPECT_NE(ours.canonical, theirs.canonical);
  EXPECT_NE(ours.substance, theirs.substance);
}

TEST(Compare, white_space_and_order_change_the_bytes_only) {
  auto const one = compared(R"({"type":"x","a":1,"b":[1.0]})"),
             other = compared(R"({ "b":[1], "a":1, "type":"\u0078" })");
  EXPECT_NE(one.bytes, other.bytes);
  EXPECT_EQ(one.canonical, other.canonical);
  EXPECT_EQ(one.substance, other.substance);
}

TEST(Compare, what_a_copier_changes_is_not_substance) {
  auto const original = compared(indicator_text());
  for (auto const& member : {R"("created_by_ref":"x")", R"("object_marking_refs":["x"])",
                             R"("granular_markings":[])", R"("revoked":true)", R"("confidence":3)",
                             R"("lang":"fr")", R"("labels":["x"])", R"("external_references":[])"}) {
    auto const copy = compared(indicator_text(member));
    EXPECT_NE(copy.canonical, original.canonical) << member;
    EXPECT_EQ(copy.substance, original.substance) << member;
  }
  for (auto const member : {"id", "created", "modified"})
    EXPECT_EQ(compared(without(indicator_text(), member)).substance, original.substance) << member;
}

TEST(Compare, everything_else_is_substance) {
  auto const original = compared(indicator_text());
  EXPECT_NE(compared(indicator_text(R"("description":"")")).substance, original.substance);
  EXPECT_NE(compared(without(indicator_text(), "type")).substance, original.substance);
  EXPECT_NE(compared(without(indicator_text(), "spec_version")).substance, original.substance);
  EXPECT_NE(compared(R"({"a":{"id":1}})").substance, compared(R"({"a":{"id":2}})").substance);
}

TEST(Compare, only_an_object_can_be_compared) {
  EXPECT_FALSE(comparisons(key('k'), "[]").has_value());
  EXPECT_FALSE(comparisons(key('k'), "{").has_value());
}

TEST(Read, an_object_is_read_in_one_call) {
  auto const text = " " + indicator_text(R"("labels":["isil"])") + "\n";
  auto const reading = read_object(text, key('k'));
  ASSERT_TRUE(reading.has_value());
  EXPECT_EQ(reading->head.type, "indicator");
  EXPECT_EQ(reading->head.id, indicator_id);
  EXPECT_EQ(reading->head.version, "2016-04-06T20:03:48.000Z");
  EXPECT_EQ(reading->head.size, text.size());
  EXPECT_EQ(reading->head.compare.bytes, compared(text).bytes);
  EXPECT_EQ(reading->head.compare.canonical, compared(text).canonical);
  EXPECT_EQ(reading->head.compare.substance, compared(text).substance);
  EXPECT_EQ(reading->facts.labels, (std::vector<std::string>{"isil"}));
  EXPECT_EQ(reading->warnings.size(), 1u) << "a name is recommended";
}

TEST(Read, the_version_is_modified_or_created_or_none) {
  auto const version = [](std::string const& text) {
    return read_object(text, key('k')).value().head.version;
  };
  auto const marking =
      object_text("marking-definition", R"("definition_type":"statement","definition":{"statement":"c"})");
  EXPECT_EQ(version(without(marking, "modified")), "2016-04-06T20:03:48.000Z");
  EXPECT_EQ(version(R"({"type":"url","id":"url--c1477287-23ac-5971-a010-5c287877fa60","value":"http://a/"})"),
            "");
}

TEST(Read, what_the_checks_refuse_is_not_read) {
  auto const reading = read_object(without(indicator_text(), "pattern"), key('k'));
  ASSERT_FALSE(reading.has_value());
  EXPECT_EQ(reading.error().front().code, "required_property");
}

TEST(Read, warnings_come_with_the_reading) {
  auto const reading = read_object(indicator_text(R"("x_some_ref":"")"), key('k'));
  ASSERT_TRUE(reading.has_value());
  ASSERT_EQ(reading->warnings.size(), 3u);
  EXPECT_EQ(reading->warnings[0].code, "reference_form");
}

}  // namespace
}  // namespace comity::stix
