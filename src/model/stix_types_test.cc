#include "model/stix_types.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/tlp.h"

namespace comity::model {
namespace {

using Strings = std::vector<std::string>;

TEST(StixTypes, the_table_is_sorted_so_that_it_can_be_searched) {
  EXPECT_TRUE(std::ranges::is_sorted(stix_types()));
  EXPECT_EQ(stix_types().size(), 42u);  // 19 + 2 + 18 + 3
  EXPECT_EQ(std::ranges::count(stix_types(), StixClass::domain, stix_class), 19);
  EXPECT_EQ(std::ranges::count(stix_types(), StixClass::relationship, stix_class), 2);
  EXPECT_EQ(std::ranges::count(stix_types(), StixClass::observable, stix_class), 18);
  EXPECT_EQ(std::ranges::count(stix_types(), StixClass::meta, stix_class), 3);
}

TEST(StixTypes, a_custom_type_and_a_bundle_are_unknown_and_require_nothing) {
  EXPECT_EQ(stix_class("x-mitre-tactic"), StixClass::unknown);
  EXPECT_EQ(stix_class("bundle"), StixClass::unknown);
  EXPECT_TRUE(required_properties("zzz").empty());
  EXPECT_TRUE(is_complete("x-mitre-tactic", {}));
}

TEST(StixTypes, an_indicator_needs_its_pattern) {
  EXPECT_TRUE(is_complete("indicator", Strings{"pattern", "pattern_type", "valid_from"}));
  EXPECT_FALSE(is_complete("indicator", Strings{"pattern_type", "valid_from"}));
  EXPECT_TRUE(is_needed("indicator", Strings{"pattern", "pattern_type", "valid_from"}, "pattern"));
  EXPECT_FALSE(is_needed("indicator", Strings{"name", "pattern", "pattern_type", "valid_from"}, "name"));
}

TEST(StixTypes, a_location_needs_one_of_three_things) {
  EXPECT_TRUE(is_complete("location", Strings{"region"}));
  EXPECT_TRUE(is_complete("location", Strings{"latitude", "longitude"}));
  EXPECT_FALSE(is_complete("location", Strings{"latitude", "name"}));
  EXPECT_TRUE(is_needed("location", Strings{"latitude", "longitude"}, "latitude"));
  EXPECT_FALSE(is_needed("location", Strings{"country", "latitude", "longitude"}, "latitude"));
  EXPECT_EQ(required_alternatives("location").size(), 3u);
}

TEST(StixTypes, of_two_ends_of_traffic_the_last_one_is_needed) {
  EXPECT_FALSE(is_needed("network-traffic", Strings{"dst_ref", "protocols", "src_ref"}, "src_ref"));
  EXPECT_TRUE(is_needed("network-traffic", Strings{"protocols", "src_ref"}, "src_ref"));
}

TEST(Tlp, both_versions_are_known_by_their_ids) {
  EXPECT_EQ(fixed_tlp("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"), Tlp::clear);
  EXPECT_EQ(fixed_tlp("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"), Tlp::red);
  EXPECT_EQ(fixed_tlp("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"), Tlp::amber_strict);
}

TEST(Tlp, any_other_id_is_no_fixed_marking) {
  EXPECT_EQ(fixed_tlp("marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"), std::nullopt);
  EXPECT_EQ(fixed_tlp("indicator--613f2e26-407d-48c7-9eca-b8e91df99dc9"), std::nullopt);
  EXPECT_EQ(fixed_tlp(""), std::nullopt);
}

}  // namespace
}  // namespace comity::model
