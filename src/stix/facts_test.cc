#include "stix/facts.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "stix/sample_test.h"

namespace comity::stix {
namespace {

using enum model::ReferenceKind;
using References = std::vector<model::Reference>;

model::Facts facts(std::string const& text) {
  auto const checked = check(text);
  EXPECT_TRUE(checked.has_value()) << text;
  return checked ? facts_of(*checked).value() : model::Facts();
}

std::string const url_id = "url--c1477287-23ac-5971-a010-5c287877fa60";

TEST(Facts, references_have_the_kind_of_their_property) {
  auto const report = facts(object_text(
      "report", R"("name":"n","published":"2016-04-06T20:03:48Z","object_refs":[")" + malware_id +
                    R"("],"created_by_ref":")" + identity_id + R"(","x_other_refs":[")" + url_id +
                    R"("],"x_other_ref":")" + url_id + R"(","object_marking_refs":[")" + red_id + "\"]"));
  EXPECT_EQ(report.references, (References{{identity_id, creator, "created_by_ref"},
                                           {malware_id, in_must_list, "object_refs"},
                                           {red_id, marking, "object_marking_refs"},
                                           {url_id, optional, "x_other_ref"},
                                           {url_id, in_list, "x_other_refs"}}));
  EXPECT_EQ(report.creator, identity_id);
  EXPECT_EQ(report.markings, (std::vector<std::string>{red_id}));
}

TEST(Facts, the_ends_of_a_relationship_are_required) {
  auto const facts_here =
      facts(object_text("relationship", R"("relationship_type":"indicates","source_ref":")" + indicator_id +
                                            R"(","target_ref":")" + malware_id + "\""));
  EXPECT_EQ(facts_here.references,
            (References{{indicator_id, required, "source_ref"}, {malware_id, required, "target_ref"}}));
}

std::string const address_id = "ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd";

TEST(Facts, the_last_of_several_ways_to_be_complete_is_required) {
  std::string const traffic =
      R"({"type":"network-traffic","id":"network-traffic--280d1c0d-51d1-5ee8-951f-1fb434a38686",)"
      R"("protocols":["tcp"],"src_ref":")" +
      address_id + "\"";
  EXPECT_EQ(facts(traffic + "}").references, (References{{address_id, required, "src_ref"}}));
  EXPECT_EQ(facts(traffic + R"(,"dst_ref":")" + address_id + "\"}").references,
            (References{{address_id, optional, "dst_ref"}, {address_id, optional, "src_ref"}}));
}

TEST(Facts, an_id_in_any_other_string_at_any_depth_is_text) {
  auto const here =
      facts(indicator_text(R"("description":"see )" + malware_id + R"( and again )" + malware_id +
                           R"(","x_map":{"a":[{")" + url_id + R"(":1,"b":"IDENTITY--)" +
                           identity_id.substr(10) + R"("}],"object_reference":")" + malware_id + "\"}"));
  EXPECT_EQ(here.references, (References{{identity_id, in_text, "x_map"},
                                         {malware_id, in_text, "description"},
                                         {malware_id, in_text, "x_map"},
                                         {url_id, in_text, "x_map"}}));
}

TEST(Facts, a_nested_property_that_is_called_a_reference_is_one) {
  auto const here = facts(indicator_text(R"("x_map":{"a":[{"b_ref":")" + malware_id + R"("}],"c_refs":[")" +
                                         url_id + R"(","as )" + identity_id + R"("]})"));
  EXPECT_EQ(here.references,
            (References{
                {identity_id, in_text, "x_map"}, {malware_id, nested, "x_map"}, {url_id, nested, "x_map"}}));
}

