// The asker's own airspace: intents, sites, notices, conflicts, its watch (40-deconfliction), as JSON, as GeoJSON and on a map. What changes
// them goes by /commands. A map that is drawn again and again is not how a notice is delivered.
#include <charconv>

#include "base/limits.h"
#include "doors/api/endpoint.h"
#include "doors/http/negotiate.h"
#include "release/outward.h"
#include "release/told_acknowledgements.h"
#include "release/told_conflicts.h"
#include "release/told_watch.h"

namespace comity::api {
namespace {

using http::Method;
using release::Composer;
using release::Eyes;
using release::Told;

constexpr std::string_view record_media[] = {"application/json", "text/csv"};
constexpr std::string_view list_media[] = {"application/json", "application/geo+json"};
constexpr std::string_view map_media[] = {"application/vnd.google-earth.kml+xml"};

// A list as it was asked for; a map is drawn without the lock.
Result<Page> list_of(Call const& call, Result<Told> const& told) {
  static constexpr http::Offer offers[] = {{list_media[0]}, {list_media[1]}};
  if (!told) return std::unexpected(told.error());
  if (http::best_of(call.request.headers.joined("Accept"), offers) == 1)
    return Page{200, Composer::plain(release::geojson_of(*told)), list_media[1], {}};
  Composer body;
  return page_of(body.told(*told).finish());
}

// `after` is the id of the last one that is known.
Result<release::ListPart> part_of(Call const& call) {
  release::ListPart part;
  if (!call.query("limit").empty()) part.limit = TRY(limit_of(call));
  std::string_view const after = call.query("after");
  if (after.empty()) return part;
  part.after = model::read_uuid(after);
  if (!part.after) return fail(ErrorCode::bad_input, "after is the id of one of the list");
  return part;
}

template <Told (*tell)(Eyes const&, release::ListPart const&)>
Result<Page> pages(Call const& call, Making) {
  release::ListPart const part = TRY(part_of(call));
  return list_of(call, call.look([&](Eyes const& eyes) -> Result<Told> { return tell(eyes, part); }));
}

// `after` is OFFICE:ID of the last one that is known.
Result<Page> constraints(Call const& call, Making) {
  release::ConstraintPart part;
  if (!call.query("limit").empty()) part.limit = TRY(limit_of(call));
  if (std::string_view const after = call.query("after"); !after.empty()) {
    size_t const end = after.rfind(':');
    auto const id = end == after.npos ? std::nullopt : model::read_uuid(after.substr(end + 1));
    if (!id) return fail(ErrorCode::bad_input, "after is OFFICE:ID of one of the list");
    part.after = {std::string(after.substr(0, end)), *id};
  }
  return list_of(call,
                 call.look([&](Eyes const& eyes) -> Result<Told> { return tell_constraints(eyes, part); }));
}

Result<uint64_t> notice_after(Call const& call) {
  uint64_t number = 0;
  std::string_view const text = call.query("after");
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && (read.ec != std::errc() || read.ptr != text.data() + text.size()))
    return fail(ErrorCode::bad_input, "after is the number of a notice");
  return number;
}

// `after` is the number of the notice of the last one that is known: older ones come behind it.
Result<Page> conflicts(Call const& call, Making) {
  release::ConflictPart part;
  if (!call.query("limit").empty()) part.limit = TRY(limit_of(call));
  if (!call.query("after").empty()) part.below = TRY(notice_after(call));
  return list_of(call,
                 call.look([&](Eyes const& eyes) -> Result<Told> { return tell_conflicts(eyes, part); }));
}

Result<Page> acknowledgements(Call const& call, Making) {
  static constexpr http::Offer offers[] = {{record_media[0]}, {record_media[1]}};
  Told const told =
      TRY(call.look([](Eyes const& eyes) -> Result<Told> { return release::tell_acknowledgements(eyes); }));
  if (http::best_of(call.request.headers.joined("Accept"), offers) == 1)
    return Page{200, Composer::plain(release::acknowledgements_csv(told)), record_media[1], {}};
  Composer body;
  return page_of(body.told(told).finish());
}

// `after` is the number of the last notice that is known.
Result<Page> notices(Call const& call, Making) {
  size_t const limit = TRY(limit_of(call));
  uint64_t const after = TRY(notice_after(call));
  uint64_t given = 0;
  auto page = list_of(call, call.look([&](Eyes const& eyes) -> Result<Told> {
    given = release::last_given_now(eyes, after + limit);
    return release::tell_notices(eyes, after, limit);
  }));
  if (page && given > after) call.room.given->note(call.who.office, given);
  return page;
}

Result<Page> watch(Call const& call, Making) {
  release::LastPages const pages = call.room.pages();
  return call.look(
      [&](release::Eyes const& eyes) { return page_of(eyes, release::tell_watch(eyes, pages)); });
}

Result<Page> network_link(Call const&, Making) {
  return Page{200, release::network_link(), map_media[0], {}};
}

Result<Page> overlay(Call const& call, Making) {
  auto const told = call.look([](Eyes const& eyes) -> Result<release::Overlay> {
    return release::Overlay{release::tell_intents(eyes, {}), release::tell_sites(eyes, {}),
                            release::tell_conflicts(eyes, {.limit = limits::notices_per_office}),
                            release::tell_notices(eyes, 0, limits::notices_per_office)};
  });
  if (!told) return std::unexpected(told.error());
  return Page{200, Composer::plain(release::kml_of(*told)), map_media[0], {}};
}

// The body is that of put_intent.
void preview(std::shared_ptr<Call const> call, http::Workers&, PageDone done) {
  submit_as(std::move(call), "preview_conflicts", std::move(done));
}

constexpr Endpoint own(std::string_view pattern, std::span<std::string_view const> gives, Serve serve,
                       MakePart part = nullptr) {
  return {Method::get, pattern, Right::none, nullptr,   Kind::read,      gives,
          {},          serve,   nullptr,     Cost::any, Served::in_time, part};
}
constexpr Endpoint endpoints[] = {own("/api/v1/intents", list_media, pages<release::tell_intents>),
                                  own("/api/v1/sites", list_media, pages<release::tell_sites>),
                                  own("/api/v1/constraints", list_media, constraints),
                                  own("/api/v1/conflicts", list_media, conflicts, conflict_events),
                                  {Method::post, "/api/v1/conflicts/preview", Right::none, nullptr,
                                   Kind::write, json_media, json_media, nullptr, preview},
                                  own("/api/v1/notices", list_media, notices, notice_events),
                                  own("/api/v1/acknowledgements", record_media, acknowledgements),
                                  own("/api/v1/watch", json_media, watch, watch_events),
                                  own("/api/v1/kml", map_media, network_link),
                                  own("/api/v1/overlay.kml", map_media, overlay)};

}  // namespace

std::span<Endpoint const> airspace_endpoints() { return endpoints; }

}  // namespace comity::api
