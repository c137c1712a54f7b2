#include "release/gaps.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace comity::release {
namespace {

json::Value* below(json::Value& value, stix::Step const& step) {
  if (auto* object = value.if_object()) return object->if_contains(step.name);
  auto* array = value.if_array();
  return array && step.index && *step.index < array->size() ? &(*array)[*step.index] : nullptr;
}

json::Value* start(json::Object& object, stix::Step const& step) { return object.if_contains(step.name); }

}  // namespace

json::Value gap() { return std::numeric_limits<double>::quiet_NaN(); }

bool is_gap(json::Value const& value) { return value.is_double() && std::isnan(value.get_double()); }

json::Value* at(json::Object& object, std::span<stix::Step const> steps) {
  json::Value* value = start(object, steps.front());
  for (stix::Step const& step : steps.subspan(1)) {
    if (!value || is_gap(*value)) return nullptr;
    value = below(*value, step);
  }
  return value && !is_gap(*value) ? value : nullptr;
}

void widen_gaps(json::Value& value) {
  auto const all_gone = [](size_t size, size_t gaps) { return size != 0 && size == gaps; };
  size_t gaps = 0;
  if (auto* object = value.if_object()) {
    for (auto& member : *object) widen_gaps(member.value()), gaps += is_gap(member.value()) ? 1 : 0;
    if (all_gone(object->size(), gaps)) value = gap();
  } else if (auto* array = value.if_array()) {
    for (json::Value& element : *array) widen_gaps(element), gaps += is_gap(element) ? 1 : 0;
    if (all_gone(array->size(), gaps)) value = gap();
  }
}

std::optional<std::string> selector_after(json::Object& object, std::string_view selector) {
  auto const steps = stix::steps_of(selector);
  if (!steps || !at(object, *steps)) return std::nullopt;
  std::string after(steps->front().name);
  json::Value* value = start(object, steps->front());
  for (stix::Step const& step : std::span(*steps).subspan(1)) {
    if (auto const* array = value->if_array()) {
      auto const before = array->begin() + static_cast<std::ptrdiff_t>(*step.index);
      after +=
          ".[" +
          std::to_string(*step.index - static_cast<size_t>(std::count_if(array->begin(), before, is_gap))) +
          "]";
    } else {
      after.append(".").append(step.name);
    }
    value = below(*value, step);
  }
  return after;
}

void close_gaps(json::Value& value) {
  if (auto* object = value.if_object()) {
    json::Object kept;
    for (auto& member : *object) {
      if (is_gap(member.value())) continue;
      close_gaps(member.value());
      kept[member.key()] = std::move(member.value());
    }
    *object = std::move(kept);
  } else if (auto* array = value.if_array()) {
    json::Array kept;
    for (json::Value& element : *array) {
      if (is_gap(element)) continue;
      close_gaps(element);
      kept.push_back(std::move(element));
    }
    *array = std::move(kept);
  }
}

}  // namespace comity::release
