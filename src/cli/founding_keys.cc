#include "cli/founding_keys.h"

#include "cli/members.h"
#include "cli/remote.h"

namespace comity::cli {
namespace {

std::string key_of(json::Value const& parties, std::string_view slug) {
  if (auto const* all = parties.if_array())
    for (json::Value const& party : *all)
      if (text_at(party, "party") == slug) return text_at(party, "founding_key");
  return {};
}

}  // namespace

std::vector<std::string> put_in_founding_keys(json::Value& text, json::Value const& parties) {
  std::vector<std::string> said;
  auto* members = text.if_object();
  auto* participants = members ? members->if_contains("participants") : nullptr;
  auto* list = participants ? participants->if_array() : nullptr;
  if (!list) return said;
  for (json::Value& one : *list) {
    std::string const slug = text_at(one, "party"), key = key_of(parties, slug);
    if (key.empty() || one.as_object().contains("founding_key")) continue;
    one.as_object()["founding_key"] = key;
    said.push_back("founding_key of " + slug + ": " + key);
  }
  return said;
}

}  // namespace comity::cli
