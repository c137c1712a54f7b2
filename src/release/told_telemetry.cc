#include "release/told_telemetry.h"

#include <array>

#include "release/telling.h"

namespace comity::release {
namespace {

using model::Telemetry;

json::Object telemetry_json(Telemetry const& of) {
  json::Object out{{"measured_at", to_text(of.measured_at)},
                   {"position", json::Array{of.at.longitude_e7, of.at.latitude_e7}},
                   {"accuracy_mm", of.accuracy_mm}};
  if (!of.is_on_ground()) {
    out["low_mm"] = of.low_mm, out["high_mm"] = of.high_mm;
    out["accuracy_vertical_mm"] = of.vertical_accuracy_mm;
  }
  if (of.speed_mps) out["speed_mps"] = *of.speed_mps;
  if (of.track_deg) out["track_deg"] = *of.track_deg;
  if (!of.next_by) return out;
  out["next_by"] = to_text(*of.next_by);
  out["reach_m"] = of.reach_m, out["reach_vertical_m"] = of.reach_vertical_m;
  return out;
}

struct Class {
  uint64_t within_mm;
  char const* word;
};
// Nautical miles are 1,852 m.
constexpr std::array horizontal{
    Class{1'000, "HA1m"},           Class{3'000, "HA3m"},      Class{10'000, "HA10m"},
    Class{30'000, "HA30m"},         Class{92'600, "HA005NM"},  Class{185'200, "HA01NM"},
    Class{555'600, "HA03NM"},       Class{926'000, "HA05NM"},  Class{1'852'000, "HA1NM"},
    Class{3'704'000, "HA2NM"},      Class{7'408'000, "HA4NM"}, Class{18'520'000, "HA10NM"},
    Class{UINT64_MAX, "HA10NMPlus"}};
constexpr std::array vertical{
    Class{1'000, "VA1m"},   Class{3'000, "VA3m"},     Class{10'000, "VA10m"},         Class{25'000, "VA25m"},
    Class{45'000, "VA45m"}, Class{150'000, "VA150m"}, Class{UINT64_MAX, "VA150mPlus"}};

template <size_t n>
char const* class_of(std::array<Class, n> const& classes, uint64_t accuracy_mm) {
  size_t i = 0;
  while (classes[i].within_mm < accuracy_mm) ++i;
  return classes[i].word;
}

json::Object place_json(Telemetry const& of) {
  constexpr double degree_e7 = 1e7, metre_mm = 1e3;
  json::Object out{{"longitude", of.at.longitude_e7 / degree_e7},
                   {"latitude", of.at.latitude_e7 / degree_e7},
                   {"accuracy_h", class_of(horizontal, of.accuracy_mm)},
                   {"extrapolated", false}};
  if (of.is_on_ground()) return out;
  int64_t const width_mm = int64_t{of.high_mm} - of.low_mm;
  out["accuracy_v"] =
      class_of(vertical, of.vertical_accuracy_mm + static_cast<uint64_t>(width_mm / 2 + width_mm % 2));
  double const middle_mm = of.low_mm + static_cast<double>(width_mm) / 2;
  out["altitude"] = json::Object{{"value", middle_mm / metre_mm}, {"reference", "W84"}, {"units", "M"}};
  return out;
}

json::Object vehicle_json(Telemetry const& of) {
  json::Object out{{"time_measured", time_json(of.measured_at)}, {"position", place_json(of)}};
  if (!of.speed_mps) return out;
  constexpr uint32_t unknown_track = 360;
  out["velocity"] = json::Object{{"speed", *of.speed_mps},
                                 {"units_speed", "MetersPerSecond"},
                                 {"track", of.track_deg.value_or(unknown_track)}};
  return out;
}

}  // namespace

void put_telemetry(json::Object& out, state::Intent const& intent) {
  auto const& track = intent.besides->track;
  if (!track) return;
  out["telemetry"] = telemetry_json(track->last);
  if (track->strayed_at != never) out["strayed_at"] = to_text(track->strayed_at);
}

bool is_told_to_others(state::Intent const& intent) {
  return intent.state == model::IntentState::nonconforming || intent.state == model::IntentState::contingent;
}

std::expected<Told, NoTelemetry> tell_telemetry(Eyes const& eyes, model::EntityId id) {
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = shown_by_id(eyes, all, id);
  if (key.is_none() || !eyes.state.airspace.urls.text(all[key].url).empty() ||
      ShownEntities(eyes).level_of(all[key]) != model::Level::details)
    return std::unexpected(NoTelemetry::absent);
  state::Intent const& intent = all[key];
  if (!is_told_to_others(intent)) return std::unexpected(NoTelemetry::conforms);
  auto const& track = intent.besides->track;
  if (!track) return std::unexpected(NoTelemetry::unsaid);
  Telemetry const& last = track->last;
  json::Object out{{"operational_intent_id", model::text_of(id)}, {"telemetry", vehicle_json(last)}};
  if (last.next_by) out["next_telemetry_opportunity"] = time_json(*last.next_by);
  return Teller::tell(eyes, std::move(out));
}

}  // namespace comity::release
