#include "stix/check.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "stix/sample_test.h"

namespace comity::stix {
namespace {

TEST(Check, a_sound_indicator_is_accepted) {
  auto const checked = check(indicator_text(R"("name":"n","description":"d")"));
  ASSERT_TRUE(checked.has_value());
  EXPECT_EQ(checked->type, "indicator");
  EXPECT_EQ(checked->id, indicator_id);
  EXPECT_EQ(checked->stix_class, model::StixClass::domain);
  EXPECT_EQ(checked->properties.front(), "created");
  EXPECT_TRUE(checked->warnings.empty());
}

TEST(Check, the_bytes_must_be_one_object) {
  EXPECT_EQ(verdict("{"), "not_json ");
  EXPECT_EQ(verdict("[]"), "not_an_object ");
  EXPECT_EQ(verdict(R"({"type":"a","type":"b"})").substr(0, 8), "not_json");
  EXPECT_EQ(verdict(std::string(limits::stix_object_bytes + 1, ' ')), "too_large ");
}

TEST(Check, type_and_id_say_the_same) {
  EXPECT_EQ(verdict("{}"), "type_form /type");
  EXPECT_EQ(verdict(R"({"type":7})"), "type_form /type");
  EXPECT_EQ(verdict(R"({"type":"bundle","id":"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"})"),
            "type_not_exchanged /type");
  EXPECT_EQ(verdict(R"({"type":"tool","id":"tool--blablabla"})"), "id_form /id");
  EXPECT_EQ(verdict(R"({"type":"tool","id":")" + indicator_id + "\"}"), "id_type /id");
}

TEST(Check, what_a_type_requires_must_be_there) {
  EXPECT_EQ(verdict(without(indicator_text(), "pattern")), "required_property /pattern");
  EXPECT_EQ(verdict(without(indicator_text(), "created")), "required_property /created");
  EXPECT_EQ(verdict(without(indicator_text(), "spec_version")), "required_property /spec_version");
  EXPECT_EQ(verdict(object_text("location", R"("name":"x")")), "required_alternative ");
  EXPECT_EQ(verdict(object_text("location", R"("country":"iq")")), "ok");
  EXPECT_EQ(verdict(object_text("malware", R"("is_family":true)")), "required_if_true /name");
  EXPECT_EQ(verdict(object_text("malware", R"("is_family":false)")), "ok");
}

TEST(Check, an_observable_needs_no_times_and_a_marking_no_modified) {
  EXPECT_EQ(verdict(R"({"type":"url","id":"url--c1477287-23ac-5971-a010-5c287877fa60","value":"http://a/"})"),
            "ok");
  EXPECT_EQ(verdict(without(object_text("marking-definition",
                                        R"("definition_type":"statement","definition":{"statement":"free"})"),
                            "modified")),
            "ok");
}

TEST(Check, a_custom_type_is_versioned_unless_it_says_that_it_is_an_observable) {
  std::string const bare = R"({"type":"x-thing","id":"x-thing--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f")";
  EXPECT_EQ(verdict(bare + "}"), "required_property /spec_version");
  EXPECT_EQ(verdict(bare + R"(,"extensions":{"extension-definition--1bba6c39-7ac1-40a2-819a-f33f8ea81a25":)"
                           R"({"extension_type":"new-sco"}}})"),
            "ok");
  EXPECT_EQ(verdict(object_text("x-thing", "")), "ok");
}

TEST(Check, names_of_properties) {
  EXPECT_EQ(verdict(indicator_text(R"("x-something":1)")), "property_name /x-something");
  EXPECT_EQ(verdict(indicator_text(R"("ab":1)")), "property_name /ab");
  EXPECT_EQ(verdict(indicator_text("\"" + std::string(251, 'a') + "\":1")),
            "property_name /" + std::string(251, 'a'));
  EXPECT_EQ(verdict(indicator_text(R"("severity":1)")), "reserved_property /severity");
  EXPECT_EQ(warning(indicator_text(R"("my_new_property!":1)")), "property_name /my_new_property!");
}

TEST(Check, permissive_lets_pass_what_breaks_a_must_without_danger) {
  Judging const permissive{Strictness::permissive, {}};
  auto const listed = indicator_text(R"("aliases_of_mine":[],"created_by_ref":7)");
  EXPECT_EQ(verdict(indicator_text(R"("aliases_of_mine":[])")), "empty_list /aliases_of_mine");
  auto const checked = check(indicator_text(R"("aliases_of_mine":[])"), permissive);
  ASSERT_TRUE(checked.has_value());
  EXPECT_EQ(checked->warnings.front().code, "empty_list");
  EXPECT_FALSE(check(listed, permissive).has_value()) << "a reference is read by the release rule";
}

TEST(Check, a_warning_that_nobody_wants_is_not_told) {
  auto const text = indicator_text(R"("x_mine":1,"indicator_types":["novel"])");
  EXPECT_EQ(check(text)->warnings.size(), 3u);
  Judging const quiet{Strictness::strict, {"custom_property", "indicator_name"}};
  auto const checked = check(text, quiet);
  ASSERT_EQ(checked->warnings.size(), 1u);
  EXPECT_EQ(checked->warnings.front().code, "vocabulary");
  EXPECT_EQ(checked->warnings.front().pointer, "/indicator_types/0");
}

TEST(Check, members_of_the_centre_are_not_for_objects) {  // C10
  EXPECT_EQ(verdict(indicator_text(R"("x_comity_preview":true)")), "unknown_comity_member /x_comity_preview");
}

TEST(Check, values_have_the_shape_that_the_standard_says) {
  EXPECT_EQ(verdict(indicator_text(R"("revoked":"yes")")), "value_shape /revoked");
  EXPECT_EQ(verdict(indicator_text(R"("labels":"isil")")), "value_shape /labels");
  EXPECT_EQ(verdict(indicator_text(R"("labels":["isil",1])")), "value_shape /labels");
  EXPECT_EQ(verdict(indicator_text(R"("lang":1)")), "value_shape /lang");
  EXPECT_EQ(verdict(indicator_text(R"("confidence":101)")), "number_range /confidence");
  EXPECT_EQ(verdict(indicator_text(R"("confidence":1.5)")), "value_shape /confidence");
  EXPECT_EQ(verdict(object_text("location", R"("latitude":90.1,"longitude":0)")), "number_range /latitude");
  EXPECT_EQ(verdict(object_text("location", R"("latitude":1.5)")), "required_alternative ");
}

TEST(Check, times_exist_and_follow_one_another) {
  auto const changed = [](std::string modified) {
    return without(indicator_text(), "modified").substr(0, without(indicator_text(), "modified").size() - 1) +
           R"(,"modified":")" + modified + "\"}";
  };
  EXPECT_EQ(verdict(changed("2016-04-06T20:03:48Z")), "ok");
  EXPECT_EQ(verdict(changed("2016-04-06T20:03:47.999Z")), "time_order /modified");
  EXPECT_EQ(verdict(changed("2017-02-29T08:17:27.000Z")), "timestamp_form /modified");
  EXPECT_EQ(verdict(changed("2017-02-28T08:17:27.000+01:00")), "timestamp_form /modified");
  EXPECT_EQ(verdict(indicator_text(R"("valid_until":"2016-04-06T20:03:48.000Z")")),
            "time_order /valid_until");
}

TEST(Check, another_spec_version_is_forgiven_to_an_organisation_only) {
  auto const old = [](std::string const& identity_class) {
    return R"({"type":"identity","spec_version":"2.0","id":")" + identity_id +
           R"(","created":"2016-04-06T20:03:48Z","modified":"2016-04-06T20:03:48Z","name":"n","identity_class":")" +
           identity_class + "\"}";
  };
  EXPECT_EQ(warning(old("organization")), "spec_version /spec_version");
  EXPECT_EQ(verdict(old("individual")), "spec_version /spec_version");
}

