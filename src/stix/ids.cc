#include "stix/ids.h"

#include <algorithm>

#include "model/stix_types.h"

namespace comity::stix {
namespace {

constexpr size_t uuid_size = 36;
constexpr size_t type_size_max = 250;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_hex(char c) { return is_digit(c) || (lowered(c) >= 'a' && lowered(c) <= 'f'); }
bool is_type_letter(char c) { return is_digit(c) || is_lower(lowered(c)) || c == '-'; }

// 8-4-4-4-12 hexadecimal digits of either case at the start of `text`.
bool starts_with_uuid(std::string_view text) {
  if (text.size() < uuid_size) return false;
  for (size_t i = 0; i < uuid_size; ++i) {
    bool const hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

// What may be a type among the characters that end at `end`: letters, digits and single hyphens, beginning with a letter.
std::string_view run_before(std::string_view text, size_t end) {
  while (end > 0 && text[end - 1] == '-') --end;
  size_t start = end;
  while (start > 0 && end - start < type_size_max && is_type_letter(text[start - 1])) {
    if (text[start - 1] == '-' && text[start] == '-') break;
    --start;
  }
  while (start < end && !is_lower(lowered(text[start]))) ++start;
  return text.substr(start, end - start);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lowered);
  return out;
}

// The longest type of STIX that `run` ends with, without being it.
std::string_view type_at_end(std::string_view run) {
  std::string_view longest;
  for (auto const type : model::stix_types())
    if (run.ends_with(type) && type.size() > longest.size()) longest = type;
  return longest;
}

}  // namespace

bool is_type_name(std::string_view text) {
  if (text.size() < 3 || text.size() > type_size_max || !is_lower(text.front()) || text.back() == '-')
    return false;
  if (text.find("--") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_stix_id(std::string_view text) {
  auto const type = type_of_id(text);
  if (!is_type_name(type)) return false;
  auto const uuid = text.substr(type.size() + 2);
  if (uuid.size() != uuid_size || !starts_with_uuid(uuid)) return false;
  if (std::ranges::any_of(uuid, [](char c) { return c >= 'A' && c <= 'F'; })) return false;
  return uuid[14] >= '1' && uuid[14] <= '8' && std::string_view("89ab").contains(uuid[19]);
}

std::string_view type_of_id(std::string_view id) {
  auto const at = id.find("--");
  return at == std::string_view::npos ? std::string_view() : id.substr(0, at);
}

void find_ids(std::string_view text, std::vector<std::string>& out) {
  for (auto at = text.find("--"); at != std::string_view::npos; at = text.find("--", at + 1)) {
    if (!starts_with_uuid(text.substr(at + 2))) continue;
    auto const type = lower_case(run_before(text, at));
    if (type.empty()) continue;
    auto const tail = "--" + lower_case(text.substr(at + 2, uuid_size));
    out.push_back(type + tail);
    if (model::stix_class(type) != model::StixClass::unknown) continue;
    if (auto const shorter = type_at_end(type); !shorter.empty()) out.push_back(std::string(shorter) + tail);
  }
}

bool is_deterministic_sco(std::string_view type) {
  // A process has no contributing properties (STIX 2.1 section 6.13).
  return model::stix_class(type) == model::StixClass::observable && type != "process";
}

}  // namespace comity::stix
