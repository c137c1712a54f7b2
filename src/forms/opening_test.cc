#include "forms/opening.h"

#include <gtest/gtest.h>

namespace comity::forms {
namespace {

constexpr char whole[] = R"({"title": "Old", "default": "/a/",
  "users": [{"name": "alice", "password": "p"}, {"name": "bob"}],
  "api_roots": [
    {"path": "/a/", "title": "A", "collections": [
      {"id": "91a7b528-80eb-42ed-a74d-c6fbd5a26116", "title": "One", "readers": "everyone", "writers": ["alice"],
       "objects": "one.jsonl"},
      {"id": "52892447-4d7e-4f70-b94d-d7f22742ff63", "title": "Two", "alias": "two", "readers": [], "writers": "everyone"}]},
    {"path": "/b/", "title": "B", "description": "The second", "collections": [
      {"id": "91a7b528-80eb-42ed-a74d-c6fbd5a26116", "title": "Three", "readers": ["bob"], "writers": [],
       "objects": [ {"date_added":"2024-05-01T10:00:00.000001Z", "object": { "a" :1.50 } } ]}]}]})";

TEST(Opening, IsReadWhole) {
  auto const read = read_description(whole);
  ASSERT_TRUE(read) << read.error().front().pointer << read.error().front().reason;
  commands::Opening const& opening = read->opening;
  EXPECT_EQ(opening.title, "Old");
  EXPECT_EQ(opening.default_root, "/a/");
  EXPECT_EQ(opening.users, (std::vector<std::string>{"alice", "bob"}));
  ASSERT_EQ(opening.collections.size(), 3u);
  EXPECT_EQ(opening.collections[2].root, "/b/");
  EXPECT_FALSE(opening.collections[0].readers);  // everyone
  EXPECT_EQ(opening.collections[0].writers, std::vector<std::string>{"alice"});
  EXPECT_EQ(opening.collections[1].alias, "two");
  EXPECT_EQ(read->seeds[0].file, "one.jsonl");
  EXPECT_TRUE(read->seeds[1].file.empty() && read->seeds[1].inside.empty());
  ASSERT_EQ(read->seeds[2].inside.size(), 1u);
  auto const seed = read_seed(read->seeds[2].inside[0]);
  ASSERT_TRUE(seed);
  EXPECT_EQ(seed->object, R"({ "a" :1.50 })");  // as it is written
  EXPECT_EQ(to_text(seed->date_added), "2024-05-01T10:00:00.000001Z");
}

std::vector<std::string> pointers(std::string_view text) {
  std::vector<std::string> all;
  auto const read = read_description(text);
  if (!read)
    for (Problem const& one : read.error()) all.push_back(one.pointer);
  return all;
}

TEST(Opening, AllThatIsWrongIsTold) {
  EXPECT_EQ(pointers("{"), std::vector<std::string>{""});
  EXPECT_EQ(pointers("{}"), (std::vector<std::string>{"/title", "/users", "/api_roots"}));
  EXPECT_EQ(
      pointers(R"({"title": "", "users": [{"name": "a:b", "password": "x", "verifier": "y"}], "api_roots": [
      {"path": "/api/v1/", "title": "T", "colour": 1, "collections": [{"id": "x", "title": "T", "readers": "all",
       "writers": ["a", "a"], "objects": 7}]}]})"),
      (std::vector<std::string>{"/title", "/users/0/name", "/users/0", "/users/0", "/api_roots/0/path",
                                "/api_roots/0/collections/0/readers", "/api_roots/0/collections/0/writers/1",
                                "/api_roots/0/collections/0/objects", "/api_roots/0/colour"}));
}

// Found by fuzzing: what must be a string of no particular shape was refused without a word.
TEST(Opening, EveryProblemHasAReason) {
  auto const read =
      read_description(R"({"title": "T", "users": [{"name": "a", "password": []}], "api_roots": []})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().front().reason, "must be a string");
}

TEST(Opening, SeedsThatAreNone) {
  for (char const* bad :
       {"", "[]", "{}", R"({"object": {}})", R"({"date_added": "2024-05-01T10:00:00.000001Z"})",
        R"({"date_added": "yesterday", "object": {}})", R"({"date_added": 7, "object": {}})",
        R"({"date_added": "2024-05-01T10:00:00.000001Z", "date_added": "x", "object": {}})"})
    EXPECT_FALSE(read_seed(bad)) << bad;
}

}  // namespace
}  // namespace comity::forms
