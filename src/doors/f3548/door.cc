#include "doors/f3548/door.h"

#include <algorithm>

#include "base/limits.h"
#include "codec/codec.h"
#include "commands/enrol_subject.h"
#include "doors/f3548/call.h"
#include "doors/http/guests.h"
#include "state/shown_airspace.h"

namespace comity::f3548 {
namespace {

using forms::Scopes;
using http::Method;
namespace scope = forms::scope;

constexpr size_t body_bytes = 4u << 20;  // T3
constexpr release::FixedText not_found_text("404 page not found\n");
constexpr release::FixedText healthy_text("ok");
constexpr release::FixedText too_large_text("the request body is too large\n");

// One of these scopes is enough (f3548-rules 2). `sc & cp` beside `sc` alone changes nothing (f3548-fields 4.1, 7).
struct Endpoint {
  Method method;
  std::string_view pattern;
  Scopes any_of;
  Serve serve;
};

constexpr Scopes plans = scope::sc | scope::sa, constrains = scope::cm | scope::cp,
                 subscribes = scope::cp | scope::sc,
                 anything = scope::sc | scope::cm | scope::cp | scope::sa | scope::aa;
constexpr Endpoint table[] = {
    {Method::post, "/dss/v1/operational_intent_references/query", plans, query_intents},
    {Method::get, "/dss/v1/operational_intent_references/{id}", plans, get_intent},
    {Method::put, "/dss/v1/operational_intent_references/{id}", plans, put_intent},
    {Method::put, "/dss/v1/operational_intent_references/{id}/{ovn}", plans, put_intent},
    {Method::put, "/dss/v1/operational_intent_references/{id}/", plans, put_intent},
    {Method::delete_, "/dss/v1/operational_intent_references/{id}/{ovn}", plans, delete_intent},
    {Method::delete_, "/dss/v1/operational_intent_references/{id}/", plans, delete_intent},
    {Method::post, "/dss/v1/constraint_references/query", constrains, query_constraints},
    {Method::get, "/dss/v1/constraint_references/{id}", constrains, get_constraint},
    {Method::put, "/dss/v1/constraint_references/{id}", scope::cm, put_constraint},
    {Method::put, "/dss/v1/constraint_references/{id}/{ovn}", scope::cm, put_constraint},
    {Method::put, "/dss/v1/constraint_references/{id}/", scope::cm, put_constraint},
    {Method::delete_, "/dss/v1/constraint_references/{id}/{ovn}", scope::cm, delete_constraint},
    {Method::delete_, "/dss/v1/constraint_references/{id}/", scope::cm, delete_constraint},
    {Method::post, "/dss/v1/subscriptions/query", subscribes, query_subscriptions},
    {Method::get, "/dss/v1/subscriptions/{id}", subscribes, get_subscription},
    {Method::put, "/dss/v1/subscriptions/{id}", subscribes, put_subscription},
    {Method::put, "/dss/v1/subscriptions/{id}/{version}", subscribes, put_subscription},
    {Method::put, "/dss/v1/subscriptions/{id}/", subscribes, put_subscription},
    {Method::delete_, "/dss/v1/subscriptions/{id}/{version}", subscribes, delete_subscription},
    {Method::delete_, "/dss/v1/subscriptions/{id}/", subscribes, delete_subscription},
    // An empty parameter is a bad id (T1).
    {Method::get, "/dss/v1/operational_intent_references/", plans, get_intent},
    {Method::put, "/dss/v1/operational_intent_references/", plans, put_intent},
    {Method::put, "/dss/v1/operational_intent_references//{ovn}", plans, put_intent},
    {Method::delete_, "/dss/v1/operational_intent_references//{ovn}", plans, delete_intent},
    {Method::get, "/dss/v1/constraint_references/", constrains, get_constraint},
    {Method::put, "/dss/v1/constraint_references/", scope::cm, put_constraint},
    {Method::put, "/dss/v1/constraint_references//{ovn}", scope::cm, put_constraint},
    {Method::delete_, "/dss/v1/constraint_references//{ovn}", scope::cm, delete_constraint},
    {Method::get, "/dss/v1/subscriptions/", subscribes, get_subscription},
    {Method::put, "/dss/v1/subscriptions/", subscribes, put_subscription},
    {Method::put, "/dss/v1/subscriptions//{version}", subscribes, put_subscription},
    {Method::delete_, "/dss/v1/subscriptions//{version}", subscribes, delete_subscription},
    {Method::get, "/dss/v1/uss_availability/", scope::aa | scope::sc | scope::sa, get_availability},
    {Method::put, "/dss/v1/uss_availability/", scope::aa, put_availability},
    // `query` stands where an id does, and is none (f3548-fields 4.1, 11).
    {Method::get, "/dss/v1/operational_intent_references/query", plans, get_intent},
    {Method::put, "/dss/v1/operational_intent_references/query", plans, put_intent},
    {Method::get, "/dss/v1/constraint_references/query", constrains, get_constraint},
    {Method::put, "/dss/v1/constraint_references/query", scope::cm, put_constraint},
    {Method::get, "/dss/v1/subscriptions/query", subscribes, get_subscription},
    {Method::put, "/dss/v1/subscriptions/query", subscribes, put_subscription},
    {Method::post, "/dss/v1/reports", anything, post_report},
    {Method::get, "/dss/v1/uss_availability/{uss}", scope::aa | scope::sc | scope::sa, get_availability},
    {Method::put, "/dss/v1/uss_availability/{uss}", scope::aa, put_availability},
};

// Of the centre's own system, for those who have none (40-deconfliction).
constexpr Endpoint own_system[] = {
    {Method::get, "/uss/v1/operational_intents/{id}", scope::sc, get_details},
    {Method::get, "/uss/v1/operational_intents/{id}/telemetry", scope::sa, get_telemetry},
    {Method::get, "/uss/v1/constraints/{id}", scope::cp, get_constraint_details},
    {Method::post, "/uss/v1/reports", anything, post_report},
};

http::Reply plain(int status, release::FixedText text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, release::Egress::fixed(text)};
}

// T6: the scheme in whatever case.
std::string_view bearer_of(http::Request const& request) {
  std::string_view const field = request.headers.find("Authorization").value_or("");
  size_t const space = field.find(' ');
  if (space == field.npos || !http::same_word(field.substr(0, space), "Bearer")) return {};
  std::string_view token = field.substr(space + 1);
  while (token.starts_with(' ')) token.remove_prefix(1);
  return token;
}

}  // namespace

