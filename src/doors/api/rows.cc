#include "doors/api/rows.h"

#include "release/cursor.h"
#include "release/events.h"

namespace comity::api {
namespace {

using release::Eyes;
using release::Shown;

Result<release::FeedQuery> query_of(Call const& call, Eyes const& eyes, Rows const& rows) {
  release::FeedQuery query = TRY(rows.query(call, eyes));
  query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
  query.limit = TRY(limit_of(call));
  if (auto const text = call.query("added_after"); !text.empty()) {
    query.added_after = parse_stix_time(text);
    if (!query.added_after) return fail(ErrorCode::bad_input, "`added_after` is a time as STIX writes it");
  }
  // A stream that was cut off goes on where its reader was (WHATWG HTML, 9.2.4).
  auto const last = call.streams ? call.request.headers.find("Last-Event-ID") : std::nullopt;
  if (auto const after = last.value_or(call.query("after")); !after.empty())
    query.after = TRY(release::place_in(eyes, query, after));
  return query;
}

}  // namespace

Result<http::Part> rows_events(Call const& call, std::optional<size_t> place, Rows const& rows) {
  return call.look([&](Eyes const& eyes) -> Result<http::Part> {
    auto query = TRY(query_of(call, eyes, rows));
    query.limit = limits::stream_events;
    if (place) query.after = place;
    release::Page const page = release::page(eyes, query);
    std::optional<size_t> const end = !page.more && page.looked_to ? page.looked_to
                                      : page.shown.empty()         ? query.after
                                                                   : page.shown.back().place();
    if (page.shown.empty()) return http::Part{release::Events::beat(), end, false};
    release::Events body(eyes);
    for (Shown const& shown : page.shown) {
      release::Composer row(eyes);
      body.event(rows.event, release::token_after(eyes, query, shown.place()),
                 row.told(rows.tell(eyes, shown)).finish());
    }
    return http::Part{body.finish(), end, true};
  });
}

Result<Page> rows_page(Call const& call, Rows const& rows) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    auto const query = TRY(query_of(call, eyes, rows));
    release::Page const page = release::page(eyes, query);
    release::Composer body(eyes);
    body.open().name(rows.member).open_list();
    for (Shown const& shown : page.shown) body.told(rows.tell(eyes, shown));
    body.close_list().name("more").truth(page.more ? release::Truth::yes : release::Truth::no);
    if (!page.shown.empty())
      body.name("next").token(release::token_after(eyes, query, page.shown.back().place()));
    return page_of(body.close().finish());
  });
}

}  // namespace comity::api
