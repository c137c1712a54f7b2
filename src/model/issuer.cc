#include "model/issuer.h"

#include "base/limits.h"

namespace comity::model {

bool is_issuer_url(std::string_view text) {
  return !text.empty() && text.size() <= limits::name_bytes &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace comity::model
