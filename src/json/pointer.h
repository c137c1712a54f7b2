// JSON pointers (RFC 6901): how an error names the spot in the input it speaks of.
//
// A pointer is built downward: the pointer of the container and one step. The whole document is "". A member's name is
// escaped (`~` as `~0`, `/` as `~1`), nothing else is: a pointer is a string of Unicode, and writing it into JSON
// escapes the rest. Thread-safe: no state.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace comity::json {

std::string pointer_to(std::string_view container, std::string_view member);
std::string pointer_to(std::string_view container, size_t index);

}  // namespace comity::json
