// What is typed of the airspace, and what is read of GeoJSON: the forms that are filed, to the last digit.
#include <gtest/gtest.h>

#include "cli/airspace_view.h"
#include "cli/geojson_in.h"
#include "cli/intent_form.h"
#include "cli/reading_back.h"
#include "cli/typed.h"

namespace comity::cli {
namespace {

constexpr UtcTime noon{1'772'366'400'000'000};  // 2026-03-01T12:00:00Z

std::optional<int64_t> e7(std::string_view text) { return scaled_decimal(text, 7, Rounding::nearest); }

TEST(TypedDecimals, AreExact) {
  EXPECT_EQ(e7("35.1234567"), 351'234'567);
  EXPECT_EQ(e7("-0.00000005"), -1) << "half away from zero";
  EXPECT_EQ(e7("0.000000049999999999999999999999"), 0);
  EXPECT_EQ(e7("1e-7"), 1);
  EXPECT_EQ(e7("1.5E+1"), 150'000'000);
  EXPECT_EQ(e7("179.99999999999999999999999999"), 1'800'000'000);
  EXPECT_EQ(e7("0.1000000000000000055511151231257827"), 1'000'000);
  EXPECT_EQ(e7("1e400"), std::nullopt);
  for (char const* none : {"", "-", ".", "1e", "1..2", "0x10", "1 ", "nan", "1e999999999999", "--1"})
    EXPECT_EQ(e7(none), std::nullopt) << none;
  EXPECT_EQ(scaled_decimal("1.1", 0, Rounding::up), 2);
  EXPECT_EQ(scaled_decimal("-1.1", 0, Rounding::up), -1);
  EXPECT_EQ(scaled_decimal("-1.1", 0, Rounding::down), -2);
  EXPECT_EQ(scaled_decimal("1.0", 0, Rounding::up), 1);
  EXPECT_EQ(scaled_decimal("0.0001", 0, Rounding::up), 1);
  EXPECT_EQ(scaled_decimal("12", -1, Rounding::up), 2);
  EXPECT_EQ(scaled_decimal("12", -3, Rounding::down), 0);
}

TEST(TypedPositions, AreLatitudeFirst) {
  EXPECT_EQ(*read_position("35.5 40.25"), (model::Point{402'500'000, 355'000'000}));
  EXPECT_EQ(*read_position(" 35.5S  40.25W "), (model::Point{-402'500'000, -355'000'000}));
  EXPECT_EQ(*read_position("-35.5 180"), (model::Point{1'800'000'000, -355'000'000}));
  for (char const* wrong : {"40.25", "95 0", "0 181", "-3S 4", "3E 4N", "a b", "1 2 3"})
    EXPECT_FALSE(read_position(wrong)) << wrong;
  EXPECT_EQ(read_positions("0 0, 0 1; 1 1, 0 0")->size(), 3u) << "closed by its first place";
  EXPECT_FALSE(read_positions("0 0, 0 1"));
}

std::string altitude(std::string_view text, Side side = Side::low) {
  auto const value = read_altitude(text, side);
  return value ? json::write(*value) : value.error().detail.substr(0, 1);
}

TEST(TypedAltitudes, HaveUnitAndReference) {
  EXPECT_EQ(altitude("6000m"), R"({"value":6000,"unit":"m","reference":"W84"})");
  EXPECT_EQ(altitude("21000 FT amsl"), R"({"value":21000,"unit":"ft","reference":"AMSL"})");
  EXPECT_EQ(altitude("fl240"), R"({"value":240,"unit":"FL","reference":"FL"})");
  EXPECT_EQ(altitude("GND"), R"({"reference":"GND"})");
  EXPECT_EQ(altitude("100.5 m AGL", Side::low), R"({"value":100,"unit":"m","reference":"AGL"})");
  EXPECT_EQ(altitude("100.5 m AGL", Side::high), R"({"value":101,"unit":"m","reference":"AGL"})");
  for (char const* wrong : {"", "6000", "m", "6000 m W84 x", "6000 yd", "FLx", "6000 m QNH"})
    EXPECT_EQ(altitude(wrong), "`") << wrong;
  EXPECT_EQ(json::write(altitude_of_mm(6'400'800, Side::high)),
            R"({"value":21000,"unit":"ft","reference":"W84"})");
  for (Side const side : {Side::low, Side::high})  // 305104.8
    EXPECT_EQ(json::write(altitude_of_mm(side == Side::low ? 305'104 : 305'105, side)),
              R"({"value":1001,"unit":"ft","reference":"W84"})");
  EXPECT_EQ(json::write(altitude_of_mm(-1, Side::low)), R"({"value":-1,"unit":"m","reference":"W84"})");
  EXPECT_EQ(json::write(altitude_of_mm(-1, Side::high)), R"({"value":0,"unit":"m","reference":"W84"})");
  EXPECT_EQ(json::write(altitude_of_mm(1, Side::high)), R"({"value":1,"unit":"m","reference":"W84"})");
}

TEST(TypedLengths, AreWholeMetresUp) {
  EXPECT_EQ(*read_length_m("500m"), 500);
  EXPECT_EQ(*read_length_m("1.5 km"), 1'500);
  EXPECT_EQ(*read_length_m("2NM"), 3'704);
  EXPECT_EQ(*read_length_m("0.1 m"), 1);
  for (char const* wrong : {"", "0", "-1", "5 mi", "1e99km"}) EXPECT_FALSE(read_length_m(wrong)) << wrong;
}

TEST(TypedTimes, AreInUtc) {
  EXPECT_EQ(*read_moment("2026-03-01T12:00Z", noon), "2026-03-01T12:00:00.000000Z");
  EXPECT_EQ(*read_moment("2026-03-01T12:00:00.5Z", noon), "2026-03-01T12:00:00.500000Z");
  EXPECT_EQ(*read_moment("now", noon), "2026-03-01T12:00:00.000000Z");
  EXPECT_EQ(*read_moment("+PT90M", noon), "2026-03-01T13:30:00.000000Z");
  for (char const* wrong : {"12:00", "2026-03-01", "2026-03-01T12:00", "2026-03-01T12:00+01:00", "+90M"})
    EXPECT_FALSE(read_moment(wrong, noon)) << wrong;
}

TEST(GeoJsonIn, NumbersAreTheirDigits) {
  EXPECT_EQ(with_numbers_as_text(R"({"a":[-1.50e2,0],"1\"2":"3,4 \\"})"),
            R"({"a":["-1.50e2","0"],"1\"2":"3,4 \\"})");
}

std::string problem(std::string const& text) {
  auto const shapes = read_geojson(text);
  return shapes ? "" : shapes.error().detail;
}

TEST(GeoJsonIn, PolygonsAreVolumes) {
  auto const shapes = read_geojson(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"low_mm":6000000,"high":"FL240","name":3},)"
      R"("geometry":{"type":"MultiPolygon","coordinates":[[[[40.00000001,35],[40.3,35],[40.3,35.1],[40.00000001,35]]],)"
      R"([[[1,1],[2,1],[2,2.00000005],[1,1]]]]}},{"type":"Feature","properties":{"radius_m":500.5},)"
      R"("geometry":{"type":"Point","coordinates":[40,35,100]}}]})");
  ASSERT_TRUE(shapes.has_value()) << shapes.error().detail;
  ASSERT_EQ(shapes->size(), 3u);
  EXPECT_EQ((*shapes)[0].ring,
            (std::vector<model::Point>{
                {400'000'000, 350'000'000}, {403'000'000, 350'000'000}, {403'000'000, 351'000'000}}));
  EXPECT_EQ((*shapes)[0].low_mm, 6'000'000);
  EXPECT_EQ((*shapes)[1].high, "FL240");
  EXPECT_EQ((*shapes)[1].ring[2].latitude_e7, 20'000'001);
  EXPECT_EQ((*shapes)[2].centre, (model::Point{400'000'000, 350'000'000}));
  EXPECT_EQ((*shapes)[2].radius, "500.5");
}

TEST(GeoJsonIn, WhatIsNoAreaIsRefused) {
  EXPECT_NE(problem(R"({"type":"LineString","coordinates":[[0,0],[1,1]]})").find("is no area"),
            std::string::npos);
  EXPECT_NE(problem(R"({"type":"Point","coordinates":[0,0]})").find("radius_m"), std::string::npos);
  EXPECT_NE(
      problem(R"({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]})")
          .find("holes"),
      std::string::npos);
  EXPECT_NE(problem(R"({"type":"Polygon","coordinates":[[[0,95],[3,0],[3,3],[0,95]]]})")
                .find("longitude, latitude"),
            std::string::npos);
  EXPECT_NE(problem(R"({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3]]]})").find("the first again"),
            std::string::npos);
  EXPECT_NE(problem(R"({"type":"FeatureCollection","features":[]})").find("no polygon"), std::string::npos);
  EXPECT_NE(problem(R"({"type":"Polygon","type":"Point"})"), "");
  EXPECT_FALSE(is_geojson(R"({"id":"x","extents":[]})"));
}

Call call_with(std::map<std::string, std::vector<std::string>> values) {
  return {Settings{}, std::move(values)};
}

TEST(IntentForm, FlagsMakeTheBody) {
  auto const body = intent_body(call_with({{"--circle", {"35 40"}},
                                           {"--radius", {"1km"}},
                                           {"--low", {"GND"}},
                                           {"--high", {"500ft AGL"}},
                                           {"--from", {"now"}},
                                           {"--until", {"+PT1H"}},
                                           {"--id", {"x"}},
                                           {"--exercise", {"yes"}}}),
                                noon);
  ASSERT_TRUE(body.has_value()) << body.error().detail;
  EXPECT_EQ(
      json::write(*body),
      R"({"extents":[{"circle":{"centre":[400000000,350000000],"radius_m":1000},"low":{"reference":"GND"},)"
      R"("high":{"value":500,"unit":"ft","reference":"AGL"},"from":"2026-03-01T12:00:00.000000Z",)"
      R"("until":"2026-03-01T13:00:00.000000Z"}],"exercise":true,"id":"x","state":"Accepted"})");
}

TEST(IntentForm, WhatIsMissingIsAskedFor) {
  auto const missing = [](auto values) { return intent_body(call_with(values), noon).error().detail; };
  using Values = std::map<std::string, std::vector<std::string>>;
  EXPECT_NE(missing(Values{}).find("--polygon"), std::string::npos);
  EXPECT_NE(missing(Values{{"--circle", {"35 40"}}}).find("--radius"), std::string::npos);
  EXPECT_NE(missing(Values{{"--polygon", {"0 0, 0 1, 1 1"}}, {"--low", {"0m"}}}).find("--high"),
            std::string::npos);
}

TEST(IntentForm, AnAmendmentKeepsWhatIsNotSaid) {
  auto const present = json::parse(
      R"({"id":"x","ovn":"d2","version":1,"state":"Accepted","operation":"flight","exercise":true,"extents":[)"
      R"({"polygon":[[0,0],[10,0],[10,10]],"low_mm":6000000,"high_mm":6400800,"from":"f","until":"u"}]})",
      1'000);
  auto const state = amended_body(call_with({{"--state", {"Activated"}}}), present->as_object(), noon);
  EXPECT_EQ(json::write(*state),
            R"({"id":"x","at":"d2","state":"Activated","operation":"flight","exercise":true,"extents":[)"
            R"({"polygon":[[0,0],[10,0],[10,10]],"low":{"value":6000,"unit":"m","reference":"W84"},)"
            R"("high":{"value":21000,"unit":"ft","reference":"W84"},"from":"f","until":"u"}]})");
  auto const moved = amended_body(call_with({{"--polygon", {"0 0, 0 1, 1 1"}}, {"--until", {"now"}}}),
                                  present->as_object(), noon);
  EXPECT_EQ(
      json::write(moved->at("extents")),
      R"([{"polygon":[[0,0],[10000000,0],[10000000,10000000]],"until":"2026-03-01T12:00:00.000000Z",)"
      R"("low":{"value":6000,"unit":"m","reference":"W84"},"high":{"value":21000,"unit":"ft","reference":"W84"},"from":"f"}])");
}

TEST(AirspaceView, NoConflictIsNoneDisclosed) {
  EXPECT_EQ(conflicts_text(json::Array{}), "conflicts: none disclosed to you\n");
  EXPECT_EQ(filing_text(*json::parse(R"({"filing":{"conflicts":"none new disclosed to you"}})", 100), {}),
            "conflicts: none disclosed to you\n");
  auto const unknown = json::parse(
      R"({"filing":{"unknown":[{"agreement":"us.x","clause":"a","call":"line","answer":"unknown: call line"}]}})",
      200);
  EXPECT_EQ(filing_text(*unknown, {}), "unknown: call line (us.x, a)\n");
  EXPECT_EQ(moment_text("2026-03-01T12:00:00.000000Z"), "2026-03-01 12:00Z");
  EXPECT_EQ(moment_text("2026-03-01T12:00:32.000000Z"), "2026-03-01 12:00:32Z");
}

TEST(AirspaceView, ATextOfAPartyIsInert) {
  auto const sites = json::parse(
      R"([{"id":"a","kind":"hospital","name":"\u001b[2J\u202eevil","source":"","measured":"","reconfirm_by":"","extents":[]}])",
      1'000);
  std::string const text = sites_text(*sites);
  EXPECT_EQ(text.find('\x1b'), text.npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), text.npos);
}

TEST(ReadingBack, IsComputedHere) {
  auto notice = *json::parse(
      R"({"content":{"b":1,"a":"x"},"read_back":"ba0a2c8c5d8b2f4d0a5cd4d5e1e8d3c5d9c4a7a9c7e1f6a8b9d0e2f3a4b5c6d7"})",
      1'000);
  EXPECT_EQ(read_back_of(notice).error().code, ErrorCode::corrupt);
  Digest const own = *typed_read_back(call_with({{"--read-back", {R"({"a":"x","b":1})"}}}));
  notice.as_object()["read_back"] = to_hex(own);
  EXPECT_EQ(**read_back_of(notice), own) << "in whatever order its members come";
  EXPECT_FALSE(*read_back_of(*json::parse("{}", 10)));
  EXPECT_FALSE(typed_read_back(call_with({{"--read-back", {"understood"}}})));
  EXPECT_FALSE(typed_read_back(call_with({{"--read-back-hash", {"00"}}})));
}

}  // namespace
}  // namespace comity::cli
