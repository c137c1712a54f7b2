// A place in an object, kept as steps upward so that its pointer is made for a finding only. Inside this room only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/pointer.h"

namespace comity::stix {

struct Place {
  Place const* up = nullptr;  // null: the object itself
  std::string_view name = {};
  std::optional<size_t> index = {};

  std::string pointer() const {
    auto const container = up ? up->pointer() : std::string();
    return index ? json::pointer_to(container, *index) : json::pointer_to(container, name);
  }
};

}  // namespace comity::stix
