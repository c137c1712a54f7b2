// Schedules of sites and constraints: forms/volumes.h.
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

// The sun is that of all volumes: the earliest and the latest of them.
std::optional<model::Schedule> take_schedule(Members& members, Volumes& volumes) {
  auto const place = members.optional("schedule");
  if (!place) return std::nullopt;
  earth::Schedule const schedule = read_schedule(*place);
  if (!place->problems().none()) return std::nullopt;
  std::vector<model::Point> corners;
  for (model::Extent const& one : volumes.extents)
    corners.insert(corners.end(), one.ring.begin(), one.ring.end());
  auto made = earth::in_minutes(schedule, earth::box_around(corners));
  if (!made) return place->refuse(made.error().detail), std::nullopt;
  volumes.said["schedule"] = place->value();
  return std::move(*made);
}

void expand_schedule(Members& members, Volumes& volumes) {
  auto const schedule = take_schedule(members, volumes);
  if (!schedule) return;
  auto const place = members.optional("schedule");
  Volumes there;
  for (size_t i = 0; i < volumes.extents.size(); ++i) {
    model::Extent const& whole = volumes.extents[i];
    if (whole.from == model::earliest || whole.until == model::latest) return;  // refused with the hull
    // Each day of the week comes a hundred times in two years: whatever lasts longer has too many.
    constexpr Duration longest = days(7 * (limits::extents + 1));
    auto const windows = whole.until - whole.from > longest
                             ? std::vector<model::Window>()
                             : model::windows_in(*schedule, {whole.from, whole.until}, SIZE_MAX);
    if (whole.until - whole.from > longest || there.extents.size() + windows.size() > limits::extents)
      return place->refuse("more than " + std::to_string(limits::extents) +
                           " windows in the time of the volumes: file it for a shorter time");
    for (model::Window const& window : windows) {
      model::Extent& part = there.extents.emplace_back(whole);
      part.from = std::max(whole.from, window.from), part.until = std::min(whole.until, window.until);
      there.centres.push_back(volumes.centres[i]);
    }
  }
  if (there.extents.empty()) return place->refuse("has no window in the time of the volumes");
  there.said = std::move(volumes.said);
  volumes = std::move(there);
}

}  // namespace comity::forms
