#include "forms/reader.h"

#include <algorithm>

#include "json/pointer.h"

namespace comity::forms {

void Problems::add(std::string pointer, std::string reason) {
  if (all_.size() < limits::agreement_problems) all_.push_back({std::move(pointer), std::move(reason)});
}

std::optional<std::string_view> Place::text() const {
  if (auto const* text = value_->if_string()) return std::string_view(*text);
  refuse("must be a string");
  return std::nullopt;
}

std::optional<int64_t> Place::integer(int64_t least, int64_t most) const {
  auto const* number = value_->if_int64();
  if (number && *number >= least && *number <= most) return *number;
  refuse("must be an integer, written without a point, from " + std::to_string(least) + " to " +
         std::to_string(most));
  return std::nullopt;
}

std::optional<bool> Place::yes_or_no() const {
  if (auto const* flag = value_->if_bool()) return *flag;
  refuse("must be true or false");
  return std::nullopt;
}

std::optional<UtcTime> Place::time() const {
  auto const* text = value_->if_string();
  auto const time = text ? parse_time(*text) : std::nullopt;
  if (!time) refuse("must be a time like \"2026-01-31T12:00:00.000000Z\"");
  return time;
}

std::optional<Duration> Place::duration() const {
  auto const* text = value_->if_string();
  auto const duration = text ? parse_duration(*text) : std::nullopt;
  if (!duration) {
    refuse("must be a duration like \"P30D\" or \"PT1H30M\": days, hours, minutes and seconds only");
  } else if (*duration > limits::longest_duration) {
    refuse("must be at most \"" + to_text(limits::longest_duration) + "\"");
    return std::nullopt;
  }
  return duration;
}

std::vector<Place> Place::elements(size_t most) const {
  std::vector<Place> places;
  auto const* array = value_->if_array();
  if (!array) {
    refuse("must be a list");
  } else if (array->size() > most) {
    refuse("must have at most " + std::to_string(most) + " elements");
  } else {
    for (size_t i = 0; i < array->size(); ++i)
      places.emplace_back((*array)[i], json::pointer_to(pointer_, i), *problems_);
  }
  return places;
}

Members::Members(Place const& place) : place_(place), object_(place.value().if_object()) {
  if (!object_) place_.refuse("must be an object");
}

Members::~Members() {
  if (!object_ || others_allowed_) return;
  std::string known;
  for (auto const key : asked_) known.append(known.empty() ? "" : ", ").append(key);
  for (auto const& member : *object_) {
    std::string_view const key = member.key();
    if (std::ranges::find(asked_, key) == asked_.end())
      place_.problems().add(json::pointer_to(place_.pointer(), key), "unknown key; known here: " + known);
  }
}

std::optional<Place> Members::optional(std::string_view key) {
  if (!object_) return std::nullopt;
  asked_.push_back(key);
  auto const* value = object_->if_contains(key);
  if (!value) return std::nullopt;
  return Place(*value, json::pointer_to(place_.pointer(), key), place_.problems());
}

std::optional<Place> Members::required(std::string_view key) {
  auto place = optional(key);
  if (!place && object_)
    place_.problems().add(json::pointer_to(place_.pointer(), key), "missing, and there is no default for it");
  return place;
}

void Members::take_text(std::string_view key, std::string& out) {
  if (auto const place = required(key)) out = place->text().value_or(out);
}

void Members::take_flag(std::string_view key, bool& out) {
  if (auto const place = required(key)) out = place->yes_or_no().value_or(out);
}

void Members::take_duration(std::string_view key, Duration& out) {
  if (auto const place = required(key)) out = place->duration().value_or(out);
}

void Members::take_time(std::string_view key, UtcTime& out) {
  if (auto const place = required(key)) out = place->time().value_or(out);
}

void Members::take_number(std::string_view key, uint32_t& out, uint32_t least, uint32_t most) {
  if (auto const place = required(key))
    out = static_cast<uint32_t>(place->integer(least, most).value_or(out));
}

}  // namespace comity::forms
