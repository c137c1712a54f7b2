#include "release/outward.h"

#include <algorithm>

#include "json/json.h"
#include "release/drawing.h"
#include "release/kml.h"
#include "release/map_words.h"
#include "release/telling.h"

namespace comity::release {
namespace {

char const* word(Drawn what) {
  switch (what) {
    case Drawn::filed: return "filed";
    case Drawn::shared: return "shared";
    case Drawn::of_other: return "of the other side";
    case Drawn::off_nominal: return "off nominal";
  }
  return "";
}

void put_position(Bytes& out, model::Point point) {
  out.append("[").append(degrees_text(point.longitude_e7)).append(",");
  out.append(degrees_text(point.latitude_e7)).append("]");
}

// Of one linear ring, closed.
void put_polygon(Bytes& out, geometry::MapRing const& ring) {
  out += "[[";
  for (model::Point const point : ring) {
    put_position(out, point);
    out += ",";
  }
  put_position(out, ring.front());
  out += "]]";
}

void put_geometry(Bytes& out, std::vector<geometry::MapRing> const& rings) {
  if (rings.empty()) {
    out += "null";
    return;
  }
  out +=
      rings.size() == 1 ? R"({"type":"Polygon","coordinates":)" : R"({"type":"MultiPolygon","coordinates":[)";
  for (size_t i = 0; i < rings.size(); ++i) {
    if (i > 0) out += ",";
    put_polygon(out, rings[i]);
  }
  out += rings.size() == 1 ? "}" : "]}";
}

std::string id_of(json::Object const& row, size_t number) {
  std::string id(text_in(row, "id"));
  if (auto const notice = number_in(row, "notice"); id.empty() && notice)
    id = "notice-" + std::to_string(*notice);
  return number == 0 ? id : id + "/" + std::to_string(number + 1);
}

void put_feature(Bytes& out, json::Object const& row, DrawnVolume const* volume, size_t number) {
  json::Object properties = properties_of(row);
  if (volume) {
    properties["volume"] = word(volume->what);
    if (volume->low_mm) properties["low_mm"] = *volume->low_mm;
    if (volume->high_mm) properties["high_mm"] = *volume->high_mm;
    if (!volume->from.empty()) properties["from"] = volume->from;
    if (!volume->until.empty()) properties["until"] = volume->until;
  }
  out.append(R"({"type":"Feature","id":)").append(json::write(json::Value(id_of(row, number))));
  out += R"(,"geometry":)";
  put_geometry(out, volume ? volume->rings : std::vector<geometry::MapRing>{});
  out.append(R"(,"properties":)").append(json::write(properties)).append("}");
}

}  // namespace

Told geojson_of(Told const& rows) {
  Bytes out = R"({"type":"FeatureCollection","features":[)";
  bool first = true;
  for (auto const& row : rows.value().as_array()) {
    auto const volumes = volumes_of(row.as_object());
    for (size_t i = 0; i < std::max<size_t>(1, volumes.size()); ++i) {
      if (!first) out += ",";
      first = false;
      put_feature(out, row.as_object(), volumes.empty() ? nullptr : &volumes[i], i);
    }
  }
  return Teller::tell_anew({&rows}, json::Value(out + "]}"));
}

Told kml_of(Overlay const& overlay) {
  auto const list = [](Told const& told) -> json::Array const& { return told.value().as_array(); };
  Bytes const text =
      kml_text(list(overlay.intents), list(overlay.sites), list(overlay.conflicts), list(overlay.notices));
  return Teller::tell_anew({&overlay.intents, &overlay.sites, &overlay.conflicts, &overlay.notices},
                           json::Value(text));
}

Released<Bytes> network_link() {
  return Egress::fixed(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n"
      "<NetworkLink><name>Comity</name>"
      "<Snippet maxLines=\"0\"></Snippet>"
      "<description>What this centre discloses to you of the airspace. A notification is never a "
      "permission.</description>"
      "<Link><href>overlay.kml</href><refreshMode>onInterval</refreshMode><refreshInterval>30</"
      "refreshInterval></Link>"
      "</NetworkLink>\n"
      "</kml>\n");
}

}  // namespace comity::release
