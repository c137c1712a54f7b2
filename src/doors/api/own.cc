// What concerns the asker's office alone: its refusals, its duties, its records.
#include <algorithm>

#include "doors/api/rows.h"
#include "release/cursor.h"
#include "release/duties.h"
#include "release/told_office.h"

namespace comity::api {
namespace {

using http::Method;
using release::Eyes;

constexpr release::FixedText records_purpose("own records");

Result<Page> refusals(Call const& call, Making) {
  return call.look_with_log([](Eyes const& eyes, views::OfficeLog const& log) {
    std::vector<release::PastRefusal> newest;
    auto const& all = log.refusals_of(eyes.office());
    for (auto one = all.rbegin(); one != all.rend() && newest.size() < limits::inbox_refusals; ++one)
      newest.push_back({one->time, one->kind, one->about, one->reasons});
    return page_of(eyes, release::tell_refusals(eyes, newest));
  });
}

Result<release::FeedQuery> all_duties(Call const&, Eyes const&) {
  release::FeedQuery query;
  query.source = release::Source::duties;
  return query;
}
constexpr Rows duty_rows{"duties", "duty", all_duties, release::tell_duty};

Result<Page> duties(Call const& call, Making) { return rows_page(call, duty_rows); }
Result<http::Part> duty_events(Call const& call, std::optional<size_t> place) {
  return rows_events(call, place, duty_rows);
}

// Where to go on, which records these are, and whether more follow.
struct Stretch {
  uint64_t after = 0;
  std::vector<Index> indices;
  bool more = false;
};

Result<Stretch> stretch_of(Call const& call, Eyes const& eyes, views::OfficeLog const& log, size_t limit) {
  Stretch stretch;
  std::string_view const after = call.query("after");
  if (!after.empty()) stretch.after = TRY(release::count_in(eyes, records_purpose, after));
  auto const& own = log.records_of(eyes.office());
  size_t const first = std::min<size_t>(stretch.after, own.size());
  size_t const end = std::min(first + limit, own.size());
  stretch.indices.assign(own.begin() + static_cast<std::ptrdiff_t>(first),
                         own.begin() + static_cast<std::ptrdiff_t>(end));
  stretch.more = end < own.size();
  return stretch;
}

// Records are read from the journal without the lock, and told under it, in the view of now (G6).
Result<Page> records(Call const& call, Making) {
  size_t const limit = TRY(limit_of(call));
  Stretch stretch = TRY(call.look_with_log(
      [&](Eyes const& eyes, views::OfficeLog const& log) { return stretch_of(call, eyes, log, limit); }));
  std::vector<journal::Reader::WithParts> read;
  size_t octets = 0;
  for (Index const index : stretch.indices) {
    read.push_back(TRY(call.centre().reader().read_with_parts(index)));
    for (model::OwnPart const& part : read.back().own.parts) octets += part.bytes.size();
    if (octets >= limits::records_page_bytes) break;
  }
  stretch.more |= read.size() < stretch.indices.size();
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    release::Composer body(eyes);
    body.open().name("records").open_list();
    for (auto const& [record, own] : read) body.told(TRY(release::tell_record(eyes, record, own)));
    body.close_list().name("more").truth(stretch.more ? release::Truth::yes : release::Truth::no);
    if (!read.empty())
      body.name("next").token(release::token_of_count(eyes, records_purpose, stretch.after + read.size()));
    return page_of(body.close().finish());
  });
}

constexpr Endpoint endpoints[] = {
    {Method::get, "/api/v1/refusals", Right::none, nullptr, Kind::read, json_media, {}, refusals},
    {Method::get,
     "/api/v1/duties",
     Right::none,
     nullptr,
     Kind::read,
     json_media,
     {},
     duties,
     nullptr,
     Cost::any,
     Served::in_time,
     duty_events},
    {Method::get, "/api/v1/records", Right::audit, nullptr, Kind::read, json_media, {}, records},
};

}  // namespace

std::span<Endpoint const> own_endpoints() { return endpoints; }

}  // namespace comity::api
