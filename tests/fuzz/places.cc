// Files of sites and zones from anybody: every reader, and what becomes of what it gives. The first octet says which reader. Whatever
// is read can be checked; what no check refuses has a body, whose rings are rings, whose numbers are whole, and which JSON can hold.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ensure.h"
#include "base/limits.h"
#include "geometry/ring.h"
#include "places/body.h"
#include "places/checks.h"
#include "places/read.h"
#include "places/values.h"

using namespace comity;

namespace {

UtcTime const now = *parse_time("2026-11-29T12:00:00.000000Z");

void check_extent(json::Object const& extent) {
  auto const* polygon = extent.if_contains("polygon");
  ensure((polygon ? 1 : 0) + (extent.contains("circle") ? 1 : 0) + (extent.contains("point") ? 1 : 0) == 1);
  if (!polygon) return;
  std::vector<model::Point> ring;
  for (auto const& corner : polygon->as_array())
    ring.push_back({static_cast<int32_t>(corner.as_array().at(0).as_int64()),
                    static_cast<int32_t>(corner.as_array().at(1).as_int64())});
  ensure(!geometry::check_ring(ring));
}

void check_body(places::Draft const& draft, std::string const& id) {
  auto const body = places::body_of(draft, id);
  auto const& extents = body.at("extents").as_array();
  ensure(extents.size() <= limits::extents);
  for (auto const& extent : extents) check_extent(extent.as_object());
  // What a file says and I-JSON does not take, noncharacters, is refused by whoever reads it next; the rest is read as written.
  std::string const text = json::write(body);
  if (auto const again = json::parse(text, text.size() + 1)) ensure(*again == json::Value(body));
}

void check_drafts(std::vector<places::Draft> drafts) {
  ensure(drafts.size() <= limits::places);
  std::vector<std::string> ids;
  for (places::Draft& draft : drafts) {
    ensure(!draft.where.empty() && draft.volumes.size() <= limits::extents);
    for (places::Volume const& volume : draft.volumes)
      ensure(volume.shape == places::Shape::polygon ? volume.points.size() >= 3 : volume.points.size() == 1);
    if (draft.name.empty()) draft.name = "a name";
    if (!draft.kind) draft.kind = model::SiteKind::school;
    if (!draft.reconfirm_by) draft.reconfirm_by = now + days(1);
    ids.push_back(places::site_id("qa/defence", "a list", draft));
  }
  std::vector<bool> refused(drafts.size());
  for (places::Finding const& one : places::check(drafts, ids, {}, now)) {
    ensure(!one.code.empty() && !one.message.empty());
    if (one.severity == places::Severity::refuse) refused.at(one.draft) = true;
  }
  for (size_t i = 0; i < drafts.size(); ++i)
    if (!refused[i]) check_body(drafts[i], ids[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  if (size == 0) return 0;
  std::string_view const file(reinterpret_cast<char const*>(data) + 1, size - 1);
  using places::Format;
  constexpr Format formats[] = {Format::csv, Format::geojson, Format::kml,
                                Format::kmz, Format::ed269,   Format::ed318};
  Format const format = data[0] % 7 == 6 ? places::format_of(file) : formats[data[0] % 7];
  if (auto drafts = places::read(file, format)) check_drafts(std::move(*drafts));
  return 0;
}
