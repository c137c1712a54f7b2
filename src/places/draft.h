// A protected site or zone as a file of somebody else says it (40-deconfliction): what the readers of this room give, what its checks
// look at, and what body.h makes a `put_site` of.
//
// Everything is kept as it was said: altitudes with their unit and reference, schedules in the words of the geozone standards.
// Nothing is guessed: what a file does not say is absent, and a check says how to give it. A reader that comes upon something it can
// read and a person should look at leaves a remark; something that makes this one place worthless leaves a fault, so that all of
// a file's faults are told at once. What makes the whole file worthless is an Error of its reader (read.h).
//
// Units: degrees of WGS84, metres; times in UTC. A ring is open, its first point is not repeated. Plain structs, no rules.
// Thread rule: as any value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/time.h"
#include "earth/cells.h"
#include "model/conflict.h"

namespace comity::places {

using earth::LatLng;

enum class Unit : uint8_t { m, ft, flight_level };
enum class Reference : uint8_t { w84, amsl, agl };

// A flight level has the unit and no reference of its own.
struct Altitude {
  double value = 0;
  Unit unit = Unit::m;
  Reference reference = Reference::w84;
  bool operator==(Altitude const&) const = default;
};

// The lowest and the highest ground under a place, in metres above the sea: declared by whoever files.
struct Ground {
  double low_m = 0, high_m = 0;
};

enum class Shape : uint8_t { point, circle, polygon };

struct Volume {
  Shape shape = Shape::point;
  std::vector<LatLng> points;      // one; of a polygon its ring
  std::optional<double> radius_m;  // of a circle; of a point, how far off it may be
  std::optional<Altitude> low, high;
};

// On these days (MON … SUN, ANY), from a time of day or event (SR, SS, BMCT, EMCT, also called EECT) to another, as said.
struct Daily {
  std::vector<std::string> days;
  std::string start, end;
  bool operator==(Daily const&) const = default;
};

struct Window {
  std::optional<UtcTime> from, until;
  std::vector<Daily> schedule;  // empty: all the time between
};

struct Draft {
  std::string where;  // in the file: `line 12`, or a JSON pointer
  std::string id;     // the file's own; may be empty
  std::string name;
  std::optional<model::SiteKind> kind;
  std::string source, measured;
  std::optional<UtcTime> reconfirm_by;
  std::vector<Volume> volumes;
  std::vector<Window> windows;  // empty: always
  std::optional<Ground> ground;
  std::vector<std::string> faults, remarks;  // at most limits::place_faults of each

  void fault(std::string text) { add(faults, std::move(text)); }
  void remark(std::string text) { add(remarks, std::move(text)); }

 private:
  static void add(std::vector<std::string>& to, std::string text) {
    if (to.size() < limits::place_faults) to.push_back(std::move(text));
  }
};

}  // namespace comity::places
