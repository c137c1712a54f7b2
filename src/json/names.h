// What I-JSON asks of names and strings beyond RFC 8259. Inside this room only.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace comity::json {

// A name that stands twice in `names`, which come unescaped and are put into another order.
std::optional<std::string_view> repeated_name(std::span<std::string_view> names);

// Does valid UTF-8 hold a code point that Unicode never gives to a character (RFC 7493, 2.1)? A sequence cut off at
// either end of `utf8` counts as none.
bool has_noncharacter(std::string_view utf8);

}  // namespace comity::json
