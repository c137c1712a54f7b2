// The small texts that names, times, durations, polygons and selectors are read from. What is read and written out again is
// the text, where a value has one; two readers of the same thing agree; the exact test of a polygon answers for every
// order in which its points can be told.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/ensure.h"
#include "base/time.h"
#include "forms/polygon.h"
#include "model/names.h"
#include "stix/ids.h"
#include "stix/selectors.h"

using namespace comity;

namespace {

void check_times(std::string_view text) {
  if (auto const time = parse_time(text)) {
    ensure(to_text(*time) == text);
    ensure(parse_stix_time(text) == time);  // the canonical form is one of those that STIX has
  }
  if (auto const time = parse_stix_time(text)) {
    auto const again = parse_time(to_text(*time));
    ensure(again == time && parse_stix_time(to_text(*time)) == time);
    bool const leap_second = text.substr(17, 2) == "60";  // the first moment of the next minute
    ensure(text.ends_with('Z') && (leap_second || to_text(*time).substr(0, 19) == text.substr(0, 19)));
  }
  if (auto const duration = parse_duration(text)) {
    ensure(duration->us >= 0 && parse_duration(to_text(*duration)) == duration);
  }
}

void check_names(std::string_view text) {
  auto const office = model::split_office(text), agreement = model::split_agreement(text);
  auto const person = model::split_person(text), client = model::split_client(text);
  ensure(!model::is_slug(text) || !(office || agreement || person || client));
  ensure((office ? 1 : 0) + (agreement ? 1 : 0) + (person ? 1 : 0) + (client ? 1 : 0) <= 1);
  if (office) ensure(std::string(office->first) + "/" + std::string(office->second) == text);
  if (agreement) ensure(std::string(agreement->first) + "." + std::string(agreement->second) == text);
  if (person) ensure(std::string(person->first) + "@" + std::string(person->second) == text);
  if (client) ensure(std::string(client->first) + "/" + std::string(client->second) == text);
  if (client) ensure(model::split_office(client->first).has_value());
  if (stix::is_stix_id(text)) {
    ensure(text ==
           std::string(stix::type_of_id(text)) + std::string(text.substr(stix::type_of_id(text).size())));
    std::vector<std::string> found;
    stix::find_ids("see " + std::string(text) + ".", found);
    ensure(std::ranges::find(found, text) != found.end());  // an id is an id inside a text too (A14)
  }
  if (auto const steps = stix::steps_of(text)) ensure(!steps->empty() && !steps->front().index);
}

void check_polygon(std::string_view text) {
  std::vector<model::Point> points;
  for (; text.size() >= 8 && points.size() < 24; text.remove_prefix(8)) {
    int32_t place[2];
    std::memcpy(place, text.data(), sizeof place);
    points.push_back({place[0], place[1]});
  }
  bool const simple = forms::is_simple(points);
  if (points.size() < 3) return ensure(!simple);
  for (size_t i = 0; i < points.size() && simple; ++i) ensure(std::ranges::count(points, points[i]) == 1);
  std::ranges::rotate(points, points.begin() + 1);
  ensure(forms::is_simple(points) == simple);
  std::ranges::reverse(points);
  ensure(forms::is_simple(points) == simple);
  for (auto& point : points) std::swap(point.longitude_e7, point.latitude_e7);
  ensure(forms::is_simple(points) == simple);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  if (size == 0) return 0;
  std::string_view const text(reinterpret_cast<char const*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0: check_times(text); break;
    case 1: check_names(text); break;
    case 2: check_polygon(text); break;
  }
  return 0;
}
