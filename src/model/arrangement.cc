#include "model/arrangement.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "model/names.h"

namespace comity::model {
namespace {

// What other doors answer: as a whole, and what lies under it.
constexpr std::array<std::string_view, 10> of_other_doors = {
    "/api/v1/", "/checkpoint/", "/tile/",    "/dss/",     "/uss/",
    "/aux/",    "/healthz/",    "/healthy/", "/metrics/", "/console/"};

bool is_of_a_path(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_';
}

}  // namespace

bool is_root_path(std::string_view path) {
  if (path.size() < 3 || path.size() > limits::name_bytes || path.front() != '/' || path.back() != '/')
    return false;
  if (path == "/taxii2/" || path.find("//") != path.npos || path.find("/.") != path.npos) return false;
  if (!std::ranges::all_of(path, [](char c) { return c == '/' || is_of_a_path(c); })) return false;
  auto const meets = [&](std::string_view other) {
    return path.starts_with(other) || other.starts_with(path);
  };
  return std::ranges::none_of(of_other_doors, meets);
}

bool is_collection_id(std::string_view text) {
  return !text.empty() && text.size() <= limits::name_bytes && text.front() != '.' &&
         std::ranges::all_of(text, is_of_a_path);
}

bool is_user_name(std::string_view name) {
  auto const fits = [](char c) { return c > ' ' && c < 0x7f && c != ':' && c != '/'; };
  return !name.empty() && name.front() != '.' && name.size() <= limits::name_bytes &&
         std::ranges::all_of(name, fits) && !split_person(name);
}

}  // namespace comity::model
