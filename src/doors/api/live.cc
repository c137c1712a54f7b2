// The lists of the airspace as streams of events. Notices: each whenever it changes, first all that are kept. Conflicts and the
// watch: the whole list whenever it differs from what was sent last; a reader who was cut off and has the last one is sent none.
#include <cstring>

#include "crypto/sha256.h"
#include "doors/api/endpoint.h"
#include "release/events.h"
#include "release/told_conflicts.h"
#include "release/told_watch.h"

namespace comity::api {
namespace {

using release::Eyes;

constexpr release::FixedText changes_purpose("changes of notices"),
    conflicts_purpose("the list of conflicts"), watch_purpose("the watch");

// Where a reader that comes again was (WHATWG HTML, 9.2.4).
Result<std::optional<size_t>> place_of(Call const& call, Eyes const& eyes, std::optional<size_t> place,
                                       release::FixedText purpose) {
  if (place) return place;
  auto const last = call.request.headers.find("Last-Event-ID");
  if (!last || last->empty()) return std::optional<size_t>();
  return std::optional<size_t>(TRY(release::count_in(eyes, purpose, *last)));
}

size_t print_of(BytesView text) {
  Digest const digest = crypto::sha256(text);
  size_t print = 0;
  std::memcpy(&print, digest.octets.data(), sizeof print);
  return print;
}

Result<http::Part> whole(Call const& call, std::optional<size_t> before, release::FixedText type,
                         release::FixedText purpose, std::function<release::Told(Eyes const&)> const& tell) {
  return call.look([&](Eyes const& eyes) -> Result<http::Part> {
    auto const place = TRY(place_of(call, eyes, before, purpose));
    release::Composer list(eyes);
    auto const data = list.told(tell(eyes)).finish();
    size_t const print = print_of(data.value());
    if (place == print) return http::Part{release::Events::beat(), place, false};
    release::Events body(eyes);
    body.event(type, release::token_of_count(eyes, purpose, print), data);
    return http::Part{body.finish(), print, true};
  });
}

}  // namespace

Result<http::Part> notice_events(Call const& call, std::optional<size_t> before) {
  uint64_t given = 0;
  auto part = call.look([&](Eyes const& eyes) -> Result<http::Part> {
    auto const place = TRY(place_of(call, eyes, before, changes_purpose));
    auto const changed = release::tell_changed_notices(eyes, place.value_or(0), limits::stream_events);
    if (changed.empty()) return http::Part{release::Events::beat(), place, false};
    release::Events body(eyes);
    for (release::ChangedNotice const& one : changed) {
      release::Composer row(eyes);
      body.event("notice", release::token_of_count(eyes, changes_purpose, one.changes),
                 row.told(one.told).finish());
      given = std::max(given, one.number);
    }
    given = release::last_given_now(eyes, given);
    return http::Part{body.finish(), changed.back().changes, true};
  });
  if (part && given != 0) call.room.given->note(call.who.office, given);
  return part;
}

Result<http::Part> conflict_events(Call const& call, std::optional<size_t> place) {
  return whole(call, place, "conflicts", conflicts_purpose, release::tell_conflicts);
}

Result<http::Part> watch_events(Call const& call, std::optional<size_t> place) {
  release::LastPages const pages = call.room.pages();
  return whole(call, place, "watch", watch_purpose,
               [&](Eyes const& eyes) { return release::tell_watch(eyes, pages); });
}

}  // namespace comity::api
