#include "cli/edition.h"

#include <gtest/gtest.h>

#include "merkle/tree.h"

namespace comity::cli {
namespace {

std::string const tool = R"({"type":"tool","id":"tool--1","created":"2025-01-01T00:00:00Z"})";
std::string const older = R"({ "id": "malware--1", "modified": "2025-01-01T00:00:00Z" })";
std::string const newer = R"({ "id": "malware--1", "modified": "2025-02-01T00:00:00Z" })";

std::string bundle(std::vector<std::string> const& objects) {
  std::string list;
  for (std::string const& one : objects) list += (list.empty() ? "" : " ,\n") + one;
  return R"({"type":"bundle","objects":[)" + list + "]}";
}

std::string refusal(std::string const& file) {
  auto const edition = read_edition(file);
  return edition ? "" : edition.error().detail;
}

TEST(Edition, ItsRootIsThatOfTheObjectsAsTheyStandByIdAndVersion) {
  std::string const file = bundle({tool, newer, older});
  auto const edition = read_edition(file);
  ASSERT_TRUE(edition);
  ASSERT_EQ(edition->objects.size(), 3u);
  EXPECT_EQ(edition->objects[0].bytes, older);
  EXPECT_EQ(edition->objects[1].bytes, newer);
  EXPECT_EQ(edition->objects[2].version, "2025-01-01T00:00:00Z") << "as it was created";
  auto const leaf = [](std::string const& bytes) { return merkle::hash_of_leaf_data(bytes); };
  EXPECT_EQ(edition->tree.root(), merkle::node_hash(merkle::node_hash(leaf(older), leaf(newer)), leaf(tool)));
}

TEST(Edition, TheBundleAroundItDoesNotMatter) {
  std::string const one = bundle({tool, newer, older}),
                    two = R"({"objects": [)" + older + "," + tool + "," + newer + R"(], "id": "bundle--1"})";
  EXPECT_EQ(read_edition(one)->tree.root(), read_edition(two)->tree.root());
  EXPECT_NE(read_edition(bundle({tool}))->tree.root(),
            read_edition(bundle({tool + " ", older}))->tree.root());
}

TEST(Edition, WhatHasNoOrderIsRefused) {
  EXPECT_EQ(refusal("{}"), "not a bundle of STIX objects");
  EXPECT_EQ(refusal(bundle({})), "not a bundle of STIX objects");
  EXPECT_EQ(refusal(bundle({tool, "7"})), "object 2 of the bundle has no id");
  EXPECT_EQ(refusal(bundle({R"({"id":7})"})), "object 1 of the bundle has no id");
  EXPECT_EQ(refusal(bundle({older, tool, older})),
            "the bundle has malware--1 twice in version 2025-01-01T00:00:00Z");
  EXPECT_FALSE(refusal("{\"objects\":[").empty());
}

}  // namespace
}  // namespace comity::cli