class Door::House {
 public:
  House(sequencer::Centre& centre, DoorOptions&& options, auth::Authenticator* authenticator)
      : room_(centre, std::move(options), authenticator), workers_({2, limits::waiting_requests}) {}
  ~House() { guests_.wait_until_gone(); }

  std::vector<http::Route> routes() {
    std::vector<http::Route> all;
    auto const add = [&](Endpoint const& endpoint) {
      all.push_back({{endpoint.method},
                     endpoint.pattern,
                     "",
                     [this, &endpoint](http::Request&& request, http::Match const& match, http::Done done) {
                       serve(endpoint, std::move(request), match, std::move(done));
                     }});
    };
    for (Endpoint const& endpoint : table) add(endpoint);
    if (!room_.is_dss())
      for (Endpoint const& endpoint : own_system) add(endpoint);
    all.push_back(
        {{Method::get}, "/healthy", "", [this](http::Request&&, http::Match const& match, http::Done done) {
           health(match, done);
         }});
    all.push_back({{Method::get},
                   "/aux/v1/version",
                   "",
                   [this](http::Request&& request, http::Match const& match, http::Done done) {
                     version(std::move(request), match, std::move(done));
                   }});
    all.push_back({{Method::get},
                   "/aux/v1/validate_oauth",
                   "",
                   [this](http::Request&& request, http::Match const& match, http::Done done) {
                     validate(std::move(request), match, std::move(done));
                   }});
    return all;
  }

  void trust(forms::TokenTrust&& trust) { room_.verified.trust(std::move(trust)); }

 private:
  CallRef call_of(http::Request&& request, http::Match const& match, http::Done&& done) {
    auto kept = [done = std::move(done), pass = guests_.enter()](http::Reply&& reply) {
      done(std::move(reply));
    };
    return std::make_shared<Call>(
        Call{room_, std::move(request), match.params, match.note(), http::Done(std::move(kept))});
  }

  void serve(Endpoint const& endpoint, http::Request&& request, http::Match const& match, http::Done done) {
    if (!match.method_allowed || match.missing_slash) {
      http::Reply reply = plain(404, not_found_text);
      reply.note = match.note();
      return done(std::move(reply));
    }
    CallRef const call = call_of(std::move(request), match, std::move(done));
    if (room_.centre.serves_nobody()) return call->answer(http::fixed_reply(503));
    if (!room_.is_dss()) return authenticate(call, [this, call, &endpoint] { admit(endpoint, call); });
    if (come_in(call)) admit(endpoint, call);
  }

  void admit(Endpoint const& endpoint, CallRef const& call) {
    if ((call->who.scopes & endpoint.any_of) == 0)
      return call->refuse(403, "the token lacks the scope that this needs");
    if (call->request.body.size() > body_bytes) return call->answer(plain(413, too_large_text));
    auto const work = [call, &endpoint] { endpoint.serve(call); };
    enrol(call, [this, call, work] {
      if (call->request.body.size() <= limits::prompt_body_bytes) return work();
      if (!workers_.take(work, call->who.office.value)) call->answer(http::fixed_reply(503));
    });
  }

