#include "places/read.h"

#include <algorithm>
#include <utility>

#include "places/values.h"
#include "places/walk.h"

namespace comity::places {
namespace {

constexpr std::pair<std::string_view, Format> format_words[] = {
    {"csv", Format::csv}, {"geojson", Format::geojson}, {"kml", Format::kml},
    {"kmz", Format::kmz}, {"ed269", Format::ed269},     {"ed318", Format::ed318}};

// By the first zone of the list, as each standard must have it.
Format format_of_json(BytesView file) {
  auto const value = read_document(file);
  if (!value) return Format::geojson;  // its reader says what is wrong
  At const document(*value, "");
  if (document.is_list() || document.member("UASZoneList") || document.member("UASZoneVersion"))
    return Format::ed269;
  auto const features = document.member("features");
  auto const all = features ? features->elements() : std::vector<At>{};
  if (all.empty()) return Format::geojson;
  auto const geometry = all.front().member("geometry");
  if (geometry && geometry->is_list()) return Format::ed269;
  auto const properties = all.front().member("properties");
  bool const zone = properties && properties->member("identifier") && properties->member("country") &&
                    properties->member("type") && properties->member("variant");
  return zone ? Format::ed318 : Format::geojson;
}

}  // namespace

std::optional<Format> format_named(std::string_view word) {
  auto const* const found =
      std::ranges::find(format_words, word, &std::pair<std::string_view, Format>::first);
  return found == std::end(format_words) ? std::nullopt : std::optional(found->second);
}

Format format_of(BytesView file) {
  if (file.starts_with("PK\x03\x04")) return Format::kmz;
  // UTF-16 begins with a mark that no CSV here may have.
  if (file.starts_with("\xff\xfe") || file.starts_with("\xfe\xff")) return Format::kml;
  BytesView const text = trimmed(without_mark(file));
  if (text.starts_with('<')) return Format::kml;
  if (text.starts_with('{') || text.starts_with('[')) return format_of_json(file);
  return Format::csv;
}

Result<std::vector<Draft>> read(BytesView file, Format format) {
  switch (format) {
    case Format::csv: return read_csv(file);
    case Format::geojson: return read_geojson(file);
    case Format::kml: return read_kml(file);
    case Format::kmz: return read_kmz(file);
    case Format::ed269: return read_ed269(file);
    case Format::ed318: return read_ed318(file);
  }
  return fail(ErrorCode::unsupported, "it is of a format that is not read here");
}

}  // namespace comity::places
