// Items: what was contributed and received, its bytes, why, and who sees one's own.
#include <algorithm>

#include "doors/api/rows.h"
#include "json/json.h"
#include "release/edition.h"
#include "release/told_items.h"
#include "sequencer/served.h"

namespace comity::api {
namespace {

using http::Method;
using release::Eyes;
using release::Shown;

std::string id_of(Call const& call) { return std::string(call.param("id")); }

// ---- the list ---------------------------------------------------------------------------------------------------------

Result<release::FeedQuery> query_of(Call const& call, Eyes const& eyes) {
  release::FeedQuery query;
  std::string_view const role = call.query("role");
  if (role == "contributed")
    query.source = release::Source::contributed;
  else if (role == "reference")
    query.source = release::Source::reference;
  else if (!role.empty() && role != "received")
    return fail(ErrorCode::bad_input, "`role` is contributed, received or reference");
  if (auto const order = call.query("order"); order == "newest") {
    if (query.source == release::Source::reference || call.streams)
      return fail(
          ErrorCode::bad_input,
          "`order=newest` is of lists of what was received or contributed; streams go on from the oldest");
    query.order = release::Order::newest_first;
  } else if (!order.empty() && order != "oldest") {
    return fail(ErrorCode::bad_input, "`order` is oldest or newest");
  }
  if (auto const name = call.query("agreement"); !name.empty()) {
    query.agreement = eyes.view.agreement(name);
    if (query.agreement.is_none()) return fail(ErrorCode::bad_input, "no such agreement");
  }
  if (auto const type = call.query("type"); !type.empty()) query.match.types.emplace_back(type);
  if (auto const id = call.query("id"); !id.empty()) query.match.ids.emplace_back(id);
  return query;
}

constexpr Rows rows{"items", "item", query_of, release::tell_row};

Result<Page> items(Call const& call, Making) { return rows_page(call, rows); }
Result<http::Part> item_events(Call const& call, std::optional<size_t> place) {
  return rows_events(call, place, rows);
}

// ---- one item ---------------------------------------------------------------------------------------------------------

// Everything the asker may have under the id, of any version. What it was served or knows by the item's own id is found at
// once; an edition that it has not fetched yet, in its feed.
std::vector<Shown> shown_under(Eyes const& eyes, std::string const& id, PartyKey from) {
  std::vector<Shown> all;
  if (from.is_none())
    for (release::Spot const& spot : release::known_under(eyes, id))
      if (auto shown = release::show(eyes, spot); shown && shown->id() == id)
        all.push_back(std::move(*shown));
  if (!all.empty()) return all;
  release::FeedQuery query;
  query.from = from;
  query.limit = limits::page_objects;
  query.match.ids = {id};
  query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
  all = release::page(eyes, query).shown;
  if (!all.empty() || !from.is_none()) return all;
  query.source = release::Source::reference;
  return release::page(eyes, query).shown;
}

Result<Shown> chosen(Call const& call, Eyes const& eyes) {
  PartyKey from;
  if (auto const name = call.query("originator"); !name.empty()) {
    from = eyes.view.party(name);
    if (from.is_none()) return not_there();
  }
  std::vector<Shown> all = shown_under(eyes, id_of(call), from);
  if (auto const text = call.query("version"); !text.empty()) {
    auto const time = parse_stix_time(text);
    if (!time) return fail(ErrorCode::bad_input, "`version` is a time as STIX writes it");
    std::erase_if(all, [&](Shown const& one) { return one.version_time() != *time; });
  }
  auto const newest = std::ranges::max_element(all, {}, &Shown::version_time);
  if (newest == all.end()) return not_there();
  return std::move(*newest);
}

Result<void> may_have(Call const& call, Eyes const& eyes) {
  TRY(chosen(call, eyes));
  return {};
}

Result<void> knows(Call const& call, Eyes const& eyes) {
  return release::known_under(eyes, id_of(call)).empty() ? Result<void>(not_there()) : Result<void>{};
}

// What is not recorded is not served (25-isolation A14): an edition is noted before it leaves.
Result<void> note(Call const& call, Shown const& shown, release::Released<Bytes> const& edition,
                  Making making) {
  if (shown.is_whole()) return {};
  auto const served = TRY(release::served(shown, edition, call.room.keys));
  bool const noted = TRY(call.look(
      [&](Eyes const& eyes) -> Result<bool> { return release::is_noted(eyes.state.holdings, served); }));
  if (noted) return {};
  if (making == Making::anew) return fail(ErrorCode::busy, "");
  return sequencer::note_served(call.centre(), {served});
}

Result<Page> item(Call const& call, Making making) {
  Shown const shown = TRY(call.look([&](Eyes const& eyes) { return chosen(call, eyes); }));
  Bytes const bytes = TRY(sequencer::payload_of(call.centre(), shown));
  auto edition = TRY(release::make_edition(shown, {shown.payload(), bytes}));
  TRY_VOID(note(call, shown, edition, making));
  return Page{200, std::move(edition), "application/stix+json;version=2.1", {}};
}

Result<Page> audience(Call const& call, Eyes const& eyes) {
  release::Composer body(eyes);
  body.open().name("who_sees").open_list();
  size_t told = 0;
  std::vector<std::pair<ItemKey, AgreementKey>> done;
  for (release::Spot const& spot : release::known_under(eyes, id_of(call))) {
    std::pair const one{spot.item, spot.agreement};
    if (std::ranges::find(done, one) != done.end()) continue;
    done.push_back(one);
    auto const who = release::tell_who_sees(eyes, spot.item, spot.agreement);
    if (!who) continue;
    body.told(*who);
    ++told;
  }
  if (told == 0) return not_there();
  return page_of(body.close_list().close().finish());
}

Result<Page> who_sees(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) { return audience(call, eyes); });
}

