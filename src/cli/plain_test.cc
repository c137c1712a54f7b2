#include "cli/plain.h"

#include <gtest/gtest.h>

#include "cli/table.h"
#include "json/json.h"

namespace comity::cli {
namespace {

TEST(Plain, EscapeSequencesOfTerminalsAreShownAndNotSent) {
  EXPECT_EQ(plain("a\x1b[2Jb"), "a\\x1b[2Jb");
  EXPECT_EQ(plain("a\rb\nc\td\x7f"), "a\\x0db\\x0ac\\x09d\\x7f");
  EXPECT_EQ(plain("\xc2\x9b"
                  "31m"),
            "\\x9b31m");  // CSI as one character of Latin-1
}

TEST(Plain, DirectionCannotBeTurned) {
  EXPECT_EQ(plain("ru\xe2\x80\xae"
                  "li"),
            "ru\\u{202e}li");
  EXPECT_EQ(plain("\xe2\x81\xa6x\xe2\x81\xa9"), "\\u{2066}x\\u{2069}");
}

TEST(Plain, LettersOfEveryScriptStayAndSoDoTheJoinersTheyNeed) {
  for (std::string const text : {"ГШ России", "می‌روم", "القوات", "參謀", "ñ"})
    EXPECT_EQ(plain(text), text);
}

TEST(Plain, OctetsThatAreNoTextAreShown) {
  EXPECT_EQ(plain("\xff"
                  "a\xc3"),
            "\\xffa\\xc3");
  EXPECT_EQ(plain("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
}

TEST(Plain, LinesAreKeptWhereLinesAreWanted) { EXPECT_EQ(plain_lines("a\n\tb\x1b"), "a\n  b\\x1b"); }

TEST(Plain, JsonForATerminalIsTheSameJson) {
  std::string const sent = "{\"a\":\"x\xe2\x80\xaey\xc2\x9bz\xf3\xa0\x81\x81\"}\n";
  std::string const shown = plain_json(sent);
  EXPECT_EQ(shown.find("\xe2\x80\xae"), shown.npos);
  EXPECT_EQ(json::parse(shown, 1000).value(), json::parse(sent, 1000).value());
}

TEST(Plain, WidthCountsColumns) {
  EXPECT_EQ(width("abc"), 3u);
  EXPECT_EQ(width("параметр"), 8u);
  EXPECT_EQ(width("參謀"), 4u);
  EXPECT_EQ(width("e\xcc\x81"), 1u);
  EXPECT_EQ(cut("參謀部長", 5), "參謀…");
}

TEST(Table, ColumnsAreAlignedByWhatIsSeen) {
  Table const table{{"party", "name"}, {{"ru", "Россия"}, {"cn", "中国"}, {"i", "x"}}};
  EXPECT_EQ(drawn(table, 0),
            "party  name\n"
            "─────  ──────\n"
            "ru     Россия\n"
            "cn     中国\n"
            "i      x\n");
}

TEST(Table, TheWidestColumnGivesWayToANarrowTerminal) {
  Table const table{{"id", "text"}, {{"one", "a sentence that is much too long"}}};
  EXPECT_EQ(drawn(table, 20),
            "id   text\n"
            "───  ───────────────\n"
            "one  a sentence tha…\n");
}

TEST(Table, TheNameOfARowIsNeverCut) {
  std::string const id = "indicator--9299f726-ce06-492e-8472-2b52ccb53191";
  Table const table{
      {"item", "added", "agreement", "form"},
      {{id, "2015-11-01T00:00:00.000000Z", "ru.baghdad-centre", "whole"}, {"short", "", "x", ""}}};
  EXPECT_EQ(drawn(table, 90),
            "item                                             added             agreement         form\n"
            "───────────────────────────────────────────────  ────────────────  ────────────────  ─────\n" +
                id + "  2015-11-01T00:0…  ru.baghdad-cent…  whole\n" +
                "short                                                              x\n");
  EXPECT_EQ(drawn(table, 60),
            id + "\n    added 2015-11-01T00:00:00.000000Z\n    agreement ru.baghdad-centre  form whole\n" +
                "short\n    agreement x\n");
}

TEST(Table, ACellCannotLeaveItsPlace) {
  EXPECT_EQ(drawn(Table{{"a"}, {{"x\ny"}}}, 0), "a\n──────\nx\\x0ay\n");
}

}  // namespace
}  // namespace comity::cli
