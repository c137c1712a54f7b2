#include "json/pointer.h"

namespace comity::json {

std::string pointer_to(std::string_view container, std::string_view member) {
  std::string pointer;
  pointer.reserve(container.size() + member.size() + 1);
  pointer.append(container).push_back('/');
  for (char const c : member) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

std::string pointer_to(std::string_view container, size_t index) {
  return std::string(container) + "/" + std::to_string(index);
}

}  // namespace comity::json
