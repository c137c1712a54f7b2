#include "release/outward.h"

#include <gtest/gtest.h>

#include "release/compose.h"
#include "release/map_words.h"
#include "release/telling.h"
#include "release/world_test.h"
#include "release/xml.h"

namespace comity::release {
namespace {

Told told(std::string_view rows) {
  return Teller::tell_timeless(json::parse(Bytes(rows), rows.size() + 1).value());
}

Bytes geojson(std::string_view rows) { return Composer::plain(geojson_of(told(rows))).value(); }
Bytes drawn(Overlay const& overlay) { return Composer::plain(kml_of(overlay)).value(); }

size_t times(std::string_view text, std::string_view word) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find(word, at)) != text.npos; at += word.size()) ++count;
  return count;
}

constexpr char intent[] =
    R"([{"id":"3f2a1b9c-0000-4000-8000-000000000001","ovn":"d2bc","version":1,"state":"Accepted","operation":"flight",)"
    R"("extents":[{"polygon":[[400000000,350000001],[403000000,350000001],[403000000,351000000]],)"
    R"("low_mm":6000000,"high_mm":6400800,"from":"2015-10-01T10:00:00.000000Z","until":"2015-10-01T11:00:00.500000Z"}]}])";

constexpr char notices[] =
    R"([{"notice":1,"state":"over","raised":"2015-10-01T08:00:00.000000Z","about":"intent","intent":"3f2a",)"
    R"("overdue":false,"escalations":0,"replies":[],"ended":"2015-10-01T08:16:00.000000Z"},)"
    R"({"notice":2,"state":"open","raised":"2015-10-01T08:16:00.000000Z","about":"intent","intent":"3f2a",)"
    R"("agreement":"us.x","clause":"airspace","call":"line","content":{"notice":2,"about":"intent","intent":"3f2a",)"
    R"("level":"details","contingent":true,"volumes":[{"south_e7":-10,"north_e7":10,"west_e7":1799999990,"east_e7":-1799999990,)"
    R"("low_mm":5120000,"high_mm":7168000}],"exercise":true},"read_back":"aa","other":{"office":"us/defense","intent":"9e",)"
    R"("extents":[{"polygon":[[0,0],[10000000,0],[10000000,10000000]]}]},"answer_by":"2015-10-01T08:31:00.000000Z",)"
    R"("overdue":true,"escalations":1,"replies":[]}])";

