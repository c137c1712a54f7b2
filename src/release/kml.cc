#include "release/kml.h"

#include "release/drawing.h"
#include "release/map_words.h"
#include "release/xml.h"

namespace comity::release {
namespace {

// Colours of KML are alpha, blue, green, red.
void put_style(Xml& xml, std::string_view id, std::string_view line, std::string_view fill) {
  xml.open("Style", "id", id);
  xml.open("LineStyle").element("color", line).element("width", "2").close();
  xml.open("PolyStyle").element("color", fill).close();
  xml.open("BalloonStyle").element("text", "$[description]").close();
  xml.close();
}

// One line of a description, which is HTML.
void add_line(std::string& text, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  text.append(text.empty() ? "" : "<br/>").append(name).append(name.empty() ? "" : ": ").append(html(value));
}

// `2015-10-01T10:00:00Z`; fractions stay where there are any.
std::string short_time(std::string_view time) {
  constexpr std::string_view nothing = ".000000Z";
  if (!time.ends_with(nothing)) return std::string(time);
  return std::string(time.substr(0, time.size() - nothing.size())) + "Z";
}

std::string times_text(DrawnVolume const& volume) {
  if (volume.from.empty() && volume.until.empty()) return "always";
  std::string text;
  if (!volume.from.empty()) text = "from " + short_time(volume.from);
  if (!volume.until.empty()) text += (text.empty() ? "until " : " until ") + short_time(volume.until);
  return text;
}

void put_time_span(Xml& xml, DrawnVolume const& volume) {
  if (volume.from.empty() && volume.until.empty()) return;
  xml.open("TimeSpan");
  if (!volume.from.empty()) xml.element("begin", short_time(volume.from));
  if (!volume.until.empty()) xml.element("end", short_time(volume.until));
  xml.close();
}

std::string coordinates_of(model::Point point) {
  return degrees_text(point.longitude_e7) + "," + degrees_text(point.latitude_e7);
}

void put_polygon(Xml& xml, geometry::MapRing const& ring) {
  std::string all;
  for (model::Point const point : ring) all += coordinates_of(point) + " ";
  xml.open("Polygon").element("tessellate", "1").element("altitudeMode", "clampToGround");
  xml.open("outerBoundaryIs").open("LinearRing").element("coordinates", all + coordinates_of(ring.front()));
  xml.close().close().close();
}

void put_rings(Xml& xml, std::vector<geometry::MapRing> const& rings) {
  if (rings.size() == 1) return put_polygon(xml, rings.front());
  xml.open("MultiGeometry");
  for (geometry::MapRing const& ring : rings) put_polygon(xml, ring);
  xml.close();
}

struct Placemark {
  std::string name, text, style;
};

void begin(Xml& xml, Placemark const& mark, DrawnVolume const& volume) {
  std::string text = mark.text;
  add_line(text, "altitudes", altitudes_text(volume.low_mm, volume.high_mm));
  add_line(text, "times", times_text(volume));
  xml.open("Placemark").element("name", mark.name);
  xml.open("Snippet", "maxLines", "0").close().element("description", text);
  put_time_span(xml, volume);
  xml.element("styleUrl", "#" + mark.style);
}

void put_volumes(Xml& xml, Placemark const& mark, json::Object const& row) {
  for (DrawnVolume const& volume : volumes_of(row)) {
    if (volume.rings.empty()) continue;
    Placemark one = mark;
    if (volume.what == Drawn::of_other) one.name += ", the other side", one.style = "other";
    if (volume.what == Drawn::off_nominal) one.name += ", OFF NOMINAL";
    begin(xml, one, volume);
    put_rings(xml, volume.rings);
    xml.close();
  }
}

std::string exercise_of(json::Object const& row) { return is_said(row, "exercise") ? "EXERCISE " : ""; }

// Enough of an id to tell one from another on a map; the whole one stands in the text.
std::string short_id(std::string_view id) { return std::string(id.substr(0, 8)); }

void put_intent(Xml& xml, json::Object const& row) {
  Placemark mark{
      exercise_of(row) + "Intent " + short_id(text_in(row, "id")) + " " + std::string(text_in(row, "state")),
      {},
      "intent"};
  add_line(mark.text, "intent", text_in(row, "id"));
  add_line(mark.text, "state", text_in(row, "state"));
  add_line(mark.text, "operation", text_in(row, "operation"));
  if (auto const* unknown = row.if_contains("unknown"); unknown && unknown->is_array())
    for (auto const& one : unknown->as_array()) add_line(mark.text, "", text_in(one.as_object(), "answer"));
  put_volumes(xml, mark, row);
}

void put_site(Xml& xml, json::Object const& row) {
  Placemark mark{std::string(text_in(row, "name")), {}, "site"};
  add_line(mark.text, "site", text_in(row, "kind"));
  add_line(mark.text, "name", text_in(row, "name"));
  add_line(mark.text, "source", text_in(row, "source"));
  add_line(mark.text, "measured", text_in(row, "measured"));
  add_line(mark.text, is_said(row, "stale") ? "STALE, to be confirmed by" : "to be confirmed by",
           short_time(text_in(row, "reconfirm_by")));
  if (auto const* windows = row.if_contains("windows"); windows && windows->is_array())
    for (auto const& one : windows->as_array())
      add_line(mark.text, "there",
               short_time(text_in(one.as_object(), "from")) + " until " +
                   short_time(text_in(one.as_object(), "until")));
  put_volumes(xml, mark, row);
}

// What conflicts and notices say alike.
void add_matter(Placemark& mark, json::Object const& row, json::Object const& content) {
  add_line(mark.text, "",
           exercise_of(content) + std::string(is_said(content, "contingent") ? "CONTINGENT" : ""));
  add_line(mark.text, "your intent", text_in(row, "intent"));
  add_line(mark.text, "site", text_in(content, "site"));
  add_line(mark.text, "call", text_in(row, "call"));
  add_line(mark.text, "under",
           std::string(text_in(row, "agreement")) + ", " + std::string(text_in(row, "clause")));
  add_line(mark.text, "", "A notification is never a permission.");
}

std::string number_of(json::Object const& row) {
  return std::to_string(number_in(row, "notice").value_or(0));
}

void put_conflict(Xml& xml, json::Object const& row) {
  Placemark mark{exercise_of(row) + "Conflict, notice " + number_of(row), {}, "conflict"};
  add_matter(mark, row, row);
  add_line(mark.text, "the other side", text_in(row, "other_side"));
  put_volumes(xml, mark, row);
}

// A pin in the middle of the first square that is shared; the squares are drawn with the conflict.
void put_notice(Xml& xml, json::Object const& row) {
  auto const* content = row.if_contains("content");
  if (!content || !content->is_object()) return;  // closed, or no longer disclosed
  for (DrawnVolume const& volume : volumes_of(row)) {
    if (!volume.middle) continue;
    Placemark mark{exercise_of(content->as_object()) + "Notice " + number_of(row), {}, "notice"};
    if (is_said(row, "overdue")) mark.name += ", OVERDUE";
    add_matter(mark, row, content->as_object());
    add_line(mark.text, "raised", short_time(text_in(row, "raised")));
    add_line(mark.text, "answer by", short_time(text_in(row, "answer_by")));
    add_line(mark.text, "answered", short_time(text_in(row, "answered")));
    begin(xml, mark, volume);
    xml.open("Point").element("coordinates", coordinates_of(*volume.middle)).close().close();
    return;
  }
}

void put_folder(Xml& xml, std::string_view name, json::Array const& rows,
                void (*put)(Xml&, json::Object const&)) {
  xml.open("Folder").element("name", name);
  for (auto const& row : rows) put(xml, row.as_object());
  xml.close();
}

}  // namespace

Bytes kml_text(json::Array const& intents, json::Array const& sites, json::Array const& conflicts,
               json::Array const& notices) {
  Xml xml;
  xml.open("kml", "xmlns", "http://www.opengis.net/kml/2.2").open("Document").element("name", "Comity");
  xml.element(
      "description",
      "What this centre discloses to you of the airspace. Everything is drawn on the ground; altitudes stand "
      "in the texts, above the ellipsoid of WGS84. A notification is never a permission.");
  put_style(xml, "intent", "ffb05a1e", "40b05a1e");
  put_style(xml, "site", "ff2f9e44", "402f9e44");
  put_style(xml, "conflict", "ff1f1fd0", "601f1fd0");
  put_style(xml, "other", "ff1f8fd0", "401f8fd0");
  put_style(xml, "notice", "ff1f1fd0", "601f1fd0");
  put_folder(xml, "Your intents", intents, put_intent);
  put_folder(xml, "Your sites", sites, put_site);
  put_folder(xml, conflicts.empty() ? "Conflicts: none disclosed to you" : "Conflicts disclosed to you",
             conflicts, put_conflict);
  put_folder(xml, "Open notices", notices, put_notice);
  return xml.close().close().finish();
}

}  // namespace comity::release