TEST(Facts, an_archive_needs_its_list_and_a_part_of_a_message_what_it_holds) {
  std::string const of_file =
      R"({"type":"file","id":"file--9a1f834d-2506-5367-baec-7aa63996ac43","name":"a",)";
  EXPECT_EQ(
      facts(of_file + R"("extensions":{"archive-ext":{"contains_refs":[")" + url_id + R"("]}}})").references,
      (References{{url_id, in_must_list, "extensions"}}));
  std::string const of_message =
      R"({"type":"email-message","id":"email-message--cf9b4b7f-14c8-5955-8065-020e0316b559","is_multipart":true,"subject":"s",)";
  EXPECT_EQ(facts(of_message + R"("body_multipart":[{"body_raw_ref":")" + url_id +
                  R"("},{"body":"b","body_raw_ref":")" + malware_id + R"("}]})")
                .references,
            (References{{malware_id, nested, "body_multipart"}, {url_id, required, "body_multipart"}}));
}

std::string report_with(std::string const& selectors) {
  return object_text("report", R"("name":"n","published":"2016-04-06T20:03:48Z","object_refs":[")" +
                                   malware_id + R"(",")" + url_id +
                                   R"("],"granular_markings":[{"marking_ref":")" + red_id +
                                   R"(","selectors":[)" + selectors + "]}]");
}

TEST(Facts, what_markings_may_take_out_of_a_property_part_by_part) {
  auto const here = facts(report_with(R"("object_refs.[1]","name")"));
  EXPECT_EQ(here.frail,
            (std::vector<model::FrailProperty>{
                {"object_refs",
                 {{.id = malware_id, .selectors = {}, .half = false, .partners = {}},
                  {.id = url_id, .selectors = {"object_refs.[1]"}, .half = false, .partners = {}}}}}));
  EXPECT_TRUE(facts(report_with(R"("object_refs","name")")).frail.empty())
      << "a list of references without more is told by its references";
}

TEST(Facts, a_property_with_a_part_that_stays_is_not_frail) {
  std::string const file =
      R"({"type":"file","id":"file--9a1f834d-2506-5367-baec-7aa63996ac43","hashes":{"x_one":"a",)";
  auto const marked = [&](std::string const& selectors) {
    return facts(file + R"("x_two":"b"},"granular_markings":[{"marking_ref":")" + red_id +
                 R"(","selectors":[)" + selectors + "]}]}")
        .frail;
  };
  EXPECT_TRUE(marked(R"("hashes.x_one")").empty());
  EXPECT_EQ(marked(R"("hashes.x_one","hashes.x_two")").size(), 1u);
}

TEST(Facts, half_a_place_may_go_from_a_grid) {
  auto const contents = [&](std::string const& value, std::string const& more = "") {
    return facts(object_text("language-content", R"("object_ref":")" + malware_id + R"(","contents":{"de":)" +
                                                     value + "}" + more))
        .frail;
  };
  using Frail = std::vector<model::FrailProperty>;
  Frail const half = {{"contents", {{.id = "", .selectors = {}, .half = true, .partners = {}}}}};
  EXPECT_EQ(contents(R"({"latitude":35.1})"), half);
  EXPECT_EQ(contents(R"({"longitude":35.1,"latitude":"35.1"})"), half) << "a text is no coordinate";
  EXPECT_EQ(contents(R"({"longitude":{"degrees":[35]}})"), half);
  EXPECT_TRUE(contents(R"({"latitude":35.1,"longitude":36})").empty());
  EXPECT_TRUE(contents(R"({"latitude":35.1,"name":"n"})").empty()) << "the name stays";
  std::string const cut = "contents.de.latitude";
  EXPECT_EQ(
      contents(R"({"latitude":35.1,"longitude":36})",
               R"(,"granular_markings":[{"marking_ref":")" + red_id + R"(","selectors":[")" + cut + "\"]}]"),
      (Frail{{"contents",
              {{.id = "", .selectors = {}, .half = false, .partners = {cut}},
               {.id = "", .selectors = {cut}, .half = false, .partners = {}}}}}));
}

TEST(Facts, escapes_do_not_hide_an_id) {
  auto const here = facts(indicator_text(R"("description":"malware\u002d-)" + malware_id.substr(9) + "\""));
  EXPECT_EQ(here.references, (References{{malware_id, in_text, "description"}}));
}