TEST(Check, nothing_is_empty_or_null_at_any_depth) {
  EXPECT_EQ(verdict(indicator_text(R"("labels":[])")), "empty_list /labels");
  EXPECT_EQ(verdict(indicator_text(R"("x_a":[{"b/c":[1,[]]}])")), "empty_list /x_a/0/b~1c/1");
  EXPECT_EQ(verdict(indicator_text(R"("x_a":{"b":null})")), "null_value /x_a/b");
}

TEST(Check, labels_are_limited) {
  EXPECT_EQ(
      verdict(indicator_text(R"("labels":["ok",")" + std::string(limits::label_bytes + 1, 'a') + "\"]")),
      "label_too_long /labels/1");
  std::string many = "\"a\"";
  for (size_t i = 0; i < limits::object_labels; ++i) many += ",\"a\"";
  EXPECT_EQ(verdict(indicator_text("\"labels\":[" + many + "]")), "too_many_labels /labels");
}

TEST(Check, a_reference_is_an_id) {
  EXPECT_EQ(verdict(indicator_text(R"("created_by_ref":"me")")), "reference_form /created_by_ref");
  EXPECT_EQ(
      verdict(object_text("report", R"("name":"n","published":"2016-04-06T20:03:48Z","object_refs":[")" +
                                        malware_id + R"(","cabbage"])")),
      "reference_form /object_refs/1");
  EXPECT_EQ(verdict(indicator_text(R"("x_some_refs":")" + malware_id + "\"")), "reference_form /x_some_refs");
  EXPECT_EQ(warning(indicator_text(R"("x_some_ref":"")")), "reference_form /x_some_ref");
  EXPECT_EQ(
      warning(R"({"type":"network-traffic","id":"network-traffic--280d1c0d-51d1-5ee8-951f-1fb434a38686",)"
              R"("protocols":["tcp"],"src_ref":"nobody"})"),
      "reference_form /src_ref");
}

TEST(Check, relationships_and_sightings_point_at_what_they_may) {
  auto const relation = [](std::string const& target) {
    return verdict(object_text("relationship", R"("relationship_type":"indicates","source_ref":")" +
                                                   indicator_id + R"(","target_ref":")" + target + "\""));
  };
  EXPECT_EQ(relation(malware_id), "ok");
  EXPECT_EQ(relation(red_id), "reference_target /target_ref");
  auto const sighting = [](std::string const& of) {
    return verdict(object_text("sighting", R"("sighting_of_ref":")" + of + "\""));
  };
  EXPECT_EQ(sighting(indicator_id), "ok");
  EXPECT_EQ(sighting("url--c1477287-23ac-5971-a010-5c287877fa60"), "reference_target /sighting_of_ref");
}

TEST(Check, no_more_findings_are_told_than_help) {
  std::string members;
  for (int i = 0; i < 100; ++i) members += (i ? ",\"x-" : "\"x-") + std::to_string(i) + "\":1";
  auto const checked = check(indicator_text(members));
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().size(), limits::stix_findings);
}

TEST(Check, a_door_that_speaks_in_errors_gets_code_sentence_and_place) {
  auto const error = error_of(check(without(indicator_text(), "pattern")).error());
  EXPECT_EQ(error.code, ErrorCode::bad_input);
  EXPECT_EQ(error.detail, "required_property: `pattern` is required");
  EXPECT_EQ(error.pointer, "/pattern");
}

}  // namespace
}  // namespace comity::stix
