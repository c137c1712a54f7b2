#include <gtest/gtest.h>

#include "base/limits.h"
#include "stix/sample_test.h"
#include "stix/selectors.h"

namespace comity::stix {
namespace {

std::string marked(std::string const& granular) {
  return indicator_text(R"("labels":["a","b"],"granular_markings":)" + granular);
}

std::string marking(std::string const& selectors) {
  return marked(R"([{"marking_ref":")" + red_id + R"(","selectors":)" + selectors + "}]");
}

TEST(Markings, markings_of_the_object_are_marking_definitions) {
  EXPECT_EQ(verdict(indicator_text(R"("object_marking_refs":[")" + red_id + "\"]")), "ok");
  EXPECT_EQ(verdict(indicator_text(R"("object_marking_refs":[")" + malware_id + "\"]")),
            "reference_target /object_marking_refs/0");
  EXPECT_EQ(verdict(R"({"type":"url","id":"url--c1477287-23ac-5971-a010-5c287877fa60","value":"http://a/",)"
                    R"("object_marking_refs":["red"]})"),
            "reference_form /object_marking_refs/0");
}

TEST(Markings, a_granular_marking_selects_something) {
  EXPECT_EQ(verdict(marking(R"(["pattern","labels.[1]","id"])")), "ok");
  EXPECT_EQ(verdict(marking(R"(["labels.[2]"])")), "granular_selector /granular_markings/0/selectors/0");
  EXPECT_EQ(verdict(marking(R"(["pattern","nothing"])")),
            "granular_selector /granular_markings/0/selectors/1");
  EXPECT_EQ(verdict(marking(R"([1])")), "granular_form /granular_markings/0/selectors/0");
  EXPECT_EQ(verdict(marking("7")), "granular_form /granular_markings/0/selectors");
}

TEST(Markings, a_granular_marking_is_either_a_marking_or_a_language) {
  EXPECT_EQ(verdict(marked(R"([{"lang":"fr","selectors":["pattern"]}])")), "ok");
  EXPECT_EQ(verdict(marked(R"([{"selectors":["pattern"]}])")), "granular_form /granular_markings/0");
  EXPECT_EQ(verdict(marked(R"([{"lang":"fr","marking_ref":")" + red_id + R"(","selectors":["pattern"]}])")),
            "granular_form /granular_markings/0");
  EXPECT_EQ(verdict(marked(R"([{"marking_ref":"red","selectors":["pattern"]}])")),
            "granular_form /granular_markings/0/marking_ref");
  EXPECT_EQ(verdict(marked(R"([{"marking_refs":[],"lang":"fr","selectors":["pattern"]}])")).substr(0, 10),
            "empty_list");
  EXPECT_EQ(verdict(marked(R"([{"marking":"x","lang":"fr","selectors":["pattern"]}])")),
            "granular_form /granular_markings/0/marking");
  EXPECT_EQ(verdict(marked("[7]")), "value_shape /granular_markings");
}

TEST(Markings, markings_are_limited) {
  std::string many = "\"" + red_id + "\"";
  for (size_t i = 0; i < limits::object_markings; ++i) many += ",\"" + red_id + "\"";
  EXPECT_EQ(verdict(indicator_text("\"object_marking_refs\":[" + many + "]")),
            "too_many_markings /object_marking_refs");
  std::string selectors = "\"pattern\"";
  for (size_t i = 0; i < limits::granular_selectors; ++i) selectors += ",\"pattern\"";
  EXPECT_EQ(verdict(marking("[" + selectors + "]")), "too_many_markings /granular_markings/0/selectors");
}

std::string definition(std::string const& members, std::string const& uuid) {
  return without(object_text("marking-definition", members, uuid), "modified");
}

std::string const own_uuid = "fa42a846-8d90-4e51-bc29-71d5b4802168";
std::string const red_uuid = "5e57c739-391a-4eb3-b6be-7d15ca92d5ed";

TEST(Markings, a_definition_has_a_body_that_says_what_it_is) {
  EXPECT_EQ(
      verdict(definition(R"("definition_type":"statement","definition":{"statement":"free"})", own_uuid)),
      "ok");
  EXPECT_EQ(verdict(definition(R"("definition_type":"statement","definition":{"text":"free"})", own_uuid)),
            "marking_form /definition/statement");
  EXPECT_EQ(verdict(definition(R"("definition_type":"statement")", own_uuid)), "required_alternative ");
  EXPECT_EQ(verdict(definition(R"("definition_type":"tlp","definition":{"tlp":"red"})", own_uuid)),
            "marking_tlp /id");
}

TEST(Markings, the_body_of_a_fixed_marking_does_not_matter) {  // A19
  EXPECT_EQ(verdict(definition(R"("definition_type":"tlp","definition":{"tlp":"white"})", red_uuid)), "ok");
  EXPECT_EQ(verdict(definition(R"("definition_type":"statement","definition":{"tlp":"white"})", red_uuid)),
            "ok");
}

TEST(Markings, a_definition_does_not_mark_itself) {
  auto const body = R"("definition_type":"statement","definition":{"statement":"free"},)";
  EXPECT_EQ(verdict(definition(body + (R"("object_marking_refs":[")" + statement_id + "\"]"), own_uuid)),
            "marking_circular /object_marking_refs/0");
  EXPECT_EQ(verdict(definition(body + (R"("granular_markings":[{"marking_ref":")" + statement_id +
                                       R"(","selectors":["created"]}])"),
                               own_uuid)),
            "marking_circular /granular_markings/0/marking_ref");
}

TEST(Selectors, steps_are_names_and_indices) {
  auto const steps = steps_of("a.[12].ntfs-ext");
  ASSERT_TRUE(steps.has_value());
  ASSERT_EQ(steps->size(), 3u);
  EXPECT_EQ(steps->at(0).name, "a");
  EXPECT_EQ(steps->at(0).index, std::nullopt);
  EXPECT_EQ(steps->at(1).index, 12u);
  EXPECT_EQ(steps->at(2).name, "ntfs-ext");
}

TEST(Selectors, an_empty_step_or_an_index_in_front_is_no_selector) {
  for (auto const text : {"", ".", "a.", ".a", "a..b", "[0]", "[0].a"}) EXPECT_FALSE(steps_of(text)) << text;
}

TEST(Selectors, an_index_has_one_spelling) {
  auto const value = json::parse(R"({"a":[1,{"b":[2]}],"c":{"[0]":3}})", 100).value();
  std::vector<std::string_view> const selectors = {
      "a.[0]", "a.[1].b.[0]", "a.[00]", "a.[+1]", "a.[1].b.[1]",
      "c.[0]", "a.b",         "",       "a",      "a.[99999999999999999999]"};
  EXPECT_EQ(selecting_nothing(value.get_object(), selectors), (std::vector<size_t>{2, 3, 4, 6, 7, 9}));
}

}  // namespace
}  // namespace comity::stix
