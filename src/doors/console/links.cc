// Links that sign a person in once. A person makes one for herself, by her password; in a demo the centre makes them for whoever
// asks on the machine itself, since its host holds everyone's keys and says so.
#include "doors/auth/tokens.h"
#include "doors/console/room.h"
#include "release/told_console.h"
#include "release/told_doors.h"

namespace comity::console {
namespace {

using http::Method;

Duration life_of(Room const& room) { return room.demo ? limits::link_life_in_demo : limits::link_life; }

void make(Room& room, VisitPtr visit) {
  auth::Principal const& who = visit->who;
  // A token is for a while; what is made of it must not last longer than it.
  if (who.actor.kind != model::Actor::Kind::person || !who.token_id.empty())
    return answer(room, *visit, constant(403, "{\"title\":\"Forbidden\",\"status\":403}\n"));
  Pass const pass = pass_of(room.centre, who, life_of(room));
  answer(room, *visit,
         told(room, who, [pass, link = seal(room.centre, Purpose::link, pass)](release::Eyes const& eyes) {
           return release::tell_link(eyes, pass.person, link, pass.until);
         }));
}

struct Member {
  PersonKey person;
  OfficeKey office;
};

// Of each office the first who does something there besides hosting.
std::vector<Member> members(state::Law const& law) {
  std::vector<Member> all;
  std::set<OfficeKey> seen;
  for (uint32_t key = 0; key < law.people.size(); ++key) {
    model::Person const& person = law.people[key];
    for (auto const& [office, roles] : person.roles)
      if (person.revoked == 0 && (roles & ~model::role::host) != 0 && seen.insert(office).second)
        all.push_back({PersonKey(key), office});
  }
  return all;
}

http::Reply demo_reply(Room const& room) {
  auto const all =
      room.centre.read([](sequencer::Glimpse const& glimpse) { return members(glimpse.state.law); });
  std::vector<release::DemoLink> links;
  for (Member const& one : all) {
    auth::Principal who;
    who.actor = {model::Actor::Kind::person, one.person.value};
    who.office = one.office;
    Pass const pass = pass_of(room.centre, who, life_of(room));
    links.push_back({one.person, one.office, seal(room.centre, Purpose::link, pass)});
  }
  auto body = room.centre.read([&](sequencer::Glimpse const& glimpse) {
    release::Eyes const eyes(glimpse.state, state::Viewer(), room.keys);
    return release::Composer(eyes).told(release::tell_demo(eyes, links)).finish();
  });
  return {200, {{"Content-Type", "application/json"}}, std::move(body), [&room] { return demo_reply(room); }};
}

// Whoever types the address may look. A page from elsewhere that has its name resolved to this machine is not addressed to it.
void demo(Room& room, VisitPtr visit) {
  bool const typed = visit->request.headers.find("Sec-Fetch-Site") == "none";
  bool const own = typed || is_of_own_origin(visit->request);
  bool const here = room.demo && is_to_loopback(visit->request) && own;
  answer(room, *visit, here ? demo_reply(room) : http::fixed_reply(404));
}

// The link stays unused: what it lets in by is shown to everybody here.
void demo_token(Room& room, VisitPtr visit) {
  if (!room.demo || !is_to_loopback(visit->request)) return answer(room, *visit, http::fixed_reply(404));
  std::string link;
  if (!read_body(room, *visit, [&](forms::Members& members) { members.take_text("link", link); })) return;
  auto const pass = open(room.centre, Purpose::link, link);
  auto const who = pass ? room.authenticator.come_in(principal_of(*pass)) : auth::Outcome(std::unexpect);
  if (!who) return answer(room, *visit, no_session());
  auto const token = auth::issue_token(room.centre, *who);
  if (!token) return answer(room, *visit, http::fixed_reply(500));
  answer(room, *visit, told(room, *who, [office = who->office, token = *token](release::Eyes const& eyes) {
           return release::tell_new_token(eyes, office, token.text, token.expires);
         }));
}

constexpr Endpoint endpoints[] = {
    {Method::post, "/api/v1/link", Needs::password, make},
    {Method::get, "/console/demo", Needs::nothing, demo},
    {Method::post, "/console/demo/token", Needs::nothing, demo_token},
};

}  // namespace

std::span<Endpoint const> link_endpoints() { return endpoints; }

}  // namespace comity::console
