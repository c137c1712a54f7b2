#include "stix/codes.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "stix/properties.h"
#include "stix/values.h"
#include "stix/vocabularies.h"

namespace comity::stix {
namespace {

std::string page() {
  std::ifstream file("docs/stix.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Codes, docs_stix_is_the_table) {
  std::string const text = page();
  size_t rows = 0;
  for (size_t at = text.find("\n| `"); at != std::string::npos; at = text.find("\n| `", at + 1)) ++rows;
  EXPECT_EQ(rows, code_rows().size());
  for (CodeRow const& row : code_rows()) {
    std::string const line = "| `" + std::string(row.code) + "` | " + std::string(row.section) + " | " +
                             (row.waiver == Waiver::permissive ? "warns" : "refuses") + " | " +
                             std::string(row.meaning) + " |";
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

TEST(Codes, a_code_is_found_by_its_name) {
  EXPECT_EQ(code_row("empty_list")->waiver, Waiver::permissive);
  EXPECT_EQ(code_row("nonsense"), nullptr);
}

// What a row of properties.h stands on must be there.
TEST(Codes, each_row_of_the_properties_names_what_there_is) {
  for (auto const& row : property_rows(""))
    EXPECT_TRUE(row.shape != Shape::form || form(row.of)) << row.property;
  for (std::string_view const type :
       {"artifact", "file", "malware", "process", "software", "threat-actor", "windows-pebinary-ext",
        "windows-service-ext", "socket-ext", "infrastructure", "location", "identity", "indicator",
        "x509-v3-extensions"}) {
    ASSERT_FALSE(property_rows(type).empty()) << type;
    for (auto const& row : property_rows(type)) {
      bool const words = row.shape == Shape::one_of || row.shape == Shape::some_of ||
                         row.shape == Shape::word || row.shape == Shape::words;
      bool const formed = row.shape == Shape::form || row.shape == Shape::forms;
      bool const inside = row.shape == Shape::embedded || row.shape == Shape::embeddeds;
      EXPECT_TRUE(!words || !vocabulary(row.of).empty()) << row.type << " " << row.property;
      EXPECT_TRUE(!formed || form(row.of)) << row.type << " " << row.property;
      EXPECT_TRUE(!inside || !property_rows(row.of).empty()) << row.type << " " << row.property;
    }
  }
}

TEST(Vocabularies, relationships_of_the_standard) {
  EXPECT_TRUE(is_known_relationship("indicator", "indicates", "malware"));
  EXPECT_TRUE(is_known_relationship("infrastructure", "consists-of", "ipv4-addr"));
  EXPECT_FALSE(is_known_relationship("infrastructure", "uses", "ipv4-addr"));
  EXPECT_TRUE(is_known_relationship("tool", "related-to", "url"));
  EXPECT_TRUE(is_known_relationship("tool", "duplicate-of", "tool"));
  EXPECT_FALSE(is_known_relationship("tool", "derived-from", "malware"));
}

}  // namespace
}  // namespace comity::stix
