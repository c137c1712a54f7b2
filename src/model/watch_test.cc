#include "model/watch.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace comity::model {
namespace {

TEST(HandoverNote, IsPlainTextOfAPage) {
  EXPECT_TRUE(is_handover_note("Two notices wait.\n\tThe line is noisy."));
  EXPECT_FALSE(is_handover_note(""));
  for (char const* control : {"\r", "\x1b[2J", "\x7f", "\x01"}) EXPECT_FALSE(is_handover_note(control));
  EXPECT_FALSE(is_handover_note(std::string_view("\0", 1)));
}

// Characters, not octets: a note in Russian or Chinese is as long as one in English.
TEST(HandoverNote, IsCountedInCharacters) {
  for (char const* letter : {"a", "\u0436", "\u6f22", "\U0001F6E9"}) {
    std::string text;
    for (size_t i = 0; i < limits::handover_note_characters; ++i) text += letter;
    EXPECT_TRUE(is_handover_note(text)) << letter;
    EXPECT_FALSE(is_handover_note(text + letter)) << letter;
  }
  EXPECT_FALSE(is_handover_note(std::string(5 * limits::handover_note_characters, '\x80')))
      << "no characters at all";
}

}  // namespace
}  // namespace comity::model
