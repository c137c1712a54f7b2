#include "doors/console/door.h"

#include "doors/console/assets.h"
#include "doors/console/room.h"
#include "doors/http/loop.h"
#include "release/told_own.h"
#include "sequencer/prepare.h"

namespace comity::console {

void answer(Room const& room, Visit const& visit, http::Reply reply) {
  if (room.demo) reply.headers.add("X-Comity-Demo", "keys-held");
  reply.note = visit.note;
  visit.done(without_prompt(std::move(reply)));
}

http::Reply constant(int status, release::FixedText text) {
  return {status, {{"Content-Type", "application/problem+json"}}, release::Egress::fixed(text)};
}

http::Reply no_session() { return auth::reply_of(auth::Denial{}); }

http::Reply told(Room const& room, auth::Principal const& who, Tell const& tell, std::string const& cookie) {
  auto body =
      room.centre.read([&](sequencer::Glimpse const& glimpse) -> std::optional<release::Released<Bytes>> {
        auto const viewer = auth::viewer_now(glimpse.state, who, room.centre.seam().clock.now());
        if (!viewer) return std::nullopt;
        release::Eyes const eyes(glimpse.state, *viewer, room.keys);
        return release::Composer(eyes).told(tell(eyes)).finish();
      });
  if (!body) return without_prompt(no_session());
  http::Headers headers{{"Content-Type", "application/json"}};
  if (!cookie.empty()) headers.add("Set-Cookie", cookie);
  return {200, std::move(headers), std::move(*body),
          [&room, who, tell, cookie] { return told(room, who, tell, cookie); }};
}

bool read_body(Room const& room, Visit const& visit, std::function<void(forms::Members&)> const& read) {
  auto const media = visit.request.headers.find("Content-Type").value_or("");
  if (!http::same_word(media.substr(0, media.find(';')), "application/json"))
    return answer(room, visit, http::fixed_reply(415)), false;
  auto const document = json::parse(visit.request.body, limits::prompt_body_bytes);
  forms::Problems problems;
  if (document) {
    forms::Members members(forms::Place(*document, "", problems));
    read(members);
  }
  if (document && problems.none()) return true;
  release::Composer body;
  if (!document)
    body.told(release::tell_problem("Bad request", 400, document.error()));
  else
    body.open().name("title").text("Unprocessable content").name("status").number(422).name("problems");
  if (document) body.told(release::tell_problems(problems.take())).close();
  answer(room, visit, {document ? 422 : 400, {{"Content-Type", "application/problem+json"}}, body.finish()});
  return false;
}

void submit(Room& room, VisitPtr visit, auth::Principal const& author, Act act, std::function<void()> then,
            std::function<void()> after) {
  forms::Prepared prepared;
  prepared.command.kind = act.kind;
  prepared.command.body = std::move(act.body);
  prepared.payload = std::move(act.payload);
  std::vector<sequencer::Submission> submissions;
  submissions.push_back(sequencer::prepare(room.centre, author.author(), std::move(prepared)));
  room.centre.submit(std::move(submissions), [&room, visit, then = std::move(then), after = std::move(after)](
                                                 std::vector<sequencer::Answer>&& answers) {
    sequencer::Answer const one = answers.empty() ? sequencer::Answer() : answers.front();
    http::on_loop_of(visit->request, [&room, visit, then, after, one] {
      using Kind = sequencer::Answer::Kind;
      if (after) after();
      if (one.kind == Kind::ruled && one.ruling.accepted()) return then();
      if (one.kind == Kind::busy) return answer(room, *visit, http::fixed_reply(503));
      answer(room, *visit,
             one.kind == Kind::ruled ? constant(403, "{\"title\":\"Forbidden\",\"status\":403}\n")
                                     : constant(429, "{\"title\":\"Too many requests\",\"status\":429}\n"));
    });
  });
}

class Door::House {
 public:
  House(sequencer::Centre& centre, auth::Authenticator& authenticator, api::Door& api, DoorOptions options)
      : room_(centre, authenticator, std::move(options)), api_(api) {
    room_.demo = centre.read([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.demo; });
    if (!room_.options.openid.providers.empty())
      room_.providers = std::make_unique<Providers>(centre, room_.options.openid);
  }
  ~House() {
    room_.streams.stop();
    room_.providers.reset();  // who waits for an answer of one is told nothing more
    room_.guests.wait_until_gone();
  }

