#include "model/names.h"

#include <algorithm>
#include <array>

#include "base/limits.h"

namespace comity::model {

bool is_slug(std::string_view text) {
  if (text.size() < 2 || text.size() > limits::slug_bytes || text[0] < 'a' || text[0] > 'z') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_reserved(std::string_view slug) {
  static constexpr std::array<std::string_view, 6> words = {"centre", "host", "public",
                                                            "me",     "all",  "duties"};
  return std::ranges::find(words, slug) != words.end();
}

static std::optional<NamePair> split(std::string_view name, char separator) {
  size_t const at = name.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  NamePair const pair{name.substr(0, at), name.substr(at + 1)};
  if (!is_slug(pair.first) || !is_slug(pair.second)) return std::nullopt;
  return pair;
}

std::optional<NamePair> split_office(std::string_view name) { return split(name, '/'); }
std::optional<NamePair> split_agreement(std::string_view name) { return split(name, '.'); }
std::optional<NamePair> split_person(std::string_view name) { return split(name, '@'); }

std::optional<NamePair> split_client(std::string_view name) {
  size_t const at = name.rfind('/');
  if (at == std::string_view::npos || !is_slug(name.substr(at + 1)) || !split_office(name.substr(0, at)))
    return std::nullopt;
  return NamePair{name.substr(0, at), name.substr(at + 1)};
}

}  // namespace comity::model
