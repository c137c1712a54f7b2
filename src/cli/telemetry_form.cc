#include "cli/telemetry_form.h"

#include "cli/typed.h"

namespace comity::cli {
namespace {

struct Option {
  char const* name;
  char const* member;
};

Result<void> put_length(json::Object& body, Call const& call, Option const& option) {
  if (call.has(option.name)) body[option.member] = TRY(read_length_m(call.text(option.name)));
  return {};
}

Result<void> put_number(json::Object& body, Call const& call, Option const& option) {
  if (!call.has(option.name)) return {};
  auto const number = scaled_decimal(call.text(option.name), 0, Rounding::nearest);
  if (!number) return fail(ErrorCode::bad_input, std::string(option.name) + " is a number");
  body[option.member] = *number;
  return {};
}

Result<void> put_altitude(json::Object& body, Call const& call) {
  if (!call.has("--altitude")) return {};
  auto const low = TRY(read_altitude(call.text("--altitude"), Side::low));
  if (low != TRY(read_altitude(call.text("--altitude"), Side::high)))
    return fail(ErrorCode::bad_input, "--altitude is in whole metres or feet");
  if (!call.has("--accuracy-vertical"))
    return fail(ErrorCode::bad_input, "--altitude needs --accuracy-vertical, like --accuracy-vertical 5m");
  body["altitude"] = low;
  return {};
}

}  // namespace

std::vector<Argument> telemetry_arguments() {
  return {
      {"id", Takes::word, "INTENT", "its id, or the beginning of it"},
      {"--at", Takes::required, "PLACE", "where it is, \"LAT LNG\""},
      {"--accuracy", Takes::required, "LENGTH", "how far from there it may be, like 10m"},
      {"--altitude", Takes::value, "ALTITUDE", "like 120m, \"400 ft AMSL\", FL95; without: on the ground"},
      {"--accuracy-vertical", Takes::value, "LENGTH", "how far off its altitude may be"},
      {"--measured", Takes::value, "TIME", "when, in UTC; default: now", {}, "now"},
      {"--speed", Takes::value, "NUMBER", "over ground, in metres a second"},
      {"--track", Takes::value, "DEGREES", "clockwise from true north, 0 to 359"},
      {"--next", Takes::value, "TIME", "when the next report comes at the latest, like +PT10S"},
      {"--reach", Takes::value, "LENGTH", "how far it may get until then"},
      {"--reach-vertical", Takes::value, "LENGTH", "the same upward and downward"},
      {"--print", Takes::nothing, "", "print the command; send nothing"}};
}

Result<json::Object> telemetry_body(Call const& call, UtcTime now) {
  json::Object body{{"measured_at", TRY(read_moment(call.text("--measured"), now))}};
  // What is no pair of decimals may be another way to write a place, which the centre reads.
  if (auto const place = read_position(call.text("--at")))
    body["position"] = json::Array{place->longitude_e7, place->latitude_e7};
  else
    body["position"] = call.text("--at");
  for (Option const& length :
       {Option{"--accuracy", "accuracy_m"}, Option{"--accuracy-vertical", "accuracy_vertical_m"},
        Option{"--reach", "reach_m"}, Option{"--reach-vertical", "reach_vertical_m"}})
    TRY_VOID(put_length(body, call, length));
  for (Option const& number : {Option{"--speed", "speed_mps"}, Option{"--track", "track_deg"}})
    TRY_VOID(put_number(body, call, number));
  TRY_VOID(put_altitude(body, call));
  if (call.has("--next")) body["next_by"] = TRY(read_moment(call.text("--next"), now));
  return body;
}

}  // namespace comity::cli
