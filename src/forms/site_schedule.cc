// Schedules of sites: forms/volumes.h.
#include "earth/schedule.h"
#include "forms/command_parts.h"
#include "forms/volumes.h"

namespace comity::forms {
namespace {

using earth::SunEvent;

constexpr Word<uint32_t> day_words[] = {{"MON", 1},  {"TUE", 2},  {"WED", 4},  {"THU", 8},
                                        {"FRI", 16}, {"SAT", 32}, {"SUN", 64}, {"ANY", earth::every_day}};
struct Event {
  std::string_view text;
  SunEvent event;
};
constexpr Event events[] = {
    {"BMCT", SunEvent::dawn}, {"SR", SunEvent::rise}, {"SS", SunEvent::set}, {"EMCT", SunEvent::dusk}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<earth::TimeOfDay> time_of_day(std::string_view text) {
  for (Event const& one : events)
    if (text == one.text) return earth::TimeOfDay{0, one.event};
  bool const has_form = text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' &&
                        is_digit(text[3]) && is_digit(text[4]);
  if (!has_form) return std::nullopt;
  int32_t const hours_of_it = (text[0] - '0') * 10 + text[1] - '0',
                rest = (text[3] - '0') * 10 + text[4] - '0';
  if (rest > 59 || hours_of_it * 60 + rest > 24 * 60) return std::nullopt;
  return earth::TimeOfDay{hours_of_it * 60 + rest, std::nullopt};
}

void take_time_of_day(Members& members, std::string_view key, earth::TimeOfDay& out) {
  auto const place = members.required(key);
  auto const text = place ? place->text() : std::nullopt;
  if (!text) return;
  if (auto const read = time_of_day(*text))
    out = *read;
  else
    place->refuse("must be a time of day like \"08:30\", up to \"24:00\", or one of BMCT, SR, SS, EMCT");
}

earth::Period read_period(Place const& place) {
  earth::Period read;
  Members members(place);
  read.days = take_bits(members, "days", day_words);
  take_time_of_day(members, "from", read.from);
  take_time_of_day(members, "until", read.until);
  return read;
}

earth::Schedule read_schedule(Place const& place) {
  earth::Schedule read;
  Members members(place);
  if (auto const offset = members.required("utc_offset_minutes"))
    read.utc_offset_minutes = static_cast<int32_t>(offset->integer(-14 * 60, 14 * 60).value_or(0));
  auto const periods = members.required("periods");
  if (!periods) return read;
  for (Place const& one : periods->elements(limits::schedule_periods))
    read.periods.push_back(read_period(one));
  return read;
}

}  // namespace

void take_schedule(Members& members, Volumes& volumes) {
  auto const place = members.optional("schedule");
  if (!place) return;
  earth::Schedule const schedule = read_schedule(*place);
  if (!place->problems().none()) return;
  Volumes made;
  for (size_t i = 0; i < volumes.extents.size(); ++i) {
    model::Extent const& whole = volumes.extents[i];
    if (whole.from == model::earliest || whole.until == model::latest)
      return place->refuse("every volume of a site with a schedule has from and until");
    auto const windows =
        earth::windows_of(schedule, {whole.from, whole.until}, earth::box_around(whole.ring));
    if (!windows) return place->refuse(windows.error().detail);
    if (windows->empty()) return place->refuse("none of its windows lies between from and until");
    if (made.extents.size() + windows->size() > limits::extents)
      return place->refuse("makes more than " + std::to_string(limits::extents) +
                           " volumes: file a shorter time, or fewer volumes");
    for (earth::UtcWindow const& window : *windows) {
      made.extents.push_back(whole);
      made.extents.back().from = window.from, made.extents.back().until = window.until;
      made.centres.push_back(volumes.centres[i]);
    }
  }
  made.said = std::move(volumes.said);
  made.said["schedule"] = place->value();
  volumes = std::move(made);
}

}  // namespace comity::forms
