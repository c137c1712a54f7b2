// Placemarks (OGC KML 2.2).
#include "base/limits.h"
#include "places/fields.h"
#include "places/read.h"
#include "places/values.h"
#include "places/xml.h"

namespace comity::places {
namespace {

std::string at_line(Element const& element) { return "line " + std::to_string(element.line); }

// `longitude,latitude[,altitude]`, parted by blanks. Faults say the line.
std::vector<LatLng> read_coordinates(Draft& draft, Element const& element) {
  std::vector<LatLng> points;
  std::string_view rest = element.text;
  while (!(rest = trimmed(rest)).empty()) {
    size_t const end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    std::string_view const tuple = rest.substr(0, end);
    rest.remove_prefix(end);
    size_t const comma = std::min(tuple.find(','), tuple.size()), second = std::min(comma + 1, tuple.size());
    auto const longitude = read_number(tuple.substr(0, comma));
    auto const latitude =
        read_number(tuple.substr(second, std::min(tuple.find(',', second), tuple.size()) - second));
    if (!longitude || !latitude) {
      draft.fault(at_line(element) + ": coordinates are longitude,latitude without a blank between");
      return {};
    }
    bool const again =
        !points.empty() && points.back().latitude == *latitude && points.back().longitude == *longitude;
    if (!again) points.push_back({*latitude, *longitude});
    if (points.size() > limits::ring_vertices + 1) {
      draft.fault(at_line(element) + ": more than " + std::to_string(limits::ring_vertices) +
                  " corners; simplify it outwards");
      return {};
    }
  }
  return points;
}

class Placemark {
 public:
  Placemark(Draft& draft, std::optional<double> radius_m, std::optional<double> uncertainty_m)
      : draft_(draft), radius_m_(radius_m), uncertainty_m_(uncertainty_m) {}

  void read(Element const& element) {
    for (Element const& one : element.inside) {
      if (draft_.volumes.size() >= limits::extents) return fault(one, "it has too many volumes");
      if (one.name == "Point") point(one);
      if (one.name == "Polygon") polygon(one);
      if (one.name == "MultiGeometry") read(one);
      if (one.name == "LineString" || one.name == "LinearRing" || one.name == "Track")
        fault(one, "it is a line: a site is a point or an area; draw an area around it");
      if (one.name == "Model") fault(one, "a model has no area");
    }
  }

 private:
  void fault(Element const& at, std::string const& text) { draft_.fault(at_line(at) + ": " + text); }

  void point(Element const& element) {
    auto const* const coordinates = element.first("coordinates");
    auto const points = coordinates ? read_coordinates(draft_, *coordinates) : std::vector<LatLng>{};
    if (points.size() != 1) return fault(element, "a point has one pair of coordinates");
    draft_.volumes.push_back(
        {radius_m_ ? Shape::circle : Shape::point, points, radius_m_ ? radius_m_ : uncertainty_m_, {}, {}});
  }

  void polygon(Element const& element) {
    auto const* const outer = element.first("outerBoundaryIs");
    auto const* const ring = outer ? outer->first("LinearRing") : nullptr;
    auto const* const coordinates = ring ? ring->first("coordinates") : nullptr;
    if (!coordinates) return fault(element, "an area has an outer boundary with coordinates");
    if (element.first("innerBoundaryIs"))
      draft_.remark("it has a hole, which would be filled: the whole outline is filed");
    auto points = read_coordinates(draft_, *coordinates);
    while (points.size() > 1 && points.front().latitude == points.back().latitude &&
           points.front().longitude == points.back().longitude)
      points.pop_back();
    if (points.size() < 3) return fault(*coordinates, "a ring has three corners at the least");
    draft_.volumes.push_back({Shape::polygon, std::move(points), {}, {}, {}});
  }

  Draft& draft_;
  std::optional<double> radius_m_, uncertainty_m_;
};

// Data of both kinds: <Data name="…"><value>…, <SimpleData name="…">….
Said said_by(Element const& placemark) {
  Said said;
  said.add(Field::name, placemark.text_of("name"));
  said.add(Field::id, placemark.attribute("id"));
  auto const* const data = placemark.first("ExtendedData");
  if (!data) return said;
  auto const take = [&](Element const& one, std::string_view text) {
    if (auto const field = field_of(one.attribute("name"))) said.add(*field, text);
  };
  for (Element const& one : data->inside) {
    if (one.name == "Data") take(one, one.text_of("value"));
    for (Element const& simple : one.inside)
      if (simple.name == "SimpleData") take(simple, simple.text);
  }
  return said;
}

Draft draft_of(Element const& placemark) {
  Draft draft;
  draft.where = at_line(placemark);
  Said said = said_by(placemark);
  if (auto const* const span = placemark.first("TimeSpan")) {
    said.add(Field::from, span->text_of("begin"));
    said.add(Field::until, span->text_of("end"));
  }
  describe(draft, said);
  auto const radius = number_of(said, Field::radius, draft);
  Placemark(draft, radius, number_of(said, Field::uncertainty, draft)).read(placemark);
  if (draft.volumes.empty() && draft.faults.empty()) draft.fault("it has neither a point nor an area");
  limit(draft, said);
  return draft;
}

Result<void> collect(Element const& element, std::vector<Draft>& drafts) {
  for (Element const& one : element.inside) {
    if (one.name == "NetworkLink")
      return fail(ErrorCode::bad_input, at_line(one) +
                                            ": a link to another file is not followed; "
                                            "save what it shows and import that");
    if (one.name == "Placemark") {
      if (drafts.size() == limits::places)
        return fail(ErrorCode::too_large, at_line(one) + ": at most " + std::to_string(limits::places) +
                                              " places; cut the file into several");
      drafts.push_back(draft_of(one));
    } else if (one.name == "Document" || one.name == "Folder") {
      TRY_VOID(collect(one, drafts));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Draft>> read_kml(BytesView file) {
  Element const root = TRY(read_xml(file));
  if (root.name != "kml")
    return fail(ErrorCode::bad_input, at_line(root) + ": it is XML, but no KML: its root is no `kml`");
  std::vector<Draft> drafts;
  TRY_VOID(collect(root, drafts));
  return drafts;
}

}  // namespace comity::places
