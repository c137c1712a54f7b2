#include "doors/http/message.h"

namespace comity::http {
namespace {

constexpr std::pair<Method, std::string_view> methods[] = {
    {Method::get, "GET"}, {Method::head, "HEAD"},      {Method::post, "POST"},
    {Method::put, "PUT"}, {Method::delete_, "DELETE"}, {Method::options, "OPTIONS"},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

Method method_of(std::string_view word) {
  for (auto const& [method, name] : methods) {
    if (name == word) return method;
  }
  return Method::other;
}

std::string_view name_of(Method method) {
  for (auto const& [known, name] : methods) {
    if (known == method) return name;
  }
  return "other";
}

bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (auto const& [known, value] : fields_) {
    if (same_word(known, name)) return value;
  }
  return std::nullopt;
}

size_t Headers::count(std::string_view name) const {
  size_t n = 0;
  for (auto const& field : fields_) n += same_word(field.first, name);
  return n;
}

std::string Headers::joined(std::string_view name) const {
  std::string list;
  for (auto const& [known, value] : fields_) {
    if (!same_word(known, name)) continue;
    if (!list.empty()) list += ", ";
    list += value;
  }
  return list;
}

}  // namespace comity::http
