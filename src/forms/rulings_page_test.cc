// docs/rulings.md against the closed lists: every command has a row with reasons that exist, every reason stands there
// with the advice that the program gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "model/command.h"
#include "model/ruling.h"

namespace comity::forms {
namespace {

std::vector<std::string> const& page() {
  static std::vector<std::string> const lines = [] {
    std::ifstream file("docs/rulings.md");
    std::vector<std::string> read;
    for (std::string line; std::getline(file, line);) read.push_back(line);
    return read;
  }();
  EXPECT_FALSE(lines.empty()) << "start the tests at the root of the project";
  return lines;
}

size_t lines_that_begin(std::string const& beginning) {
  return std::ranges::count_if(page(), [&](std::string const& line) { return line.starts_with(beginning); });
}

// Words in backquotes.
std::vector<std::string> quoted(std::string const& line) {
  std::vector<std::string> words;
  for (size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at + 1)) {
    size_t const end = line.find('`', at + 1);
    if (end == std::string::npos) break;
    words.push_back(line.substr(at + 1, end - at - 1));
    at = end;
  }
  return words;
}

TEST(RulingsPage, HasEveryReasonWithItsAdvice) {
#define REASON(number, name, text) EXPECT_EQ(lines_that_begin("| `" #name "` | " text " |"), 1u) << #name;
#include "model/reasons.inc"
#undef REASON
}

TEST(RulingsPage, HasEveryCommandUnderItsNumber) {
#define COMMAND(number, name, ...) EXPECT_EQ(lines_that_begin("| " #number " | " #name " |"), 1u) << #name;
#include "model/commands.inc"
#undef COMMAND
}

TEST(RulingsPage, NamesOnlyReasonsThatExist) {
  std::set<std::string> known = {"host"};  // the role
#define REASON(number, name, text) known.insert(#name);
#include "model/reasons.inc"
#undef REASON
  size_t rows = 0;
  for (std::string const& line : page()) {
    if (!line.starts_with("| ") || line[2] < '0' || line[2] > '9' || line.find('`') == std::string::npos)
      continue;
    ++rows;
    for (std::string const& word : quoted(line)) EXPECT_TRUE(known.contains(word)) << word << " in: " << line;
  }
  EXPECT_GT(rows, 20u);
}

}  // namespace
}  // namespace comity::forms
