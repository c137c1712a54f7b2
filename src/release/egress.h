// Egress: the one maker of releases (released.h).
//
// What `disclosure` or a View allows comes in by disclosed(), which only the makers of this room can call: editions
// (edition.h), composed answers (compose.h) and events (events.h). Besides, four kinds of bytes may leave, since no party's matter can be
// in them:
//   - FixedText: a text that stands in the source of the program. Its constructor runs in the compiler, so nothing
//     computed, and nothing a client sent, gets into it.
//   - OperatorText: what the operator's own listener serves (counters). Only http::Metrics can make one, and it is
//     made of names that stand in the source and of numbers (25-isolation F7).
//   - CodeExchange: what a provider of identities that the host configured is sent for the code that it gave to a browser: its own
//     code, and numbers and names that the host or chance made. Only console::Providers can make one.
//   - SiteMap: octets of a file that the host has laid beside the centre for whoever is signed in. Only console::Maps
//     can make one.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "release/released.h"

namespace comity::http {
class Metrics;
}
namespace comity::console {
class Maps;
class Providers;
}  // namespace comity::console

namespace comity::release {

class FixedText {
 public:
  template <size_t size>
  consteval FixedText(char const (&text)[size]) : text_(text, size - 1) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class OperatorText {
 private:
  friend class comity::http::Metrics;
  friend class Egress;
  explicit OperatorText(Bytes text) : text_(std::move(text)) {}

  Bytes text_;
};

class SiteMap {
 private:
  friend class comity::console::Maps;
  friend class Egress;
  explicit SiteMap(Bytes octets) : octets_(std::move(octets)) {}

  Bytes octets_;
};

class CodeExchange {
 private:
  friend class comity::console::Providers;
  friend class Egress;
  explicit CodeExchange(Bytes form) : form_(std::move(form)) {}

  Bytes form_;
};

class Egress {
 public:
  static Released<Bytes> fixed(FixedText text) { return {Bytes(text.text()), timeless}; }
  static Released<Bytes> operator_text(OperatorText text) { return {std::move(text.text_), timeless}; }
  static Released<Bytes> code_exchange(CodeExchange made) { return {std::move(made.form_), timeless}; }
  static Released<Bytes> site_map(SiteMap map) { return {std::move(map.octets_), timeless}; }

 private:
  friend class Composer;
  friend class Events;
  friend class EditionMaker;
  static Released<Bytes> disclosed(Bytes bytes, uint64_t epoch) { return {std::move(bytes), epoch}; }
};

}  // namespace comity::release
