// Signing in and out.
#include "codec/codec.h"
#include "commands/revoke_token.h"
#include "doors/console/room.h"
#include "release/told_console.h"

namespace comity::console {
namespace {

using http::Method;

http::Reply session_reply(Room const& room, auth::Principal const& who, std::string const& cookie) {
  return told(
      room, who,
      [session = release::Session{PersonKey(who.actor.key), who.until, who.issuer}](
          release::Eyes const& eyes) { return release::tell_session(eyes, session); },
      cookie);
}

Act revocation(Room const& room, auth::Principal const& who, std::string const& id, UtcTime until) {
  std::string const user = name_of(room.centre, PersonKey(who.actor.key));
  return {model::CommandKind::revoke_token, codec::encode(commands::RevokeToken{id, user, until})};
}

// Whatever of it has been renewed.
Act end_of_session(Room const& room, auth::Principal const& who) {
  return revocation(room, who, who.token_id, who.at_latest);
}

void begin_anew(Room& room, VisitPtr visit, Pass const& pass) {
  end_before(room, visit, cookie_of(visit->request, room.options.secured),
             [&room, visit, pass] { begin(room, *visit, pass); });
}

// Using a link up is a record, of which there is none while nobody is served.
void sign_in_by_link(Room& room, VisitPtr visit, std::string const& link) {
  if (room.centre.serves_nobody()) return answer(room, *visit, http::fixed_reply(503));
  auto const pass = open(room.centre, Purpose::link, link);
  if (!pass || !room.links.take(pass->id)) return answer(room, *visit, no_session());
  auto const who = room.authenticator.come_in(principal_of(*pass));
  if (!who) {
    room.links.give_back(pass->id);
    return answer(room, *visit, no_session());
  }
  submit(
      room, visit, *who, revocation(room, *who, pass->id, who->until),
      [&room, visit, who, since = pass->issued_after] {
        Pass next = pass_of(room.centre, *who, limits::session_life);
        next.issued_after = since;  // what ended links while this one was used up ends the session too
        begin_anew(room, visit, next);
      },
      [&room, id = pass->id] { room.links.give_back(id); });
}

void sign_in(Room& room, VisitPtr visit) {
  auth::SignIn typed;
  std::string link;
  bool const read = read_body(room, *visit, [&](forms::Members& members) {
    if (auto const place = members.optional("link")) {
      link = place->text().value_or("");
      return;
    }
    members.take_text("person", typed.person);
    members.take_text("password", typed.password);
    if (auto const place = members.optional("code")) typed.code = place->text().value_or("");
    if (auto const place = members.optional("office")) typed.office = place->text().value_or("");
  });
  if (!read) return;
  if (!link.empty()) return sign_in_by_link(room, visit, link);
  room.authenticator.sign_in(std::move(typed), visit->request, [&room, visit](auth::Outcome&& who) {
    if (who) return begin_anew(room, visit, pass_of(room.centre, *who, limits::session_life));
    auth::Denial denial = who.error();
    if (denial.why == auth::Denial::Why::wrong_office) denial.why = auth::Denial::Why::unauthenticated;
    answer(room, *visit, auth::reply_of(denial));
  });
}

bool is_on_watch(Room const& room, auth::Principal const& who) {
  return room.centre.read([&](sequencer::Glimpse const& glimpse) {
    auto const viewer = auth::viewer_now(glimpse.state, who, room.centre.seam().clock.now());
    bool const may = viewer && (viewer->roles & model::role::watch) != 0;
    return may && glimpse.state.airspace.watches.of(who.office).find(PersonKey(who.actor.key)) != nullptr;
  });
}

// A session of a watch does not die in mid-notice: to ask is enough.
void show(Room& room, VisitPtr visit) {
  auto const pass = open(room.centre, Purpose::session, cookie_of(visit->request, room.options.secured));
  auto const next = pass ? renewed(*pass, room.centre.seam().clock.now()) : std::nullopt;
  if (next && is_on_watch(room, visit->who)) return begin(room, *visit, *next);
  answer(room, *visit, session_reply(room, visit->who, ""));
}

// The old cookie has ended before there is a new one: a person acts as one office.
void change_office(Room& room, VisitPtr visit) {
  std::string name;
  if (!read_body(room, *visit, [&](forms::Members& members) { members.take_text("office", name); })) return;
  OfficeKey const office = room.centre.read(
      [&](sequencer::Glimpse const& glimpse) { return glimpse.state.law.find_office(name); });
  if (office == visit->who.office) return show(room, visit);
  Pass const next = pass_again(room.centre, visit->who, office);
  if (office.is_none() || !room.authenticator.come_in(principal_of(next)))
    return answer(room, *visit,
                  constant(403, "{\"title\":\"Not an office of this person\",\"status\":403}\n"));
  submit(room, visit, visit->who, end_of_session(room, visit->who),
         [&room, visit, next] { begin(room, *visit, next); });
}

void gone(Room const& room, Visit const& visit) {
  http::Reply reply{
      204, {{"Set-Cookie", set_cookie("", {}, room.options.secured)}}, release::Egress::fixed("")};
  answer(room, visit, std::move(reply));
}

// Also where nobody is signed in any more: then there is a cookie to take away and nothing to record.
void sign_out(Room& room, VisitPtr visit) {
  auto const pass = open(room.centre, Purpose::session, cookie_of(visit->request, room.options.secured));
  auto const who = pass ? room.authenticator.come_in(principal_of(*pass)) : auth::Outcome(std::unexpect);
  if (!who) return gone(room, *visit);
  submit(room, visit, *who, end_of_session(room, *who), [&room, visit] { gone(room, *visit); });
}

void sign_out_everywhere(Room& room, VisitPtr visit) {
  submit(room, visit, visit->who, revocation(room, visit->who, commands::all_tokens, visit->who.until),
         [&room, visit] { gone(room, *visit); });
}

// Officers of the host sign in also while nobody is served, to end that; a session by itself shows nothing that a clause grants.
constexpr Endpoint endpoints[] = {
    {Method::post, "/console/session", Needs::nothing, sign_in, Served::always},
    {Method::get, "/console/session", Needs::session, show, Served::always},
    {Method::delete_, "/console/session", Needs::nothing, sign_out, Served::always},
    {Method::post, "/console/session/office", Needs::session, change_office},
    {Method::delete_, "/console/sessions", Needs::session, sign_out_everywhere, Served::always},
};

}  // namespace

void begin(Room& room, Visit const& visit, Pass const& pass) {
  auto const who = room.authenticator.come_in(principal_of(pass));
  if (!who) return answer(room, visit, no_session());
  Duration const left{pass.until.us - room.centre.seam().clock.now().us};
  std::string const sealed = seal(room.centre, Purpose::session, pass);
  answer(room, visit, session_reply(room, *who, set_cookie(sealed, left, room.options.secured)));
}

void end_before(Room& room, VisitPtr visit, std::string_view sealed, std::function<void()> then) {
  auto const pass = room.centre.serves_nobody() ? std::nullopt : open(room.centre, Purpose::session, sealed);
  auto const who = pass ? room.authenticator.come_in(principal_of(*pass)) : auth::Outcome(std::unexpect);
  if (!who) return then();
  submit(room, visit, *who, end_of_session(room, *who), std::move(then));
}

std::span<Endpoint const> session_endpoints() { return endpoints; }

}  // namespace comity::console
