// The words of a pattern: what read_pattern() reads. Inside this room only.
//
// White space is Unicode's, comments are those of C; both are skipped. A text that is no token is `bad` with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace comity::stix {

enum class Token : uint8_t {
  end,
  bad,
  // literals
  integer,           // also with a sign
  negative_integer,  // -1
  fraction,
  negative_fraction,
  hex,
  binary,
  text,
  timestamp,
  boolean,
  // names: `name` has no hyphen
  name,
  hyphened_name,
  // operators and brackets
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  colon,
  point,
  comma,
  left_parenthesis,
  right_parenthesis,
  left_bracket,
  right_bracket,
  asterisk,
  // words
  and_word,
  or_word,
  not_word,
  followedby,
  like,
  matches,
  issuperset,
  issubset,
  exists,
  in,
  start,
  stop,
  seconds,
  within,
  repeats,
  times,
  last,
};

struct PatternWord {
  Token token = Token::end;
  std::string_view text;  // as written; of a literal with its quotes
  size_t at = 0;
  std::string_view fault = {};  // of a bad one
};

class PatternWords {
 public:
  explicit PatternWords(std::string_view text);

  PatternWord const& now() const { return now_; }
  void next();

 private:
  void skip();
  bool skip_comment();
  PatternWord read();
  PatternWord word(Token token, size_t size);
  PatternWord bad(std::string_view fault);
  PatternWord read_name();
  PatternWord read_number();
  PatternWord read_quoted(Token token, size_t prefix);

  std::string_view text_;
  size_t at_ = 0;
  PatternWord now_;
};

}  // namespace comity::stix