// For oneself; of an item of one's own, it is who sees it and why not.
Result<Page> why(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    std::string_view const viewer = call.query("viewer");
    release::Composer body(eyes);
    body.open().name("why").open_list();
    size_t told = 0;
    for (release::Spot const& spot : release::known_under(eyes, id_of(call))) {
      auto const reasons = release::tell_why(eyes, spot.item, spot.agreement);
      if (!reasons) continue;
      body.told(*reasons);
      ++told;
    }
    if (told == 0) return audience(call, eyes);
    if (!viewer.empty() && viewer != eyes.view.name_of(eyes.office()))
      return fail(ErrorCode::bad_input, "of another's item only why oneself has it; ask without `viewer`");
    return page_of(body.close_list().close().finish());
  });
}

void end_item(std::shared_ptr<Call const> call, http::Workers&, PageDone done) {
  json::Object body{{"id", id_of(*call)}};
  if (auto const version = call->query("version"); !version.empty()) body["version"] = version;
  if (auto const agreement = call->query("agreement"); !agreement.empty()) body["agreement"] = agreement;
  json::Value const document = json::Object{{"kind", "delete_item"}, {"body", std::move(body)}};
  submit_document(std::move(call), json::write(document), std::move(done));
}

constexpr Endpoint endpoints[] = {
    {Method::get,
     "/api/v1/items",
     Right::read,
     nullptr,
     Kind::read,
     json_media,
     {},
     items,
     nullptr,
     Cost::any,
     Served::in_time,
     item_events},
    {Method::get, "/api/v1/items/{id}", Right::read, may_have, Kind::read, stix_media, {}, item},
    {Method::delete_,
     "/api/v1/items/{id}",
     Right::contribute,
     may_have,
     Kind::write,
     json_media,
     {},
     nullptr,
     end_item},
    {Method::get, "/api/v1/items/{id}/why", Right::read, knows, Kind::read, json_media, {}, why},
    {Method::get, "/api/v1/items/{id}/who-sees", Right::read, knows, Kind::read, json_media, {}, who_sees},
    {Method::post, "/api/v1/agreements/{agreement}/items", Right::contribute, known_agreement, Kind::write,
     json_media, stix_media, nullptr, contribute, Cost::of_body},
};

}  // namespace

std::span<Endpoint const> item_endpoints() { return endpoints; }

}  // namespace comity::api
