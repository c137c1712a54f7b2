#include "stix/ids.h"

#include <gtest/gtest.h>

namespace comity::stix {
namespace {

using Strings = std::vector<std::string>;

std::string const uuid = "8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";

Strings ids_in(std::string_view text) {
  Strings found;
  find_ids(text, found);
  return found;
}

TEST(Ids, an_id_is_a_type_and_a_uuid_in_lower_case) {
  EXPECT_TRUE(is_stix_id("indicator--" + uuid));
  EXPECT_TRUE(is_stix_id("x-mitre-tactic--" + uuid));
  EXPECT_TRUE(is_stix_id("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"));
}

TEST(Ids, anything_else_is_not) {
  for (std::string const& text :
       {std::string(), std::string("indicator"), "indicator-" + uuid, "--" + uuid, "in--" + uuid,
        "indicator--8E2E2D2B-17d4-4cbf-938f-98ee46b3cd3f" + std::string(), "Indicator--" + uuid,
        "indicator--" + uuid + "0", "indicator--" + uuid.substr(1), "a-indicator---" + uuid,
        std::string("indicator--8e2e2d2b-17d4-4cbf-138f-98ee46b3cd3f"),
        std::string("indicator--00000000-0000-0000-0000-000000000000"), " indicator--" + uuid,
        std::string(251, 'a') + "--" + uuid})
    EXPECT_FALSE(is_stix_id(text)) << text;
}

TEST(Ids, a_type_has_no_hyphen_at_its_ends_and_no_two_in_a_row) {
  EXPECT_TRUE(is_type_name("x-mitre-data-source"));
  EXPECT_FALSE(is_type_name("corpor@tion"));
  EXPECT_FALSE(is_type_name("9lives"));
  EXPECT_FALSE(is_type_name("-abc"));
  EXPECT_FALSE(is_type_name("abc-"));
  EXPECT_FALSE(is_type_name("ab--cd"));
  EXPECT_FALSE(is_type_name("ab"));
}

TEST(Ids, an_id_is_found_wherever_it_stands_in_text) {
  Strings const one = {"indicator--" + uuid};
  EXPECT_EQ(ids_in("indicator--" + uuid), one);
  EXPECT_EQ(ids_in("see (indicator--" + uuid + ")."), one);
  EXPECT_EQ(ids_in("http://host/objects/indicator--" + uuid + "/?x=1"), one);
  EXPECT_EQ(ids_in("[file:name = 'indicator--" + uuid + "']"), one);
}

TEST(Ids, capitals_and_glue_do_not_hide_an_id) {
  Strings const one = {"indicator--" + uuid};
  EXPECT_EQ(ids_in("indicator--8E2E2D2B-17D4-4CBF-938F-98EE46B3CD3F"), one);
  EXPECT_EQ(ids_in("INDICATOR--" + uuid), one);
  EXPECT_EQ(ids_in("indicator---" + uuid), one);
  EXPECT_EQ(ids_in("indicator--" + uuid + "abc"), one);
  EXPECT_EQ(ids_in("--indicator--" + uuid), one);
  EXPECT_EQ(ids_in("seeindicator--" + uuid), (Strings{"seeindicator--" + uuid, "indicator--" + uuid}));
  EXPECT_EQ(ids_in("x-mitre-tactic--" + uuid), (Strings{"x-mitre-tactic--" + uuid}));
}

TEST(Ids, of_several_each_is_found) {
  EXPECT_EQ(ids_in("tool--" + uuid + "tool--" + uuid + " url--" + uuid).size(),
            4u);  // the second also as glued
  EXPECT_TRUE(ids_in(uuid).empty());
  EXPECT_TRUE(ids_in("a long -- dash").empty());
  EXPECT_TRUE(ids_in("----" + uuid).empty());
}

TEST(Ids, only_some_observables_have_ids_made_from_their_content) {
  EXPECT_TRUE(is_deterministic_sco("ipv4-addr"));
  EXPECT_FALSE(is_deterministic_sco("process"));
  EXPECT_FALSE(is_deterministic_sco("indicator"));
}

}  // namespace
}  // namespace comity::stix