TEST(MapWords, DegreesAreExact) {
  EXPECT_EQ(degrees_text(0), "0");
  EXPECT_EQ(degrees_text(355'000'000), "35.5");
  EXPECT_EQ(degrees_text(-1), "-0.0000001");
  EXPECT_EQ(degrees_text(1'800'000'000), "180");
  EXPECT_EQ(degrees_text(-1'799'999'999), "-179.9999999");
  EXPECT_EQ(metres_text(6'400'800), "6400.8");
}

TEST(MapWords, FeetAreRoundedOutward) {
  EXPECT_EQ(altitudes_text(5'120'000, 7'168'000), "5120 to 7168 m (16797 to 23518 ft) above the ellipsoid");
  EXPECT_EQ(altitudes_text(-1, 304'800), "-0.001 to 304.8 m (-1 to 1000 ft) above the ellipsoid");
  EXPECT_EQ(altitudes_text({}, {}), "all altitudes");
  EXPECT_EQ(altitudes_text(0, {}), "from 0 m (0 ft) above the ellipsoid up");
}

TEST(GeoJson, AVolumeIsAFeature) {
  EXPECT_EQ(
      geojson(intent),
      R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"3f2a1b9c-0000-4000-8000-000000000001",)"
      R"("geometry":{"type":"Polygon","coordinates":[[[40,35.0000001],[40.3,35.0000001],[40.3,35.1],[40,35.0000001]]]},)"
      R"("properties":{"id":"3f2a1b9c-0000-4000-8000-000000000001","ovn":"d2bc","version":1,"state":"Accepted",)"
      R"("operation":"flight","volume":"filed","low_mm":6000000,"high_mm":6400800,)"
      R"("from":"2015-10-01T10:00:00.000000Z","until":"2015-10-01T11:00:00.500000Z"}}]})");
}

TEST(GeoJson, NothingIsAnEmptyCollection) {
  EXPECT_EQ(geojson("[]"), R"({"type":"FeatureCollection","features":[]})");
}

TEST(GeoJson, ANoticeHasItsSquaresAndAClosedOneNoPlace) {
  Bytes const text = geojson(notices);
  auto const value = json::parse(text, text.size() + 1, json::Numbers::any).value();
  auto const& features = value.at("features").as_array();
  ASSERT_EQ(features.size(), 3u);
  EXPECT_TRUE(features[0].at("geometry").is_null());
  EXPECT_EQ(features[0].at("id").as_string(), "notice-1");
  EXPECT_EQ(json::write(features[1].at("geometry").at("type")), "\"MultiPolygon\"");
  EXPECT_NE(text.find("[[[[179.999999,-0.000001],[180,-0.000001],[180,0.000001],[179.999999,0.000001],[179."
                      "999999,-0.000001]]],"
                      "[[[-180,-0.000001],[-179.999999,-0.000001],"),
            text.npos)
      << text;
  EXPECT_EQ(features[1].at("properties").at("volume").as_string(), "shared");
  EXPECT_EQ(features[1].at("properties").at("low_mm").as_int64(), 5'120'000);
  EXPECT_EQ(features[2].at("id").as_string(), "notice-2/2");
  EXPECT_EQ(features[2].at("properties").at("volume").as_string(), "of the other side");
  EXPECT_EQ(text.find("south_e7"), text.npos) << "coordinates are in the geometry";
}

TEST(GeoJson, TextsAreTexts) {
  Bytes const text = geojson(R"([{"id":"a","name":"\"},{\u0000</script>","extents":[]}])");
  auto const value = json::parse(text, text.size() + 1, json::Numbers::any);
  ASSERT_TRUE(value.has_value()) << text;
  EXPECT_EQ(value->at("features").as_array().size(), 1u);
  EXPECT_EQ(value->at("features").at(0).at("properties").at("name").as_string(),
            std::string_view("\"},{\0</script>", 14));
}

TEST(XmlWriter, EveryTextIsEscaped) {
  Xml xml;
  xml.open("a", "b", "\"<'&").element("c", "]]><script>\x01\x1b[2J\t\xef\xbf\xbf").close();
  EXPECT_EQ(
      xml.finish(),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&#39;&amp;\"><c>]]&gt;&lt;script&gt;"
      "\xef\xbf\xbd\xef\xbf\xbd[2J\t\xef\xbf\xbd</c>\n</a>\n");
  EXPECT_EQ(html("<b>$[name]&"), "&lt;b&gt;&#36;[name]&amp;");
}

TEST(KmlOverlay, AnIntentIsAPlacemark) {
  Overlay const overlay{told(intent), told("[]"), told("[]"), told("[]")};
  Bytes const kml = drawn(overlay);
  EXPECT_NE(kml.find("<Placemark><name>Intent 3f2a1b9c Accepted</name>"), kml.npos) << kml;
  EXPECT_NE(
      kml.find(
          "<TimeSpan><begin>2015-10-01T10:00:00Z</begin><end>2015-10-01T11:00:00.500000Z</end></TimeSpan>"),
      kml.npos);
  EXPECT_NE(kml.find("<altitudeMode>clampToGround</altitudeMode><outerBoundaryIs><LinearRing><coordinates>"
                     "40,35.0000001 40.3,35.0000001 40.3,35.1 40,35.0000001</coordinates>"),
            kml.npos);
  EXPECT_NE(kml.find("altitudes: 6000 to 6400.8 m (19685 to 21000 ft) above the ellipsoid&lt;br/&gt;"),
            kml.npos)
      << kml;
  EXPECT_NE(kml.find("<name>Conflicts: none disclosed to you</name>"), kml.npos);
}

TEST(KmlOverlay, ANoticeIsAPinUntilItIsClosed) {
  Overlay const overlay{told("[]"), told("[]"), told("[]"), told(notices)};
  Bytes const kml = drawn(overlay);
  EXPECT_EQ(times(kml, "<Placemark>"), 1u) << kml;
  EXPECT_NE(kml.find("<name>EXERCISE Notice 2, OVERDUE</name>"), kml.npos);
  EXPECT_NE(kml.find("<Point><coordinates>180,0</coordinates></Point>"), kml.npos) << kml;
  EXPECT_NE(kml.find("A notification is never a permission."), kml.npos);
}

TEST(KmlOverlay, AHostileNameIsLetters) {
  Overlay const overlay{
      told("[]"),
      told(
          R"([{"id":"a","kind":"hospital","name":"</name><script>alert(1)</script>$[id]\u001b","source":"<img src=x>",)"
          R"("extents":[{"polygon":[[0,0],[10000000,0],[10000000,10000000]]}]}])"),
      told("[]"), told("[]")};
  Bytes const kml = drawn(overlay);
  EXPECT_EQ(kml.find("<script"), kml.npos);
  EXPECT_EQ(kml.find("<img"), kml.npos);
  EXPECT_NE(kml.find("<name>&lt;/name&gt;&lt;script&gt;"), kml.npos);
  EXPECT_NE(kml.find("source: &amp;lt;img src=x&amp;gt;"), kml.npos)
      << "in HTML it is letters still: " << kml;
  EXPECT_NE(kml.find("&amp;#36;[id]"), kml.npos);
  EXPECT_EQ(kml.find('\x1b'), kml.npos);
}

TEST(Outward, ItIsAsOldAsTheOldestOfItsLists) {
  World world;
  world.state.epoch = 7;
  OfficeKey const office = world.office("ru/gs");
  Told rows = Teller::tell(world.eyes(office), json::Array{});
  EXPECT_EQ(geojson_of(rows).epoch(), 7u);
  Overlay const overlay{told("[]"), told("[]"), std::move(rows), told("[]")};
  EXPECT_EQ(kml_of(overlay).epoch(), 7u);
  EXPECT_TRUE(network_link().current_at(8));
}

}  // namespace
}  // namespace comity::release
