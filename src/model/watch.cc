#include "model/watch.h"

#include <algorithm>
#include <string_view>

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

}  // namespace comity::model