  std::vector<http::Route> routes() {
    std::vector<http::Route> all =
        asset_routes(assets(), [this](http::Request const& request) { count_bot(room_, request); });
    for (auto const endpoints : {session_endpoints(), factor_endpoints(), link_endpoints(), live_endpoints(),
                                 public_endpoints(), map_endpoints(), openid_endpoints()})
      for (Endpoint const& endpoint : endpoints)
        all.push_back({{endpoint.method},
                       endpoint.pattern,
                       "",
                       [this, &endpoint](http::Request&& request, http::Match const& match, http::Done done) {
                         serve(endpoint, std::move(request), match, std::move(done));
                       }});
    for (http::Route& route : api_.routes({"/console", [this](http::Request const& request, auto done) {
                                             authenticate(request, std::move(done));
                                           }}))
      all.push_back(of_own_pages(std::move(route)));
    return all;
  }

 private:
  // By the cookie alone. A page that says as whom it asks is nobody once another page has changed that.
  void authenticate(http::Request const& request, auth::Authenticator::Done const& done) const {
    auto pass = open(room_.centre, Purpose::session, cookie_of(request, room_.options.secured));
    if (pass && !is_as_it_thinks(request, *pass)) pass.reset();
    done(pass ? room_.authenticator.come_in(principal_of(*pass)) : std::unexpected(auth::Denial{}));
  }

  bool is_as_it_thinks(http::Request const& request, Pass const& pass) const {
    auto const office = request.headers.find("Comity-Office"), person = request.headers.find("Comity-Person");
    if (!office && !person) return true;
    return room_.centre.read([&](sequencer::Glimpse const& glimpse) {
      state::Law const& law = glimpse.state.law;
      return (!office || law.office(pass.office).name == *office) &&
             (!person || law.people[pass.person.value].name == *person);
    });
  }

  static http::Route of_own_pages(http::Route route) {
    route.serve = [serve = std::move(route.serve)](http::Request&& request, http::Match const& match,
                                                   http::Done done) {
      if (!is_of_own_page(request)) {
        http::Reply no = of_another_page();
        no.note = match.note();
        return done(std::move(no));
      }
      serve(std::move(request), match,
            [done = std::move(done)](http::Reply&& reply) { done(without_prompt(std::move(reply))); });
    };
    return route;
  }

  void serve(Endpoint const& endpoint, http::Request&& request, http::Match const& match, http::Done done) {
    auto const visit = std::make_shared<Visit>(
        Visit{std::move(request), match.allow, match.note(), std::move(done), {}, room_.guests.enter()});
    if (!match.params.empty()) visit->name = match.params.front().second;
    bool const by_cookie = endpoint.needs != Needs::password;
    if (by_cookie && !is_of_own_page(visit->request)) return answer(room_, *visit, of_another_page());
    if (endpoint.served == Served::in_time && room_.centre.serves_nobody())
      return answer(room_, *visit, http::fixed_reply(503));
    bool const allowed = match.method_allowed;
    auto const go_on = [this, &endpoint, visit, allowed](auth::Outcome&& outcome) {
      if (!outcome && endpoint.needs != Needs::nothing)
        return answer(room_, *visit, auth::reply_of(outcome.error()));
      if (outcome) visit->who = *outcome;
      if (outcome) visit->note.office = outcome->office_number, visit->note.whose = auth::whose(*outcome);
      if (!allowed) {
        http::Reply no = constant(405, "{\"title\":\"Method not allowed\",\"status\":405}\n");
        no.headers.add("Allow", visit->allow.text());
        return answer(room_, *visit, std::move(no));
      }
      endpoint.serve(room_, visit);
    };
    if (endpoint.needs == Needs::nothing) return go_on(std::unexpected(auth::Denial{}));
    if (endpoint.needs == Needs::session) return authenticate(visit->request, go_on);
    room_.authenticator.authenticate(visit->request, go_on);
  }

  Room room_;
  api::Door& api_;
};

Door::Door(sequencer::Centre& centre, auth::Authenticator& authenticator, api::Door& api, DoorOptions options)
    : house_(std::make_unique<House>(centre, authenticator, api, std::move(options))) {}
Door::~Door() = default;

std::vector<http::Route> Door::routes() { return house_->routes(); }

}  // namespace comity::console
