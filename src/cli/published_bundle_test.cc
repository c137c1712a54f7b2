#include "cli/published_bundle.h"

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
  auto const read = read_published_bundle(file);
  return read ? "" : read.error().detail;
}

TEST(PublishedBundle, ItsRootIsThatOfTheObjectsAsTheyStandByIdAndVersion) {
  std::string const file = bundle({tool, newer, older});
  auto const read = read_published_bundle(file);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->objects.size(), 3u);
  EXPECT_EQ(read->objects[0].bytes, older);
  EXPECT_EQ(read->objects[1].bytes, newer);
  EXPECT_EQ(read->objects[2].version, "2025-01-01T00:00:00Z") << "as it was created";
  auto const leaf = [](std::string const& bytes) { return merkle::hash_of_leaf_data(bytes); };
  EXPECT_EQ(read->tree.root(), merkle::node_hash(merkle::node_hash(leaf(older), leaf(newer)), leaf(tool)));
}

TEST(PublishedBundle, TheBundleAroundItDoesNotMatter) {
  std::string const one = bundle({tool, newer, older}),
                    two = R"({"objects": [)" + older + "," + tool + "," + newer + R"(], "id": "bundle--1"})";
  EXPECT_EQ(read_published_bundle(one)->tree.root(), read_published_bundle(two)->tree.root());
  EXPECT_NE(read_published_bundle(bundle({tool}))->tree.root(),
            read_published_bundle(bundle({tool + " ", older}))->tree.root());
}

TEST(PublishedBundle, WhatHasNoOrderIsRefused) {
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