  // Under agreements: a client of a party, by whatever credential. A person files over the native door.
  void authenticate(CallRef const& call, std::function<void()> const& then) {
    room_.authenticator->authenticate(call->request, [this, call, then](auth::Outcome&& outcome) {
      http::on_loop_of(call->request, [this, call, then, outcome = std::move(outcome)] {
        if (!outcome) return call->answer(auth::reply_of(outcome.error()));
        if (outcome->actor.kind != model::Actor::Kind::client)
          return call->refuse(403, "these endpoints are for clients, not for people");
        call->principal = *outcome;
        bool const may_read = room_.centre.glance(
            [&](sequencer::Glimpse const& glimpse) { return !call->viewer(glimpse.state).office.is_none(); });
        if (!may_read)
          return call->refuse(403,
                              "this client may not read");  // what it is told would look as if all were clear
        call->note.office = outcome->office_number, call->note.whose = auth::whose(*outcome);
        call->who.client = ClientKey(outcome->actor.key), call->who.office = outcome->office;
        call->who.scopes = outcome->issuer == model::no_issuer ? anything : outcome->utm_scopes;
        call->who.until = outcome->until;
        call->who.subject = room_.centre.glance([&](sequencer::Glimpse const& glimpse) {
          return state::system_name(glimpse.state.law.clients[outcome->actor.key]);
        });
        then();
      });
    });
  }

  // T5, T6: 401 unless the token holds.
  bool come_in(CallRef const& call) {
    auto const caller = room_.verified.find(bearer_of(call->request), room_.centre.seam().clock.now());
    if (!caller) return call->refuse(401, "the token is missing or does not hold"), false;
    call->who = *caller;
    call->note.office = caller->office.value + 1;
    return true;
  }

  // M2: whom a token is about becomes a party by its first request.
  void enrol(CallRef const& call, std::function<void()> const& then) {
    if (call->who.client || find_client(call)) return then();
    sequencer::Submission submission;
    submission.command.kind = model::CommandKind::enrol_subject;
    submission.command.body = codec::encode(commands::EnrolSubject{call->who.subject});
    std::vector<sequencer::Submission> one;
    one.push_back(std::move(submission));
    room_.centre.submit(std::move(one), [this, call, then](std::vector<sequencer::Answer>&&) {
      http::on_loop_of(call->request, [this, call, then] {
        if (find_client(call)) return then();
        call->answer(http::fixed_reply(503));
      });
    });
  }

  bool find_client(CallRef const& call) {
    call->who.client = room_.centre.glance([&](sequencer::Glimpse const& glimpse) {
      auto const& subjects = glimpse.state.airspace.subjects;
      auto const found = subjects.find(call->who.subject);
      if (found != subjects.end()) call->who.office = glimpse.state.law.clients[found->second.value].office;
      return found == subjects.end() ? ClientKey() : found->second;
    });
    if (call->who.client) room_.verified.enrolled(bearer_of(call->request), call->who);
    return bool(call->who.client);
  }

  // T2.
  void health(http::Match const& match, http::Done const& done) {
    if (!match.method_allowed) return done(plain(404, not_found_text));
    bool const well = std::string_view(room_.centre.health()) == "ok";
    http::Reply reply = well ? plain(200, healthy_text) : http::fixed_reply(503);
    reply.note = match.note();
    done(std::move(reply));
  }

  void version(http::Request&& request, http::Match const& match, http::Done&& done) {
    if (!match.method_allowed) return done(plain(404, not_found_text));
    CallRef const call = call_of(std::move(request), match, std::move(done));
    auto const told = call->glance(
        [&](release::Eyes const& eyes) { return release::tell_version(eyes, room_.options.version); });
    call->answer(200, told);
  }

  void validate(http::Request&& request, http::Match const& match, http::Done&& done) {
    if (!match.method_allowed) return done(plain(404, not_found_text));
    CallRef const call = call_of(std::move(request), match, std::move(done));
    if (!room_.is_dss()) return authenticate(call, [call] { tell_valid(call); });
    if (come_in(call)) tell_valid(call);
  }

  static void tell_valid(CallRef const& call) {
    bool const permitted = (call->who.scopes & (scope::rid_read | scope::rid_write)) != 0;
    auto const owner =
        std::ranges::find(call->request.query, "owner", &std::pair<std::string, std::string>::first);
    bool const is_owner = owner == call->request.query.end() || owner->second == call->who.subject;
    if (!permitted || !is_owner) return call->refuse(403, "the token is not for this");
    call->answer(200, call->glance([](release::Eyes const& eyes) { return release::tell_nothing(eyes); }));
  }

  Room room_;
  http::Workers workers_;
  http::Guests guests_;
};

Door::Door(sequencer::Centre& centre, DoorOptions options, auth::Authenticator* authenticator)
    : house_(std::make_unique<House>(centre, std::move(options), authenticator)) {}
Door::~Door() = default;

std::vector<http::Route> Door::routes() { return house_->routes(); }
void Door::trust(forms::TokenTrust trust) { house_->trust(std::move(trust)); }

bool is_path(std::string_view path, Alone alone) {
  if (alone == Alone::no)
    return path.starts_with("/dss/") || path.starts_with("/uss/") || path.starts_with("/aux/");
  return !path.starts_with("/api/") && !path.starts_with("/taxii2/") && !path.starts_with("/healthz");
}

http::Reply refuse(int status) {
  if (status == 404) return plain(404, not_found_text);
  if (status == 413) return plain(413, too_large_text);
  return http::fixed_reply(status);
}

}  // namespace comity::f3548
