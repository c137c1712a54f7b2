#include "cli/members.h"

namespace comity::cli {
namespace {

json::Value const* found_in(json::Value const& object, std::string_view name) {
  auto const* members = object.if_object();
  return members ? members->if_contains(name) : nullptr;
}

}  // namespace

json::Value member_of(json::Value const& object, std::string_view name) {
  auto const* value = found_in(object, name);
  return value ? *value : json::Value();
}

std::string text_at(json::Value const& object, std::string_view name) {
  auto const* value = found_in(object, name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

int64_t number_at(json::Value const& object, std::string_view name) {
  auto const* value = found_in(object, name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

bool is_said(json::Value const& object, std::string_view name) {
  auto const* value = found_in(object, name);
  return value && value->is_bool() && value->get_bool();
}

json::Array const* list_at(json::Value const& object, std::string_view name) {
  auto const* value = found_in(object, name);
  return value ? value->if_array() : nullptr;
}

json::Array rows_at(json::Value const& object, std::string_view name) {
  auto const* list = list_at(object, name);
  return list ? *list : json::Array{};
}

}  // namespace comity::cli
