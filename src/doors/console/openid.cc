// To a provider of identities, and back (providers.h). Whatever was wrong, a visitor is told one thing: that this sign-in did not work, with
// the number of the request, by which the host finds its reason.
#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "doors/console/room.h"
#include "doors/http/slots.h"
#include "doors/http/target.h"
#include "forms/id_token.h"
#include "release/told_public.h"
#include "sequencer/signed_in.h"

namespace comity::console {
namespace {

using http::Method;

constexpr size_t longest_then = 500;  // of a path of the page, with its query

http::Reply redirect(std::string const& url) {
  return {303, {{"Location", url}, {"Referrer-Policy", "no-referrer"}}, release::Egress::fixed("")};
}

// Back at the page, with nothing left of the journey.
void arrive(Room const& room, Visit const& visit, http::Reply reply) {
  reply.headers.add("Set-Cookie", set_login_cookie("", {}, room.options.secured));
  answer(room, visit, std::move(reply));
}

void did_not_work(Room const& room, Visit const& visit, std::string const& why) {
  auto const& report = room.options.openid.report;
  if (report && !why.empty()) report("sign-in by a provider, request " + visit.request.id + ": " + why);
  arrive(room, visit, redirect("/sign-in?failed=" + http::percent_encoded(visit.request.id)));
}

std::optional<uint32_t> number_in(Room const& room, std::string const& text) {
  uint32_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  bool const is_one = whole && room.providers && number >= 1 && number <= room.providers->all().size();
  return is_one ? std::optional(number - 1) : std::nullopt;
}

// Of a parameter that may be there once (RFC 6749, 3.1).
std::optional<std::string> once(http::Request const& request, std::string_view name) {
  std::optional<std::string> found;
  for (auto const& [key, value] : request.query) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

bool is_there(http::Request const& request, std::string_view name) {
  return std::ranges::any_of(request.query, [&](auto const& one) { return one.first == name; });
}

// Not from a page of elsewhere, which would have its visitor signed in without a word.
void go(Room& room, VisitPtr visit) {
  auto const number = number_in(room, visit->name);
  if (!number) return answer(room, *visit, http::fixed_reply(404));
  if (!is_of_own_origin(visit->request)) return answer(room, *visit, of_another_page());
  std::string then = once(visit->request, "then").value_or("");
  if (then.size() > longest_then) then.clear();
  std::string_view const held = cookie_of(visit->request, room.options.secured);
  Journey journey = room.providers->begin(*number, std::move(then));
  if (open(room.centre, Purpose::session, held)) journey.before = held;
  http::Reply reply = redirect(room.providers->url_of(journey));
  reply.headers.add("Set-Cookie", set_login_cookie(room.providers->seal(journey), limits::openid_login_life,
                                                   room.options.secured));
  answer(room, *visit, std::move(reply));
}

struct Returned {
  Journey journey;
  sequencer::Login login;
  std::string code;
};

// Why not, or what is to be exchanged. RFC 6749, 4.1.2 and 10.12; RFC 9207, 2.4; RFC 9700, 4.4.
Result<Returned> read_return(Room& room, http::Request const& request) {
  auto const no = [](char const* why) { return fail(ErrorCode::unauthenticated, why); };
  auto journey = room.providers->open(login_cookie_of(request, room.options.secured),
                                      once(request, "state").value_or(""));
  if (!journey) return no("no journey of this browser, or one that lasted too long");
  std::string const& issuer = room.providers->all()[journey->provider].issuer;
  auto const now = sequencer::signing_in(room.centre, issuer);
  if (!now) return no("no issuer that the host allows and that may give a role to people");
  if (is_there(request, "iss") && once(request, "iss") != now->url) return no("iss is another issuer");
  if (is_there(request, "error")) return no("the provider says that it did not work");
  auto code = once(request, "code");
  if (!code || code->empty() || code->size() > limits::openid_code_bytes) return no("without a code");
  sequencer::Login login{issuer, room.providers->all()[journey->provider].client_id, journey->nonce,
                         journey->begun};
  return Returned{std::move(*journey), std::move(login), std::move(*code)};
}

void failed(Room& room, Visit const& visit, std::string const& why) {
  room.returns.failed(http::network_of(visit.request.peer), room.centre.seam().clock.monotonic_us());
  did_not_work(room, visit, why);
}

// On one of this door's threads.
void verify(Room& room, VisitPtr const& visit, Returned const& back, Bytes const& answered) {
  auto const token = forms::id_token_in(answered);
  if (!token) return failed(room, *visit, token.error().detail);
  auto const found = sequencer::signed_in(room.centre, *token, back.login);
  if (!found) return failed(room, *visit, found.error().detail);
  auth::Principal who;
  who.actor = {model::Actor::Kind::person, found->person.value};
  who.office = found->office;
  who.issuer = found->issuer;
  who.issuer_changed = found->issuer_changed;
  Pass pass = pass_of(room.centre, who, limits::session_life);
  pass.issued_after = found->seen;  // what changed meanwhile ends it
  if (!room.authenticator.come_in(principal_of(pass))) return failed(room, *visit, "she may not come in now");
  http::Reply reply = redirect("/sign-in?then=" + http::percent_encoded(back.journey.then));
  reply.headers.add("Set-Cookie", set_cookie(seal(room.centre, Purpose::session, pass), limits::session_life,
                                             room.options.secured));
  auto const last = std::make_shared<http::Reply>(std::move(reply));
  end_before(room, visit, back.journey.before,
             [&room, visit, last] { arrive(room, *visit, std::move(*last)); });
}

void come_back(Room& room, VisitPtr visit) {
  if (!room.providers) return answer(room, *visit, http::fixed_reply(404));
  Duration const wait =
      room.returns.wait(http::network_of(visit->request.peer), room.centre.seam().clock.monotonic_us());
  if (wait > Duration{}) return did_not_work(room, *visit, "");
  auto const back = read_return(room, visit->request);
  if (!back) return failed(room, *visit, back.error().detail);
  auto const place = room.providers->place();
  if (!place) return did_not_work(room, *visit, "too many codes are being exchanged");
  if (!room.providers->take(back->journey))
    return failed(room, *visit, "a journey that has ended, or too many of them");
  room.providers->exchange(back->journey, back->code,
                           [&room, visit, back = *back, place](Result<Bytes> answered) {
                             if (!answered) return failed(room, *visit, answered.error().detail);
                             auto const job = [&room, visit, back, place, octets = std::move(*answered)] {
                               verify(room, visit, back, octets);
                             };
                             if (!room.workers.take(job)) did_not_work(room, *visit, "this door is busy");
                           });
}

void ways(Room& room, VisitPtr visit) {
  std::vector<release::SignInWay> all;
  if (room.providers)
    for (Provider const& one : room.providers->all())
      all.push_back({one.label, "/console/openid/" + std::to_string(all.size() + 1)});
  answer(room, *visit,
         {200,
          {{"Content-Type", "application/json"}},
          release::Composer().told(release::tell_sign_in_ways(all)).finish()});
}

constexpr Endpoint endpoints[] = {
    {Method::get, "/console/openid/{n}", Needs::nothing, go},
    {Method::get, "/console/openid/return", Needs::nothing, come_back},
    {Method::get, "/public/sign-in", Needs::nothing, ways},
};

}  // namespace

std::span<Endpoint const> openid_endpoints() { return endpoints; }

}  // namespace comity::console
