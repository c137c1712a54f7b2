// Lists of what a feed of the asker's holds, as pages and as streams: one row for each entry. Inside this room only.
#pragma once

#include "doors/api/endpoint.h"
#include "release/feed.h"
#include "release/told.h"

namespace comity::api {

struct Rows {
  release::FixedText member, event;  // what the list is called, and one row of it in a stream
  Result<release::FeedQuery> (*query)(Call const& call, release::Eyes const& eyes);
  release::Told (*tell)(release::Eyes const& eyes, release::Shown const& shown);
};

// `after`, `added_after` and `limit` of the request are read here; what else the query says, by `rows.query`.
Result<Page> rows_page(Call const& call, Rows const& rows);
// Rows as they are added.
Result<http::Part> rows_events(Call const& call, std::optional<size_t> place, Rows const& rows);

}  // namespace comity::api
