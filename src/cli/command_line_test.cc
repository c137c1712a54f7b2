#include "cli/command_line.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "cli/completions.h"
#include "cli/posting.h"
#include "cli/show.h"

namespace comity::cli {
namespace {

int said(std::vector<char const*> words) {
  words.insert(words.begin(), "comity");
  return run(static_cast<int>(words.size()), words.data());
}

TEST(CommandLine, HelpIsNoError) {
  for (auto const& verb : all_verbs()) {
    std::vector<std::string> parts;
    for (std::string rest = verb.path; !rest.empty();) {
      auto const space = rest.find(' ');
      parts.push_back(rest.substr(0, space));
      rest = space == rest.npos ? "" : rest.substr(space + 1);
    }
    std::vector<char const*> words;
    for (auto const& part : parts) words.push_back(part.c_str());
    words.push_back("--help");
    testing::internal::CaptureStdout();
    EXPECT_EQ(said(words), 0) << verb.path;
    std::string const help = testing::internal::GetCapturedStdout();
    EXPECT_NE(help.find(verb.help), help.npos) << verb.path;
  }
}

TEST(CommandLine, EveryCommandHasAnExampleAndIsSaidOnce) {
  std::set<std::string> paths;
  for (auto const& verb : all_verbs()) {
    EXPECT_TRUE(paths.insert(verb.path).second) << verb.path;
    bool const shorthand = verb.path == "items why" || verb.path == "items who-sees";
    EXPECT_EQ(verb.examples.find("comity "), shorthand ? verb.examples.npos : verb.examples.find("comity "));
    EXPECT_FALSE(verb.examples.empty() && !shorthand) << verb.path;
  }
}

TEST(CommandLine, UsageIsTwo) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(said({}), 2);
  EXPECT_EQ(said({"nothing"}), 2);
  EXPECT_EQ(said({"agreements"}), 2);
  EXPECT_EQ(said({"agreements", "sign"}), 2);
  EXPECT_EQ(said({"agreements", "list", "--state", "asleep"}), 2);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("Run `comity agreements list --help`"),
            std::string::npos);
}

TEST(Completions, KnowEveryCommandAndOption) {
  for (Shell const shell : {Shell::bash, Shell::zsh, Shell::fish}) {
    std::string const text = completions(shell, all_verbs());
    for (auto const& verb : all_verbs()) {
      EXPECT_NE(text.find(verb.path.substr(verb.path.rfind(' ') + 1)), text.npos) << verb.path;
      for (auto const& argument : verb.arguments)
        if (argument.name.starts_with("--"))
          EXPECT_NE(text.find(argument.name.substr(2)), text.npos) << verb.path << argument.name;
    }
  }
}

json::Value parsed(std::string_view text) { return json::parse(text, 100'000).value(); }

TEST(Show, ARefusalSaysWhatWhereAndWhy) {
  auto const ruling = parsed(R"({"outcome":"refused","reasons":[{"code":"third_party","agreement":"ru.x",
    "clause":"c","subject":"report--1","detail":"held from another"}],"effects":[]})");
  EXPECT_TRUE(is_refused(ruling));
  EXPECT_EQ(ruling_text(ruling), "refused\n  third_party (ru.x, c, report--1): held from another\n");
}

TEST(Show, TheExitIsThatOfTheAnswer) {
  auto const exit = [](int status, std::string body) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Exit const code = finish_ruling(Format::text, http::Response{status, {}, std::move(body)});
    testing::internal::GetCapturedStdout();
    testing::internal::GetCapturedStderr();
    return code;
  };
  EXPECT_EQ(exit(200, R"({"outcome":"accepted","reasons":[],"effects":[]})"), Exit::done);
  EXPECT_EQ(exit(422, R"({"outcome":"refused","reasons":[],"effects":[]})"), Exit::refused);
  EXPECT_EQ(exit(422, R"([{"outcome":"accepted"},{"outcome":"refused"}])"), Exit::refused);
  EXPECT_EQ(exit(422, R"({"title":"Unprocessable content","status":422,"problems":[]})"), Exit::usage);
  EXPECT_EQ(exit(401, ""), Exit::not_there);
  EXPECT_EQ(exit(403, ""), Exit::not_there);
  EXPECT_EQ(exit(404, ""), Exit::not_there);
  EXPECT_EQ(exit(503, ""), Exit::unreachable);
  EXPECT_EQ(exit(500, ""), Exit::unreachable);
  EXPECT_EQ(exit(429, ""), Exit::refused);
}

TEST(Posting, TheObjectsOfABundleKeepTheirBytes) {
  std::string const bundle =
      R"({"type":"bundle","id":"bundle--1","objects":[ {"b":1.50, "a":"\u0041"} ,{}]})";
  EXPECT_EQ(*envelope_of(bundle, {}), R"({"objects":[{"b":1.50, "a":"\u0041"},{}]})");
  EXPECT_EQ(*envelope_of(R"({"id":"x--1"})", {{"iq/defence"}, Preview::only}),
            R"({"objects":[{"id":"x--1"}],"x_comity_to_offices":["iq/defence"],"x_comity_preview":true})");
  EXPECT_FALSE(envelope_of("{}", {}).has_value());
  EXPECT_FALSE(envelope_of("[]", {}).has_value());
  EXPECT_FALSE(envelope_of(R"({"objects":[],"objects":[]})", {}).has_value());
}

}  // namespace
}  // namespace comity::cli
