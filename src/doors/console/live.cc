// One stream for a page: a mark for each of its topics, all of them whenever one differs from what was sent. So a reader that was
// cut off and comes again with the last id is sent nothing if nothing has changed, and else what there is now.
#include "base/limits.h"
#include "doors/console/room.h"
#include "release/cursor.h"
#include "release/events.h"
#include "release/told_console.h"

namespace comity::console {
namespace {

using http::Method;

constexpr release::FixedText purpose("changes of a page");

// Of somebody else, or of before a restore: then everything is new.
std::optional<size_t> place_of(Visit const& visit, release::Eyes const& eyes, std::optional<size_t> place) {
  auto const last = visit.request.headers.find("Last-Event-ID");
  if (place || !last) return place;
  auto const count = release::count_in(eyes, purpose, *last);
  return count ? std::optional<size_t>(*count) : std::nullopt;
}

release::LastPages pages_of(Room const& room) {
  return room.options.last_pages ? room.options.last_pages() : release::LastPages();
}

// Nothing that the page is told of has moved.
http::Quiet quiet(Room const& room, OfficeKey office, release::PageLook const& seen) {
  auto const look = std::make_shared<release::PageLook const>(seen);
  return {
      [look](sequencer::Glimpse const& glimpse) { return look->holds(glimpse.state); },
      [&room, office, look] { return release::print_of_pages(office, pages_of(room)) == look->of_pages; }};
}

http::MadePart part(Room const& room, Visit const& visit, std::optional<size_t> before) {
  if (room.centre.serves_nobody()) return http::fixed_reply(503);
  release::LastPages const pages = pages_of(room);
  auto made = room.centre.read([&](sequencer::Glimpse const& glimpse) -> std::optional<http::Part> {
    auto const viewer = auth::viewer_now(glimpse.state, visit.who, room.centre.seam().clock.now());
    if (!viewer) return std::nullopt;
    release::Eyes const eyes(glimpse.state, *viewer, room.keys);
    auto const place = place_of(visit, eyes, before);
    release::PageLook look = release::look_for_page(eyes, pages, glimpse.looks);
    size_t const print = look.print();
    auto const still = quiet(room, eyes.office(), look);
    if (place == print) return http::Part{release::Events::beat(), place, false, still};
    release::Events body(eyes);
    body.event("changed", release::token_of_count(eyes, purpose, print),
               release::tell_marks(eyes, look.marks));
    return http::Part{body.finish(), print, true, still};
  });
  if (!made) return without_prompt(no_session());
  return std::move(*made);
}

void live(Room& room, VisitPtr visit) {
  auto const refuse = [visit](http::Seats::No no) {
    if (no == http::Seats::No::of_all) return http::fixed_reply(503);
    http::Reply reply = constant(429, "{\"title\":\"Too many requests\",\"status\":429}\n");
    reply.headers.add("Retry-After", "60");
    reply.note = visit->note;
    return reply;
  };
  http::Headers headers = http::event_stream;
  if (room.demo) headers.add("X-Comity-Demo", "keys-held");
  auto const open = [&room, visit, refuse, headers] {
    room.streams.open(
        {visit->who.actor.key, refuse}, visit->note, headers,
        [&room, visit](std::optional<size_t> place) { return part(room, *visit, place); }, visit->done);
  };
  if (!room.workers.take(open, visit->who.office.value)) answer(room, *visit, http::fixed_reply(503));
}

constexpr Endpoint endpoints[] = {{Method::get, "/console/live", Needs::session, live}};

}  // namespace

std::span<Endpoint const> live_endpoints() { return endpoints; }

}  // namespace comity::console
