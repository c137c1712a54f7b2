// Broken and hostile files: one clear error that names the place, and nothing else.
#include <gtest/gtest.h>
#include <zip.h>

#include "base/limits.h"
#include "places/read.h"

namespace comity::places {
namespace {

// The error of a file, in one line; empty if there is none.
std::string error_of(BytesView file, Format format) {
  auto const drafts = read(file, format);
  return drafts
             ? ""
             : drafts.error().detail + (drafts.error().pointer.empty() ? "" : " " + drafts.error().pointer);
}
// The faults of the only place in it.
std::string fault_of(BytesView file, Format format) {
  auto const drafts = read(file, format);
  if (!drafts || drafts->size() != 1) return "no one place";
  std::string out;
  for (auto const& fault : drafts->front().faults) out += (out.empty() ? "" : "; ") + fault;
  return out;
}
bool says(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Refused, Tables) {
  EXPECT_TRUE(says(error_of("", Format::csv), "no row of headings"));
  EXPECT_TRUE(says(error_of("name,lat\nA,1\n", Format::csv), "line 1: no column for the longitude"));
  EXPECT_TRUE(
      says(error_of("lat,latitude,lon\n1,2,3\n", Format::csv), "more than one column for the latitude"));
  EXPECT_TRUE(says(error_of("name,lat,lon\nA,1,2\n\"B,1,2\n", Format::csv), "line 3: a quote is opened"));
  EXPECT_TRUE(says(error_of("name,lat,lon\nA\"B\",1,2\n", Format::csv), "line 2: a quote inside"));
  EXPECT_TRUE(says(error_of("name,lat,lon\n\xe9t\xe9,1,2\n", Format::csv), "UTF-8"));
  EXPECT_TRUE(says(error_of("name,lat,lon\nA,1,2\xed\xa0\x80\n", Format::csv), "UTF-8")) << "a surrogate";
  EXPECT_TRUE(says(error_of(std::string("name,lat,lon\nA\0,1,2\n", 21), Format::csv), "UTF-8"));
  EXPECT_TRUE(says(fault_of("name,lat,lon\nA,36°12',37\n", Format::csv), "latitude is no number"));
  EXPECT_TRUE(says(fault_of("name,lat,lon\nA,,37\n", Format::csv), "it has no latitude"));
  EXPECT_TRUE(says(fault_of("name,lat,lon\nA,nan,37\n", Format::csv), "latitude is no number"));
  EXPECT_TRUE(
      says(fault_of("name,lat,lon\nA,36.2,37.1,B\n", Format::csv), "more cells than there are columns"));
  EXPECT_TRUE(says(fault_of("name,lat,lon,high\nA,36.2,37.1,120 m\n", Format::csv), "high is no altitude"))
      << "above what it is is not said";
  EXPECT_TRUE(says(fault_of("name,lat,lon,until\nA,36.2,37.1,2027-01-01T10:00:00\n", Format::csv),
                   "until is no time"))
      << "nor whose time it is";
  EXPECT_EQ(fault_of("name,lat,lon,until\nA,36.2,37.1,2027-01-01 10:00+0200\n", Format::csv), "");
}

TEST(Refused, TablesThatAreTooLarge) {
  std::string many = "name,lat,lon\n";
  for (size_t i = 0; i <= limits::places + 25; ++i) many += "A,1,2\n";
  EXPECT_TRUE(says(error_of(many, Format::csv), "at most 1000 places"));
  EXPECT_TRUE(
      says(error_of("name,lat,lon\n" + std::string(10'000, 'x') + ",1,2\n", Format::csv), "8192 bytes"));
  EXPECT_TRUE(says(error_of("name,lat,lon\n" + std::string(300, ',') + "\n", Format::csv), "200 columns"));
  EXPECT_TRUE(says(error_of(std::string(limits::place_file_bytes + 1, 'x'), Format::csv), "too large"));
}

TEST(Refused, GeoJson) {
  EXPECT_TRUE(says(error_of("{\"type\": \"FeatureCollection\", ", Format::geojson), "not JSON"));
  EXPECT_TRUE(says(error_of("{\"type\": \"Topology\"}", Format::geojson), "no GeoJSON"));
  EXPECT_TRUE(says(error_of("{\"type\": \"FeatureCollection\"}", Format::geojson), "/features"));
  EXPECT_TRUE(says(
      error_of("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Point\"}]}", Format::geojson),
      "no Feature /features/0"));
  EXPECT_TRUE(
      says(error_of("{\"type\": \"FeatureCollection\", \"features\": [], \"crs\": {\"type\": \"name\", "
                    "\"properties\": {\"name\": \"urn:ogc:def:crs:EPSG::3857\"}}}",
                    Format::geojson),
           "another system of coordinates"));
  std::string const deep(100, '[');
  EXPECT_TRUE(says(error_of("{\"type\": " + deep, Format::geojson), "deep"));
  auto const of = [](std::string const& geometry) {
    return fault_of("{\"type\": \"Feature\", \"geometry\": " + geometry + "}", Format::geojson);
  };
  EXPECT_TRUE(says(of("null"), "no geometry"));
  EXPECT_TRUE(
      says(of("{\"type\": \"Point\", \"coordinates\": [1]}"), "/geometry/coordinates is no position"));
  EXPECT_TRUE(says(of("{\"type\": \"Point\", \"coordinates\": [\"1\", 2]}"), "no position"));
  EXPECT_TRUE(says(of("{\"type\": \"Polygon\", \"coordinates\": []}"), "no list of rings"));
  EXPECT_TRUE(
      says(of("{\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [2, 2], [1, 2]]]}"), "three corners"));
  EXPECT_TRUE(says(of("{\"type\": \"Ball\", \"coordinates\": []}"), "a type that GeoJSON does not have"));
}

TEST(Refused, OneOfManyFaultsAreSoManyTold) {
  std::string points = "0";
  for (int i = 0; i < 100'000; ++i) points += ",0";
  auto const drafts = read("{\"type\": \"MultiPoint\", \"coordinates\": [" + points + "]}", Format::geojson);
  ASSERT_TRUE(drafts);
  EXPECT_EQ(drafts->front().faults.size(), limits::place_faults);
}

TEST(Refused, Geozones) {
  EXPECT_TRUE(says(error_of("{\"title\": \"x\"}", Format::ed269), "no list of zones"));
  EXPECT_TRUE(says(error_of("{\"features\": [7]}", Format::ed269), "it is no zone /features/0"));
  EXPECT_TRUE(
      says(fault_of("{\"features\": [{\"identifier\": \"A\"}]}", Format::ed269), "no list `geometry`"));
  auto const zone = [](std::string const& part, std::string const& period) {
    return fault_of("{\"features\": [{\"applicability\": [" + period + "], \"geometry\": [" + part + "]}]}",
                    Format::ed269);
  };
  std::string const good =
      "{\"uomDimensions\": \"M\", \"horizontalProjection\": {\"type\": \"Circle\", \"center\": "
      "[7, 46], \"radius\": 5}";
  EXPECT_EQ(zone(good + "}", "{}"), "");
  EXPECT_TRUE(
      says(zone(good + ", \"upperLimit\": 120}", "{}"), "/features/0/geometry/0/upperLimit is no altitude"));
  EXPECT_TRUE(
      says(zone("{\"horizontalProjection\": {\"type\": \"Sphere\"}}", "{}"), "neither Circle nor Polygon"));
  EXPECT_TRUE(says(zone("{\"horizontalProjection\": {\"type\": \"Circle\", \"center\": [7, 46]}}", "{}"),
                   "no circle with center and radius"));
  EXPECT_TRUE(
      says(zone(good + "}", "{\"startDateTime\": \"soon\"}"), "/applicability/0/startDateTime is no time"));
  EXPECT_TRUE(says(zone(good + "}",
                        "{\"schedule\": [{\"day\": [\"MO\"], \"startTime\": \"08:00Z\", \"endTime\": "
                        "\"09:00Z\"}]}"),
                   "/day is no list of MON to SUN"));
  EXPECT_TRUE(says(zone(good + "}",
                        "{\"schedule\": [{\"day\": [\"ANY\"], \"startEvent\": \"NOON\", \"endTime\": "
                        "\"09:00Z\"}]}"),
                   "no startTime"));
}

TEST(Refused, Kml) {
  EXPECT_TRUE(says(error_of("<kml><Placemark></kml>", Format::kml), "line 1"));
  EXPECT_TRUE(says(error_of("<html></html>", Format::kml), "no KML"));
  EXPECT_TRUE(says(
      error_of("<?xml version=\"1.0\"?>\n<!DOCTYPE kml [<!ENTITY a \"b\">]>\n<kml>&a;</kml>", Format::kml),
      "line 2: a document type is not taken"));
  EXPECT_TRUE(
      says(error_of("<!DOCTYPE kml SYSTEM \"file:///etc/passwd\"><kml/>", Format::kml), "document type"));
  EXPECT_TRUE(says(error_of("<kml>&other;</kml>", Format::kml), "undefined entity"));
  EXPECT_TRUE(
      says(error_of("<kml>\n<NetworkLink><href>http://example.org</href></NetworkLink></kml>", Format::kml),
           "line 2: a link to another file is not followed"));
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "<Folder>";
  EXPECT_TRUE(says(error_of("<kml>" + deep, Format::kml), "nested too deep"));
  std::string wide = "<kml>";
  for (size_t i = 0; i <= limits::xml_elements; ++i) wide += "<a/>";
  EXPECT_TRUE(says(error_of(wide + "</kml>", Format::kml), "too many elements"));
  auto const of = [](std::string const& inside) {
    return fault_of("<kml>\n<Placemark>" + inside + "</Placemark></kml>", Format::kml);
  };
  EXPECT_TRUE(says(of(""), "neither a point nor an area"));
  EXPECT_TRUE(says(of("<Point><coordinates>37.1, 36.2</coordinates></Point>"), "line 2: coordinates are"));
  EXPECT_TRUE(
      says(of("<LineString><coordinates>1,2 3,4</coordinates></LineString>"), "line 2: it is a line"));
  EXPECT_TRUE(says(of("<Polygon><outerBoundaryIs/></Polygon>"), "outer boundary with coordinates"));
}

struct Entry {
  std::string name, text;
};
Bytes archive_of(std::vector<Entry> const& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const into = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(into);
  zip_t* const archive = zip_open_from_source(into, ZIP_TRUNCATE, &error);
  for (Entry const& one : entries)
    zip_file_add(archive, one.name.c_str(), zip_source_buffer(archive, one.text.data(), one.text.size(), 0),
                 0);
  EXPECT_EQ(zip_close(archive), 0);
  EXPECT_EQ(zip_source_open(into), 0);
  zip_source_seek(into, 0, SEEK_END);
  Bytes out(static_cast<size_t>(zip_source_tell(into)), '\0');
  zip_source_seek(into, 0, SEEK_SET);
  zip_source_read(into, out.data(), out.size());
  zip_source_close(into);
  zip_source_free(into);
  zip_error_fini(&error);
  return out;
}

TEST(Refused, Archives) {
  Bytes const good = archive_of({{"a.kml", "<html/>"}, {"doc.kml", "<kml/>"}});
  EXPECT_EQ(error_of(good, Format::kmz), "");
  EXPECT_TRUE(says(error_of("PK\x03\x04 and no more", Format::kmz), "the archive"));
  EXPECT_TRUE(says(error_of(good.substr(0, good.size() / 2), Format::kmz), "the archive"));
  EXPECT_TRUE(says(error_of(archive_of({{"a.png", "x"}}), Format::kmz), "no KML in it"));
  EXPECT_TRUE(
      says(error_of(archive_of({{"x.kml", "<html/>"}}), Format::kmz), "line 1: it is XML, but no KML"));
  Bytes damaged = good;
  damaged[damaged.find("<kml/>") + 1] = 'x';
  EXPECT_TRUE(says(error_of(damaged, Format::kmz), "cannot be unpacked")) << "its check sum is another";
}

TEST(Refused, ArchivesThatUnpackToTooMuch) {
  std::string const kml = "<kml>" + std::string(8u << 20, ' ') + "</kml>";
  EXPECT_TRUE(says(error_of(archive_of({{"doc.kml", kml}}), Format::kmz), "more than 100 times its size"));
  std::string const huge(limits::place_file_bytes + 1, ' ');
  EXPECT_TRUE(says(error_of(archive_of({{"doc.kml", huge}}), Format::kmz), "unpacks to more than 16 MB"));
  std::vector<Entry> many;
  for (size_t i = 0; i <= limits::archive_entries; ++i) many.push_back({std::to_string(i) + ".kml", "x"});
  EXPECT_TRUE(says(error_of(archive_of(many), Format::kmz), "more than 1000 entries"));
}

}  // namespace
}  // namespace comity::places
