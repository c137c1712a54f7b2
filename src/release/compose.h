// Composer: the body of an answer, put together from released parts.
//
// It writes one JSON text and takes nothing but constants of the program, numbers, what release/ told or showed, tokens
// and other releases. A door that wants to send a string has to come by it through one of these, so "may this leave?"
// is asked where the string is made. Commas and colons are its own business; that names stand in objects and objects are
// closed is the caller's, and ensured.
//
//     Composer body(eyes);
//     body.open().name("more").truth(Truth::yes).name("objects").open_list();
//     for (auto const& edition : editions) body.part(edition);
//     return body.close_list().close().finish();
//
// The release carries the oldest epoch among its parts and the state's when the Composer was made: it is current only as
// long as all of it is (25-isolation G6). A part is placed as it is, byte for byte: it must be JSON, as editions are.
// Not synchronised: one thread at a time.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "release/cursor.h"
#include "release/egress.h"
#include "release/shown.h"
#include "release/told.h"

namespace comity::release {

enum class Truth : uint8_t { no, yes };

// A piece of a string: a constant, or a string that was told.
using Piece = std::variant<FixedText, Told const*>;

class Composer {
 public:
  explicit Composer(Eyes const& eyes) : epoch_(eyes.epoch()) {}
  Composer() = default;  // of constants and problems: nothing that depends on the law

  Composer& open() { return begin('{'); }
  Composer& close() { return end('}'); }
  Composer& open_list() { return begin('['); }
  Composer& close_list() { return end(']'); }
  Composer& name(FixedText text);

  Composer& text(FixedText text);
  Composer& joined(std::initializer_list<Piece> pieces);
  Composer& number(int64_t value);
  Composer& truth(Truth value);
  Composer& told(Told const& told);
  Composer& token(Token const& token);
  Composer& part(Released<Bytes> const& part);

  Composer& id(Shown const& shown) { return shown_text(shown, shown.id()); }
  Composer& type(Shown const& shown) { return shown_text(shown, shown.type()); }
  Composer& version(Shown const& shown) { return shown_text(shown, shown.version()); }
  Composer& date_added(Shown const& shown) { return shown_text(shown, to_text(shown.date_added())); }

  Released<Bytes> finish();

  // A string that was told, alone and as plain text.
  static Released<Bytes> plain(Told const& told);

 private:
  Composer& begin(char bracket);
  Composer& end(char bracket);
  Composer& raw(std::string_view json);
  Composer& shown_text(Shown const& shown, std::string_view text);
  void depend_on(uint64_t epoch) { epoch_ = epoch < epoch_ ? epoch : epoch_; }
  void before_value();

  struct Level {
    char bracket;
    size_t members = 0;
    bool named = false;
  };
  Bytes body_;
  std::vector<Level> levels_;
  uint64_t epoch_ = timeless;
};

}  // namespace comity::release
