// A JSON document as the readers of this room go through it: a value, and the pointer at which it stands.
//
// What is asked for and is not there, or is of another type, is nothing; whoever asked says what is wrong with that. Borrows the
// document. Inside this room only. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"
#include "places/draft.h"

namespace comity::places {

class At {
 public:
  At(json::Value const& value, std::string pointer) : value_(&value), pointer_(std::move(pointer)) {}

  json::Value const& value() const { return *value_; }
  std::string const& pointer() const { return pointer_; }

  std::optional<At> member(std::string_view name) const;  // also nothing where it is null
  std::vector<At> elements() const;                       // none where it is no list
  bool is_list() const { return value_->is_array(); }
  std::string text() const;  // of a string or a number; else empty
  std::optional<double> number() const;

  // Of a member: text and number of nothing are nothing.
  std::string text(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;

 private:
  json::Value const* value_;
  std::string pointer_;
};

Result<json::Value> read_document(BytesView file);

// Adds what a GeoJSON geometry covers (RFC 7946; ED-318 with its `layer` and `extent`); `radius_m` makes circles of its points, or
// says how far off they may be. What cannot be read becomes a fault of the draft.
struct Sizes {
  std::optional<double> radius_m, uncertainty_m;
};
void add_geometry(Draft& draft, At const& geometry, Sizes const& sizes);

// The ring of an area from its positions, closed or not; faults where they are none.
std::vector<LatLng> read_ring(Draft& draft, At const& positions);
std::optional<LatLng> read_position(Draft& draft, At const& position);

// `startTime` and the like of a geozone's period; what it says of days and hours, as said.
void add_periods(Draft& draft, std::optional<At> const& periods);
// A limit of a geozone in its words; nothing where there is none, a fault where it cannot be read.
struct LimitWords {
  std::string_view value, reference;
};
std::optional<Altitude> read_limit(Draft& draft, At const& volume, LimitWords words, std::string_view unit);

// A geozone is temporary if it ends, and restricts; what does not is remarked on.
void judge_zone(Draft& draft, std::string_view restriction);

}  // namespace comity::places
