// Is a word in these bytes, in any form a program could have given it? (Promise 1, as `comity sweep` asks
// it.)
//
// The bytes are read as they are, with JSON escapes (\uXXXX and the short ones) undone, with percent escapes
// undone, and with both, up to three times over; in each the word is looked for without regard to case
// (Latin, Greek, Cyrillic) and backwards. In the raw bytes it is further looked for in base64 and base64url
// at each of the three offsets (as given, in lower and upper case, and as UTF-16), in hexadecimal of either
// case, and as UTF-16 of either byte order. What is compressed, encrypted, hashed or paraphrased is not
// found; answers of a centre are never compressed (G13). A word shorter than four bytes is refused: in base64
// it would be found everywhere. Thread-safe once made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace comity::cli {

inline constexpr size_t shortest_word = 4;

class Word {
 public:
  static Result<Word> of(std::string_view utf8);

  // The names of the forms in which it is there ("plain", "base64 at offset 1"), each once; none if it is not.
  std::vector<std::string> found_in(BytesView bytes) const;

 private:
  struct Needle {
    std::string form;
    Bytes bytes;
  };
  void add(std::string form, Bytes bytes);
  void add_base64(std::string const& form, BytesView bytes);

  std::vector<Needle> folded_;  // looked for in folded views
  std::vector<Needle> exact_;   // looked for in the bytes as they are
};

// For tests: what the views are made of.
std::string folded(std::string_view utf8);
std::string without_json_escapes(std::string_view text);
std::string without_percent(std::string_view text);

}  // namespace comity::cli
