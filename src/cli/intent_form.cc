#include "cli/intent_form.h"

#include <array>
#include <span>

#include "base/limits.h"
#include "base/seam.h"
#include "cli/geojson_in.h"
#include "cli/given_file.h"
#include "cli/members.h"
#include "cli/typed.h"
#include "crypto/uuid.h"

namespace comity::cli {
namespace {

// Exists while a body is made.
struct Making {
  Call const& call;
  UtcTime now;
};

std::string new_id() {
  Digest chance;
  system_seam().entropy.fill(chance.octets);
  return crypto::uuid_v4_shaped(chance);
}

json::Array position_of(model::Point point) { return {point.longitude_e7, point.latitude_e7}; }

json::Object extent_of(std::vector<model::Point> const& ring) {
  json::Array polygon;
  for (model::Point const point : ring) polygon.push_back(position_of(point));
  return {{"polygon", std::move(polygon)}};
}

json::Object extent_of(json::Value centre, int64_t radius_m) {
  return {{"circle", json::Object{{"centre", std::move(centre)}, {"radius_m", radius_m}}}};
}

Result<void> put_altitude(json::Object& extent, std::string_view name, std::string const& typed, Side side) {
  if (!typed.empty()) extent[name] = TRY(read_altitude(typed, side));
  return {};
}

Result<void> put_moment(json::Object& extent, std::string_view name, std::string const& typed, UtcTime now) {
  if (!typed.empty()) extent[name] = TRY(read_moment(typed, now));
  return {};
}

Result<void> put_bounds(json::Object& extent, MapShape const& said, UtcTime now) {
  if (said.low_mm) extent["low"] = altitude_of_mm(*said.low_mm, Side::low);
  if (said.high_mm) extent["high"] = altitude_of_mm(*said.high_mm, Side::high);
  TRY_VOID(put_altitude(extent, "low", said.low, Side::low));
  TRY_VOID(put_altitude(extent, "high", said.high, Side::high));
  TRY_VOID(put_moment(extent, "from", said.from, now));
  return put_moment(extent, "until", said.until, now);
}

Result<json::Object> extent_of(MapShape const& shape, UtcTime now) {
  json::Object extent = shape.centre ? extent_of(position_of(*shape.centre), TRY(read_length_m(shape.radius)))
                                     : extent_of(shape.ring);
  TRY_VOID(put_bounds(extent, shape, now));
  return extent;
}

Result<void> add_file(Making const& making, Bytes const& file, json::Array& extents) {
  for (MapShape const& shape : TRY(read_geojson(file))) extents.push_back(TRY(extent_of(shape, making.now)));
  return {};
}

// The new volumes, without what holds for each of them.
Result<json::Array> shapes_of(Making const& making) {
  Call const& call = making.call;
  json::Array extents;
  for (auto const& polygon : call.list("--polygon"))
    extents.push_back(extent_of(TRY(read_positions(polygon))));
  if (call.has("--circle")) {
    if (!call.has("--radius"))
      return fail(ErrorCode::bad_input, "--circle needs --radius, like --radius 500m");
    // What is no pair of decimals may be another way to write a place, which the centre reads.
    auto const centre = read_position(call.text("--circle"));
    extents.push_back(
        extent_of(centre ? json::Value(position_of(*centre)) : json::Value(call.text("--circle")),
                  TRY(read_length_m(call.text("--radius")))));
  }
  if (call.has("--geojson")) {
    Bytes const file = TRY(given_file(call.text("--geojson")));
    TRY_VOID(add_file(making, file, extents));
  }
  return extents;
}

// Sets what the options say of every volume: `over` what these say themselves, or only where they say nothing.
enum class Precedence : uint8_t { of_volume, of_option };
Result<void> put_options(Making const& making, json::Array& extents, Precedence precedence) {
  Call const& call = making.call;
  MapShape said;
  said.low = call.text("--low"), said.high = call.text("--high");
  said.from = call.text("--from"), said.until = call.text("--until");
  json::Object bounds;
  TRY_VOID(put_bounds(bounds, said, making.now));
  for (auto& extent : extents) {
    if (!extent.is_object()) continue;  // the centre says what is wrong with it
    for (auto const& bound : bounds)
      if (precedence == Precedence::of_option || !extent.as_object().contains(bound.key()))
        extent.as_object()[bound.key()] = bound.value();
  }
  return {};
}

// A flight has an end: what is missing is asked for here, by the name of the option.
constexpr std::array bounds{"low", "high", "from", "until"};
constexpr std::span<char const* const> bounds_in_time = std::span(bounds).last(2);
Result<void> all_bounded(json::Array const& extents, std::span<char const* const> needed = bounds) {
  for (auto const& extent : extents)
    for (char const* bound : needed)
      if (extent.is_object() && !extent.as_object().contains(bound))
        return fail(ErrorCode::bad_input, "a volume has no `" + std::string(bound) + "`: say --" + bound);
  return {};
}

void put_words(Call const& call, json::Object& body) {
  if (call.has("--state")) body["state"] = call.text("--state");
  if (call.has("--operation")) body["operation"] = call.text("--operation");
  if (call.has("--exercise")) body["exercise"] = true;
}

// The form itself, or the command around it.
Result<json::Object> form_in(Bytes const& file) {
  auto const value = TRY(json::parse(file, limits::request_body_bytes));
  auto const* members = value.if_object();
  if (!members) return fail(ErrorCode::bad_input, "an intent is a JSON object (docs/formats.md), or GeoJSON");
  auto const* body = members->if_contains("body");
  return body && body->is_object() ? body->as_object() : *members;
}

json::Array& extents_in(json::Object& body) {
  auto& extents = body["extents"];
  if (!extents.is_array()) extents = json::Array{};
  return extents.as_array();
}

// Volumes as they are told, in the form in which they are filed.
json::Array filed_again(json::Object const& present) {
  json::Array extents;
  auto const* told = present.if_contains("extents");
  if (!told || !told->is_array()) return extents;
  for (auto const& one : told->as_array()) {
    json::Object extent{{"polygon", member_of(one, "polygon")}};
    if (auto const low = member_of(one, "low_mm"); low.is_int64())
      extent["low"] = altitude_of_mm(low.get_int64(), Side::low);
    if (auto const high = member_of(one, "high_mm"); high.is_int64())
      extent["high"] = altitude_of_mm(high.get_int64(), Side::high);
    for (char const* name : {"from", "until"})
      if (auto time = member_of(one, name); time.is_string()) extent[name] = std::move(time);
    extents.push_back(std::move(extent));
  }
  return extents;
}

// What all of the old volumes said alike.
void put_what_was(json::Array& extents, json::Array const& old) {
  for (char const* name : {"low", "high", "from", "until"}) {
    if (old.empty()) return;
    json::Value const first = member_of(old.front(), name);
    bool same = !first.is_null();
    for (auto const& one : old) same = same && member_of(one, name) == first;
    if (!same) continue;
    for (auto& extent : extents)
      if (!extent.as_object().contains(name)) extent.as_object()[name] = first;
  }
}

}  // namespace

std::vector<Argument> intent_arguments() {
  return {
      {"--polygon", Takes::values, "PLACES", "\"LAT LNG, LAT LNG, LAT LNG\"; again for another volume"},
      {"--circle", Takes::value, "PLACE", "its centre, \"LAT LNG\""},
      {"--radius", Takes::value, "LENGTH", "of the circle, like 500m, 1.5km, 2NM"},
      {"--geojson", Takes::value, "FILE", "its polygons, and points with the property radius_m"},
      {"--low", Takes::value, "ALTITUDE", "like 6000m, \"500 ft AGL\", FL180, GND"},
      {"--high", Takes::value, "ALTITUDE", "like 21000ft, \"120 m AGL\", FL240, UNL"},
      {"--from", Takes::value, "TIME", "in UTC, like 2026-03-01T12:00Z, now, +PT1H"},
      {"--until", Takes::value, "TIME", "in UTC, like 2026-03-01T13:30Z, +PT90M (from now)"},
      {"--state",
       Takes::value,
       "STATE",
       "what it is now",
       {"Accepted", "Activated", "Nonconforming", "Contingent"}},
      {"--operation", Takes::value, "KIND", "what moves", {"flight", "movement"}},
      {"--exercise", Takes::nothing, "", "an exercise: never mixed with what is real"},
      {"--preview", Takes::nothing, "", "say what would be disclosed and where it would not; file nothing"},
      {"--print", Takes::nothing, "", "print the command; send nothing"}};
}

Result<json::Object> intent_body(Call const& call, UtcTime now) {
  Making const making{call, now};
  json::Object body;
  json::Array of_file;
  if (call.has("file")) {
    Bytes const file = TRY(given_file(call.text("file")));
    if (is_geojson(file)) {
      TRY_VOID(add_file(making, file, of_file));
    } else {
      body = TRY(form_in(file));
    }
  }
  json::Array& extents = extents_in(body);
  for (auto& one : of_file) extents.push_back(std::move(one));
  for (auto& one : TRY(shapes_of(making))) extents.push_back(std::move(one));
  if (extents.empty())
    return fail(ErrorCode::bad_input,
                "no volume: say --polygon, --circle with --radius, --geojson FILE, or a file");
  TRY_VOID(put_options(making, extents, Precedence::of_volume));
  TRY_VOID(all_bounded(extents));
  put_words(call, body);
  if (call.has("--id")) body["id"] = call.text("--id");
  if (!body.contains("id")) body["id"] = new_id();
  if (!body.contains("state")) body["state"] = "Accepted";
  return body;
}

Result<json::Object> amended_body(Call const& call, json::Object const& present, UtcTime now) {
  Making const making{call, now};
  json::Object body{{"id", present.at("id")}, {"at", present.at("ovn")}};
  for (char const* kept : {"state", "operation", "exercise"})
    if (auto const* value = present.if_contains(kept)) body[kept] = *value;
  json::Array const old = filed_again(present);
  json::Array extents = TRY(shapes_of(making));
  bool const moves = !extents.empty();
  if (!moves) extents = old;
  TRY_VOID(put_options(making, extents, moves ? Precedence::of_volume : Precedence::of_option));
  if (moves) put_what_was(extents, old);
  TRY_VOID(all_bounded(extents));
  body["extents"] = std::move(extents);
  put_words(call, body);
  return body;
}

std::vector<Argument> constraint_arguments() {
  std::vector<Argument> all;
  for (auto& argument : intent_arguments()) {
    bool const of_intents =
        argument.name == "--state" || argument.name == "--operation" || argument.name == "--exercise";
    if (!of_intents) all.push_back(std::move(argument));
  }
  all.push_back({"--id", Takes::value, "UUID", "its id, of version 4; default: a new one"});
  return all;
}

Result<json::Object> constraint_body(Call const& call, UtcTime now) {
  Making const making{call, now};
  json::Array extents = TRY(shapes_of(making));
  if (extents.empty())
    return fail(ErrorCode::bad_input, "no volume: say --polygon, --circle with --radius, or --geojson FILE");
  TRY_VOID(put_options(making, extents, Precedence::of_volume));
  TRY_VOID(all_bounded(extents, bounds_in_time));
  return json::Object{{"id", call.has("--id") ? call.text("--id") : new_id()},
                      {"extents", std::move(extents)}};
}

}  // namespace comity::cli
