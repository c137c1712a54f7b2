#include "places/walk.h"

#include "base/limits.h"
#include "json/pointer.h"
#include "places/values.h"

namespace comity::places {

std::optional<At> At::member(std::string_view name) const {
  auto const* members = value_->if_object();
  auto const* found = members ? members->if_contains(name) : nullptr;
  if (!found || found->is_null()) return std::nullopt;
  return At(*found, json::pointer_to(pointer_, name));
}

std::vector<At> At::elements() const {
  std::vector<At> all;
  if (auto const* list = value_->if_array())
    for (size_t i = 0; i < list->size(); ++i) all.emplace_back((*list)[i], json::pointer_to(pointer_, i));
  return all;
}

std::string At::text() const {
  if (value_->is_string()) return std::string(value_->get_string());
  return value_->is_number() ? json::write(*value_) : "";
}

std::optional<double> At::number() const {
  if (value_->is_int64()) return static_cast<double>(value_->get_int64());
  if (value_->is_double()) return value_->get_double();
  return std::nullopt;
}

std::string At::text(std::string_view name) const {
  auto const found = member(name);
  return found ? found->text() : "";
}

std::optional<double> At::number(std::string_view name) const {
  auto const found = member(name);
  return found ? found->number() : std::nullopt;
}

Result<json::Value> read_document(BytesView file) {
  return json::parse(without_mark(file), limits::place_file_bytes, json::Numbers::any);
}

}  // namespace comity::places
