#include <algorithm>

#include "base/limits.h"
#include "places/fields.h"
#include "places/read.h"
#include "places/values.h"
#include "places/walk.h"

namespace comity::places {
namespace {

// Before RFC 7946 a file could name another system; one that does so means other numbers.
Result<void> check_system(At const& document) {
  auto const crs = document.member("crs");
  if (!crs) return {};
  auto const properties = crs->member("properties");
  std::string const name = properties ? properties->text("name") : "";
  constexpr std::string_view known[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84",
                                        "OGC:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"};
  if (std::ranges::find(known, std::string_view(name)) != std::end(known)) return {};
  return fail(ErrorCode::bad_input,
              "it is in another system of coordinates than WGS84; save it again in WGS84", crs->pointer());
}

Draft draft_of(At const& feature) {
  Draft draft;
  draft.where = feature.pointer().empty() ? "the document" : feature.pointer();
  draft.id = feature.text("id");
  Said said;
  if (auto const properties = feature.member("properties"))
    if (auto const* members = properties->value().if_object())
      for (auto const& member : *members)
        if (auto const field = field_of(member.key())) said.add(*field, At(member.value(), "").text());
  describe(draft, said);
  Sizes const sizes{number_of(said, Field::radius, draft), number_of(said, Field::uncertainty, draft)};
  if (auto const geometry = feature.member("geometry"))
    add_geometry(draft, *geometry, sizes);
  else
    draft.fault("it has no geometry");
  limit(draft, said);
  return draft;
}

}  // namespace

Result<std::vector<Draft>> read_geojson(BytesView file) {
  json::Value const value = TRY(read_document(file));
  At const document(value, "");
  std::string const type = document.text("type");
  TRY_VOID(check_system(document));
  if (type == "Feature") return std::vector{draft_of(document)};
  if (type != "FeatureCollection") {
    if (!document.member("coordinates"))
      return fail(ErrorCode::bad_input, "it is no GeoJSON: its `type` is no FeatureCollection and no Feature",
                  "/type");
    Draft draft;
    draft.where = "the document";
    add_geometry(draft, document, {});
    return std::vector{std::move(draft)};
  }
  auto const features = document.member("features");
  if (!features || !features->is_list())
    return fail(ErrorCode::bad_input, "a FeatureCollection has a list of features", "/features");
  auto const all = features->elements();
  if (all.size() > limits::places)
    return fail(ErrorCode::too_large,
                "at most " + std::to_string(limits::places) + " places; cut the file into several",
                "/features");
  std::vector<Draft> drafts;
  for (At const& feature : all) {
    if (feature.text("type") != "Feature")
      return fail(ErrorCode::bad_input, "it is no Feature", feature.pointer());
    drafts.push_back(draft_of(feature));
  }
  return drafts;
}

}  // namespace comity::places
