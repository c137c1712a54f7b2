// The public page, for anyone: what the centre is, who is here, and replies, which officers of the host read before they show. Each is
// answered by this door's own threads, since some of it is kept on a disk. What the host has not on is not there.
#include <charconv>

#include "doors/console/room.h"
#include "doors/http/slots.h"
#include "release/told_public.h"

namespace comity::console {
namespace {

using http::Method;

void work(Room& room, VisitPtr visit, std::function<http::Reply()> make) {
  auto const job = [&room, visit, make = std::move(make)] { answer(room, *visit, make()); };
  if (!room.workers.take(job, visit->who.office.value)) answer(room, *visit, http::fixed_reply(503));
}

http::Reply json_reply(release::Told const& told) {
  return {200, {{"Content-Type", "application/json"}}, release::Composer().told(told).finish()};
}

http::Reply centre_reply(Room const& room) {
  release::PublicPage const page{room.options.visits != nullptr, room.options.replies != nullptr};
  auto body = room.centre.read([&](sequencer::Glimpse const& glimpse) {
    release::Eyes const eyes(glimpse.state, state::Viewer(), room.keys);
    return release::Composer(eyes).told(release::tell_centre(eyes, page)).finish();
  });
  return {
      200, {{"Content-Type", "application/json"}}, std::move(body), [&room] { return centre_reply(room); }};
}

void centre(Room& room, VisitPtr visit) {
  work(room, visit, [&room] { return centre_reply(room); });
}

release::VisitCounts::Most most_of(guestbook::Most const& most) { return {most.count, most.at}; }

void count(Room& room, VisitPtr visit, guestbook::Kind kind) {
  if (!room.options.visits) return answer(room, *visit, http::fixed_reply(404));
  work(room, visit, [&room, visit, kind] {
    auto const agent = visit->request.headers.find("User-Agent").value_or("");
    guestbook::Counts const now =
        room.options.visits->visit({visit->request.peer, agent, kind, http::network_of(visit->request.peer)});
    return json_reply(release::tell_visits({now.guests, now.bots, now.members, most_of(now.today),
                                            most_of(now.month), most_of(now.year), most_of(now.ever)}));
  });
}

void visits(Room& room, VisitPtr visit) {
  auto const agent = visit->request.headers.find("User-Agent").value_or("");
  guestbook::Kind const kind = guestbook::kind_of(agent);
  count(room, std::move(visit), kind);
}

// The cookie goes nowhere else, so who looks at the page as a member asks here.
void visits_of_member(Room& room, VisitPtr visit) { count(room, std::move(visit), guestbook::Kind::member); }

std::vector<release::VisitorReply> rows_of(std::vector<guestbook::Reply> const& replies) {
  std::vector<release::VisitorReply> rows;
  for (guestbook::Reply const& one : replies)
    rows.push_back({one.id, one.at, one.shown, one.written.name, one.written.email, one.written.text});
  return rows;
}

void replies(Room& room, VisitPtr visit) {
  if (!room.options.replies) return answer(room, *visit, http::fixed_reply(404));
  work(room, visit, [&room] {
    auto const all = room.options.replies->shown();
    return all ? json_reply(release::tell_replies(rows_of(*all))) : http::fixed_reply(503);
  });
}

void add_reply(Room& room, VisitPtr visit) {
  if (!room.options.replies) return answer(room, *visit, http::fixed_reply(404));
  guestbook::Written written;
  bool const read = read_body(room, *visit, [&](forms::Members& members) {
    members.take_text("name", written.name);
    members.take_text("email", written.email);
    members.take_text("text", written.text);
    guestbook::Wrong const wrong = guestbook::wrong_with(written);
    if (wrong.member.empty()) return;
    if (auto const place = members.optional(wrong.member.substr(1))) place->refuse(wrong.reason);
  });
  if (!read) return;
  work(room, visit, [&room, visit, written] {
    auto const added = room.options.replies->add(written, http::network_of(visit->request.peer));
    if (added)
      return http::Reply{
          202, {{"Content-Type", "application/json"}}, release::Egress::fixed("{\"state\":\"waiting\"}\n")};
    if (added.error().code != ErrorCode::over_quota) return http::fixed_reply(503);
    http::Reply no = constant(429, "{\"title\":\"Too many requests\",\"status\":429}\n");
    no.headers.add("Retry-After", "3600");
    return no;
  });
}

// Without the role there is nothing here (25-isolation G4).
bool is_host(Room const& room, Visit const& visit) {
  return room.centre.read([&](sequencer::Glimpse const& glimpse) {
    auto const viewer = auth::viewer_now(glimpse.state, visit.who, room.centre.seam().clock.now());
    return viewer && (viewer->roles & model::role::host) != 0;
  });
}

http::Reply waiting_reply(Room const& room, auth::Principal const& who) {
  auto const all = room.options.replies->all();
  if (!all) return http::fixed_reply(503);
  auto body = room.centre.read([&](sequencer::Glimpse const& glimpse) -> Result<release::Released<Bytes>> {
    auto const viewer = auth::viewer_now(glimpse.state, who, room.centre.seam().clock.now());
    if (!viewer) return fail(ErrorCode::not_found, "");
    release::Eyes const eyes(glimpse.state, *viewer, room.keys);
    return release::Composer(eyes).told(TRY(release::tell_all_replies(eyes, rows_of(*all)))).finish();
  });
  if (!body) return constant(403, "{\"title\":\"Forbidden\",\"status\":403}\n");
  return {200, {{"Content-Type", "application/json"}}, std::move(*body), [&room, who] {
            return waiting_reply(room, who);
          }};
}

void list(Room& room, VisitPtr visit) {
  if (!room.options.replies) return answer(room, *visit, http::fixed_reply(404));
  work(room, visit, [&room, visit] { return waiting_reply(room, visit->who); });
}

void moderate(Room& room, VisitPtr visit) {
  if (!room.options.replies) return answer(room, *visit, http::fixed_reply(404));
  if (!is_host(room, *visit))
    return answer(room, *visit, constant(403, "{\"title\":\"Forbidden\",\"status\":403}\n"));
  enum class Deed : uint8_t { show, remove };
  static constexpr forms::Word<Deed> words[] = {{"show", Deed::show}, {"delete", Deed::remove}};
  Deed deed = Deed::show;
  if (!read_body(room, *visit, [&](forms::Members& members) { members.take_word("action", deed, words); }))
    return;
  uint64_t id = 0;
  auto const [end, error] = std::from_chars(visit->name.data(), visit->name.data() + visit->name.size(), id);
  if (error != std::errc() || end != visit->name.data() + visit->name.size())
    return answer(room, *visit, http::fixed_reply(404));
  work(room, visit, [&room, id, deed] {
    guestbook::Replies& book = *room.options.replies;
    auto const done = deed == Deed::show ? book.show(id) : book.remove(id);
    if (done) return http::Reply{204, {}, release::Egress::fixed("")};
    return http::fixed_reply(done.error().code == ErrorCode::not_found ? 404 : 503);
  });
}

constexpr Endpoint endpoints[] = {
    {Method::get, "/public/centre", Needs::nothing, centre},
    {Method::get, "/public/visits", Needs::nothing, visits},
    {Method::get, "/console/visits", Needs::session, visits_of_member},
    {Method::get, "/public/replies", Needs::nothing, replies},
    {Method::post, "/public/replies", Needs::nothing, add_reply},
    {Method::get, "/console/replies", Needs::session, list},
    {Method::post, "/console/replies/{id}", Needs::session, moderate},
};

}  // namespace

// Where the workers have too much to do it is not counted.
void count_bot(Room& room, http::Request const& request) {
  std::string const agent(request.headers.find("User-Agent").value_or(""));
  bool const is_bot = guestbook::kind_of(agent) == guestbook::Kind::bot;
  if (!is_bot || !room.options.visits || room.centre.serves_nobody()) return;
  static_cast<void>(room.workers.take([&room, agent, peer = request.peer] {
    room.options.visits->visit({peer, agent, guestbook::Kind::bot, http::network_of(peer)});
  }));
}

std::span<Endpoint const> public_endpoints() { return endpoints; }

}  // namespace comity::console
