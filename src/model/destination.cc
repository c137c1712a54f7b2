#include "model/destination.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::model {
namespace {

constexpr std::string_view scheme = "https://";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_of_name(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
}
bool is_of_v6(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

bool is_port(std::string_view text) {
  constexpr size_t longest = 5;
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_digit);
}

// A name, or an address of version 6 in brackets, and a port perhaps.
bool is_authority(std::string_view text) {
  if (text.starts_with('[')) {
    size_t const end = text.find(']');
    if (end == text.npos || end == 1 || !std::ranges::all_of(text.substr(1, end - 1), is_of_v6)) return false;
    text.remove_prefix(end + 1);
    return text.empty() || (text.starts_with(':') && is_port(text.substr(1)));
  }
  size_t const colon = text.find(':');
  std::string_view const name = text.substr(0, colon);
  if (name.empty() || name.size() > limits::host_name_bytes || !std::ranges::all_of(name, is_of_name))
    return false;
  return colon == text.npos || is_port(text.substr(colon + 1));
}

}  // namespace

bool is_destination_url(std::string_view text) {
  if (text.size() > limits::destination_url_bytes || !text.starts_with(scheme)) return false;
  text.remove_prefix(scheme.size());
  size_t const path = text.find_first_of("/?");
  if (!is_authority(text.substr(0, path))) return false;
  auto const is_visible = [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '\\' && c != '"'; };
  return path == text.npos || std::ranges::all_of(text.substr(path), is_visible);
}

}  // namespace comity::model
