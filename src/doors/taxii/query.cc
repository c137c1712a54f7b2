#include "doors/taxii/query.h"

#include <charconv>
#include <set>

#include "base/contains.h"

namespace comity::taxii {
namespace {

std::unexpected<Error> malformed(std::string const& name) {
  return fail(ErrorCode::bad_input, "malformed " + name);
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    size_t const end = std::min(text.find(',', at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

Result<std::vector<std::string>> values(std::string const& name, std::string_view text) {
  auto parts = parted(text);
  if (contains(parts, std::string_view())) return malformed(name);
  return parts;
}

Result<size_t> limit_of(std::string const& text) {
  size_t limit = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc::result_out_of_range && end == text.data() + text.size())
    return limits::page_objects;
  if (error != std::errc() || end != text.data() + text.size() || limit == 0) return malformed("limit");
  return limit;
}

Result<void> read_match(Wish& wish, std::string const& name, std::string const& value) {
  release::Match& match = wish.query.match;
  if (name == "match[id]") {
    match.ids = TRY(values(name, value));
  } else if (name == "match[type]") {
    match.types = TRY(values(name, value));
  } else if (name == "match[spec_version]") {
    match.spec_versions = TRY(values(name, value));
  } else {
    match.versions = TRY(read_versions(value));
  }
  return {};
}

bool is_match(std::string_view name, Matching matching) {
  if (name == "match[spec_version]") return true;
  if (name == "match[version]") return matching != Matching::none;
  return matching == Matching::all && (name == "match[id]" || name == "match[type]");
}

}  // namespace

Result<release::Versions> read_versions(std::string_view text) {
  release::Versions versions{.first = false, .last = false, .all = false, .exact = {}};
  auto const parts = parted(text);
  for (std::string const& part : parts) {
    auto const take = [&](bool& word) { return !std::exchange(word, true); };
    bool fresh = true;
    if (part == "first") {
      fresh = take(versions.first);
    } else if (part == "last") {
      fresh = take(versions.last);
    } else if (part == "all") {
      fresh = take(versions.all) && parts.size() == 1;
    } else {
      auto const time = parse_stix_time(part);
      fresh = time && !contains(versions.exact, *time);
      if (fresh) versions.exact.push_back(*time);
    }
    if (!fresh) return malformed("match[version]");
  }
  return versions;
}

Result<Wish> read_query(http::Query const& query, Matching matching) {
  Wish wish;
  std::set<std::string_view> seen;
  for (auto const& [name, value] : query) {
    bool const known = name == "limit" || name == "added_after" || name == "next" || is_match(name, matching);
    if (!known) continue;
    if (!seen.insert(name).second) return fail(ErrorCode::bad_input, name + " is given more than once");
    if (name == "limit") {
      wish.query.limit = TRY(limit_of(value));
    } else if (name == "added_after") {
      wish.query.added_after = parse_stix_time(value);
      if (!wish.query.added_after) return malformed(name);
    } else if (name == "next") {
      if (value.empty()) return malformed(name);
      wish.next = value;
    } else {
      TRY_VOID(read_match(wish, name, value));
    }
  }
  if (matching == Matching::none)
    wish.query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
  return wish;
}

}  // namespace comity::taxii
