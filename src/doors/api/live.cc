// The lists of the airspace as streams of events. Notices: each whenever it changes, first all that are kept. Conflicts and the
// watch: the list whenever it differs from what was sent last, of conflicts its first page; a reader who was cut off and has the
// last one is sent none.
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

// While the grounds of a list hold, its stream is left alone.
http::Quiet quiet(release::Grounds const& grounds) {
  return {[grounds](sequencer::Glimpse const& glimpse) { return grounds.hold(glimpse.state); }};
}

struct WholeList {
  release::FixedText type, purpose;
  std::function<release::Told(Eyes const&)> tell;
  std::function<size_t(release::Look const&)> print;  // of what is told
};

Result<http::Part> whole(Call const& call, std::optional<size_t> before, release::Grounds::Of of,
                         WholeList const& list) {
  return call.look_with([&](Eyes const& eyes, sequencer::Glimpse const& glimpse) -> Result<http::Part> {
    auto const place = TRY(place_of(call, eyes, before, list.purpose));
    release::LookPtr const look = glimpse.looks.at(eyes, of);
    size_t const print = list.print(*look);
    auto const still = quiet(look->grounds);
    if (place == print) return http::Part{release::Events::beat(), place, false, still};
    release::Composer data(eyes);
    release::Events body(eyes);
    body.event(list.type, release::token_of_count(eyes, list.purpose, print),
               data.told(list.tell(eyes)).finish());
    return http::Part{body.finish(), print, true, still};
  });
}

}  // namespace

Result<http::Part> notice_events(Call const& call, std::optional<size_t> before) {
  uint64_t given = 0;
  auto part = call.look([&](Eyes const& eyes) -> Result<http::Part> {
    auto const place = TRY(place_of(call, eyes, before, changes_purpose));
    auto const changed = release::tell_changed_notices(eyes, place.value_or(0), limits::stream_events);
    http::Quiet still;
    if (changed.size() < limits::stream_events)
      still = quiet(release::Grounds::now(eyes, release::Grounds::Of::notices));
    if (changed.empty()) return http::Part{release::Events::beat(), place, false, still};
    release::Events body(eyes);
    for (release::ChangedNotice const& one : changed) {
      release::Composer row(eyes);
      body.event("notice", release::token_of_count(eyes, changes_purpose, one.changes),
                 row.told(one.told).finish());
      given = std::max(given, one.number);
    }
    given = release::last_given_now(eyes, given);
    return http::Part{body.finish(), changed.back().changes, true, still};
  });
  if (part && given != 0) call.room.given->note(call.who.office, given);
  return part;
}

Result<http::Part> conflict_events(Call const& call, std::optional<size_t> place) {
  return whole(
      call, place, release::Grounds::Of::conflicts,
      {"conflicts", conflicts_purpose, [](Eyes const& eyes) { return release::tell_conflicts(eyes, {}); },
       [](release::Look const& look) { return look.print; }});
}

Result<http::Part> watch_events(Call const& call, std::optional<size_t> place) {
  release::LastPages const pages = call.room.pages();
  uint64_t const of_pages = release::print_of_pages(call.who.office, pages);
  auto part =
      whole(call, place, release::Grounds::Of::watch,
            {"watch", watch_purpose, [&](Eyes const& eyes) { return release::tell_watch(eyes, pages); },
             [&](release::Look const& look) { return release::print_of({look.print, of_pages}); }});
  if (part)
    part->quiet.besides = [&room = call.room, office = call.who.office, of_pages] {
      return release::print_of_pages(office, room.pages()) == of_pages;
    };
  return part;
}

}  // namespace comity::api
