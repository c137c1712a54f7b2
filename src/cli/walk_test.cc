// The walk against a small centre of our own making, one that leaks and one that does not.
#include "cli/walk.h"

#include <gtest/gtest.h>

#include <map>

#include "cli/sweep.h"

namespace comity::cli {
namespace {

constexpr char const* item = "indicator--9299f726-ce06-492e-8472-2b52ccb53191";

class SmallCentre {
 public:
  SmallCentre() {
    pages["/taxii2/"] = R"({"title":"c","api_roots":["http://127.0.0.1:8642/taxii2/all/"]})";
    pages["/taxii2/all/"] = R"({"title":"all"})";
    pages["/taxii2/all/collections/"] = R"({"collections":[{"id":"c1","title":"received","can_read":true}]})";
    pages["/taxii2/all/collections/c1/"] = R"({"id":"c1"})";
    pages["/taxii2/all/collections/c1/manifest/"] = R"({"objects":[{"id":")" + std::string(item) + R"("}]})";
    pages["/taxii2/all/collections/c1/objects/"] = R"({"more":true,"next":"p 2","objects":[{}]})";
    pages["/taxii2/all/collections/c1/objects/?next=p%202"] = R"({"objects":[{}]})";
    pages["/taxii2/all/collections/c1/objects/" + std::string(item) + "/"] =
        R"({"objects":[{"name":"nightjar"}]})";
    pages["/api/v1/me"] = R"({"office":"ir/general-staff","time":"2026-01-31T12:00:00.000000Z"})";
    pages["/api/v1/agreements"] = R"({"agreements":[{"id":"ru.baghdad-centre"}],"more":false})";
    pages["/api/v1/agreements/ru.baghdad-centre"] = R"({"id":"ru.baghdad-centre"})";
  }

  Ask ask() {
    return [this](Question const& question) -> Result<http::Response> {
      bool const nobody = question.as == As::nobody;
      auto const found = pages.find(question.path);
      bool const there = !nobody && found != pages.end();
      http::Headers headers{{"Date", std::to_string(++asked)}, {"Content-Type", "application/json"}};
      return http::Response{nobody ? 401 : there ? 200 : 404, headers, there ? found->second : "not found\n"};
    };
  }

  std::map<std::string, std::string> pages;
  int asked = 0;
};

bool has(Walk const& walk, std::string_view question) {
  return std::ranges::find(walk.answers, question, &Answer::question) != walk.answers.end();
}

TEST(Walk, EveryDoorIsWalkedToItsEnd) {
  SmallCentre centre;
  auto const walked = walk(centre.ask(), {});
  ASSERT_TRUE(walked.has_value());
  for (auto const& question :
       std::vector<std::string>{"GET /taxii2/", "GET /taxii2/all/collections/c1/objects/?next=p%202",
                                "GET /taxii2/all/collections/c1/objects/" + std::string(item) + "/versions/",
                                "GET /api/v1/agreements/ru.baghdad-centre/matrix", "GET /api/v1/duties"})
    EXPECT_TRUE(
        has(*walked, question + (question.starts_with("GET /taxii2") ? " as application/taxii+json" : "")))
        << question;
  EXPECT_TRUE(has(*walked, "GET /api/v1/me without a credential"));
}

TEST(Walk, AGuessIsAnsweredLikeANameThatNobodyHas) {
  SmallCentre centre;
  auto const walked = walk(centre.ask(), {"ru.il-staff", "ru.baghdad-centre"});
  ASSERT_TRUE(walked.has_value());
  EXPECT_GT(walked->guessed, 20u);
  EXPECT_EQ(walked->told_apart, std::vector<std::string>{});
  EXPECT_FALSE(
      has(*walked, "GET /taxii2/ru.baghdad-centre/ as application/taxii+json"));  // known, so no guess
}

TEST(Walk, AnAnswerThatTellsAHiddenNameIsNoticed) {
  SmallCentre centre;
  centre.pages["/api/v1/agreements/ru.il-staff/clocks"] = "[]";
  auto const walked = walk(centre.ask(), {"ru.il-staff"});
  EXPECT_EQ(walked->told_apart, std::vector<std::string>{"GET /api/v1/agreements/ru.il-staff/clocks"});
}

TEST(Sweep, TheWordIsFoundWhereItIs) {
  SmallCentre centre;
  auto const walked = walk(centre.ask(), {});
  auto const found = search(Word::of("Nightjar").value(), walked->answers);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].question,
            "GET /taxii2/all/collections/c1/objects/" + std::string(item) + "/ as application/taxii+json");
  EXPECT_TRUE(search(Word::of("woodcock").value(), walked->answers).empty());
}

TEST(Sweep, TwoWalksOfTheSameAreTheSameButForDateAndClock) {
  SmallCentre centre;
  auto const before = walk(centre.ask(), {"ru.il-staff"});
  centre.pages["/api/v1/me"] = R"({"office":"ir/general-staff","time":"2026-01-31T12:00:09.000000Z"})";
  auto const after = walk(centre.ask(), {"ru.il-staff"});
  EXPECT_TRUE(differences(before->answers, after->answers).empty());
}

TEST(Sweep, WhatChangedIsListed) {
  SmallCentre centre;
  auto const before = walk(centre.ask(), {});
  centre.pages["/api/v1/duties"] = "[]";
  centre.pages["/api/v1/agreements/ru.baghdad-centre"] = "{}";
  auto const after = walk(centre.ask(), {});
  EXPECT_EQ(differences(before->answers, after->answers),
            (std::vector<std::string>{"GET /api/v1/agreements/ru.baghdad-centre: body",
                                      "GET /api/v1/agreements/ru.baghdad-centre as text/markdown: body",
                                      "GET /api/v1/duties: status 404 and 200",
                                      "GET /api/v1/duties as text/event-stream: status 404 and 200"}));
}

TEST(Sweep, AWalkIsKeptAndReadBack) {
  std::vector<Answer> const answers{{"GET /x", 200, {{"A", "\xff"}}, std::string("\0b", 2)}};
  auto const read = read_saved(saved(answers));
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(differences(answers, *read).empty());
  EXPECT_FALSE(read_saved("{}").has_value());
}

}  // namespace
}  // namespace comity::cli
