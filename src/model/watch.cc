#include "model/watch.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::model {

bool is_contact(Contact const& contact) {
  std::string_view const text = contact.address;
  if (text.empty() || text.size() > limits::contact_bytes || text.front() == '-') return false;
  constexpr std::string_view never = "<>()[]\\,;:\"'`|&$";
  bool const plain =
      std::ranges::all_of(text, [&](char c) { return c > ' ' && c < 0x7f && !never.contains(c); });
  size_t const at = text.find('@');
  bool const of_mail = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                       text.find('@', at + 1) == std::string_view::npos;
  return plain && (contact.by == Contact::By::gateway || of_mail);
}

bool is_handover_note(std::string_view text) {
  auto const is_control = [](char c) {
    auto const octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\n' && c != '\t') || octet == 0x7f;
  };
  auto const begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };  // a code point
  auto const characters = static_cast<size_t>(std::ranges::count_if(text, begins));
  bool const fits =
      text.size() <= 4 * limits::handover_note_characters && characters <= limits::handover_note_characters;
  return !text.empty() && fits && std::ranges::none_of(text, is_control);
}

}  // namespace comity::model