TEST(Facts, a_string_that_is_no_sound_reference_is_read_as_text) {
  auto const here = facts(indicator_text(R"("x_some_ref":"= )" + malware_id + "\""));
  EXPECT_EQ(here.references, (References{{malware_id, in_text, "x_some_ref"}}));
}

TEST(Facts, an_object_does_not_refer_to_itself) {
  EXPECT_TRUE(facts(indicator_text(R"("description":")" + indicator_id + "\"")).references.empty());
}

TEST(Facts, granular_markings_without_the_languages) {
  auto const here =
      facts(indicator_text(R"("granular_markings":[{"lang":"fr","selectors":["pattern"]},{"marking_ref":")" +
                           red_id + R"(","selectors":["valid_from","pattern"]}])"));
  ASSERT_EQ(here.granular.size(), 1u);
  EXPECT_EQ(here.granular[0].marking, red_id);
  EXPECT_EQ(here.granular[0].selectors, (std::vector<std::string>{"valid_from", "pattern"}));
  EXPECT_EQ(here.references, (References{{red_id, marking, "granular_markings"}}));
  EXPECT_TRUE(here.markings.empty());
}

TEST(Facts, a_location_becomes_integers_to_the_nearest) {
  auto const place = [](std::string const& latitude, std::string const& longitude) {
    return facts(object_text("location", "\"latitude\":" + latitude + ",\"longitude\":" + longitude))
        .location;
  };
  EXPECT_EQ(place("35.4012", "-35.9487"), (model::Point{-359487000, 354012000}));
  EXPECT_EQ(place("90", "-180"), (model::Point{-1800000000, 900000000}));
  EXPECT_EQ(place("0.00000005", "-0.00000004"), (model::Point{0, 1}));
  EXPECT_EQ(facts(object_text("location", R"("country":"iq")")).location, std::nullopt);
}

TEST(Facts, labels_window_and_properties) {
  auto const here = facts(indicator_text(R"("labels":["isil","b"],"valid_until":"2017-01-01T00:00:00.5Z")"));
  EXPECT_EQ(here.labels, (std::vector<std::string>{"isil", "b"}));
  EXPECT_EQ(here.valid_from, parse_stix_time("2016-04-06T20:03:48Z"));
  EXPECT_EQ(here.valid_until, parse_stix_time("2017-01-01T00:00:00.500Z"));
  EXPECT_EQ(here.properties,
            (std::vector<std::string>{"created", "id", "labels", "modified", "pattern", "pattern_type",
                                      "spec_version", "type", "valid_from", "valid_until"}));
}

TEST(Facts, only_a_plain_statement_is_known_to_restrict_nothing) {
  auto const kind = [](std::string const& members) {
    return facts(object_text("marking-definition", members)).marking_kind;
  };
  std::string const statement = R"("definition_type":"statement","definition":{"statement":"free"})";
  std::string const extension =
      R"("extensions":{"extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a":{"extension_type":"property-extension","a_b":1}})";
  EXPECT_EQ(kind(statement), model::MarkingKind::statement);
  EXPECT_EQ(kind(extension), model::MarkingKind::other);
  EXPECT_EQ(kind(statement + "," + extension), model::MarkingKind::other);
  EXPECT_EQ(facts(indicator_text()).marking_kind, model::MarkingKind::not_a_marking);
}

TEST(Facts, the_number_of_ids_in_one_object_is_limited) {
  std::string text;
  for (size_t i = 0; i <= limits::object_references; ++i) {
    auto const digits = std::to_string(100'000'000'000 + i);
    text += "url--c1477287-23ac-5971-a010-" + digits + " ";
  }
  auto const refused = facts_of(check(indicator_text("\"description\":\"" + text + "\"")).value());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().code, "too_many_references");
}

}  // namespace
}  // namespace comity::stix
