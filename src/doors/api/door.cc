#include "doors/api/door.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <thread>

#include "base/limits.h"
#include "doors/api/endpoint.h"
#include "doors/http/guests.h"
#include "doors/http/negotiate.h"
#include "doors/http/workers.h"
#include "release/cursor.h"
#include "release/events.h"

namespace comity::api {
namespace {

constexpr release::FixedText seen_purpose("commands seen");

bool has_right(state::Viewer const& viewer, Right right) {
  switch (right) {
    case Right::none: return true;
    case Right::read: return auth::may_read(viewer);
    case Right::contribute: return auth::may_contribute(viewer);
    case Right::audit: return (viewer.roles & model::role::audit) != 0;
    case Right::admin: return (viewer.roles & model::role::admin) != 0;
    case Right::host: return (viewer.roles & model::role::host) != 0;
  }
  return false;
}

std::string_view word_of(Right right) {
  switch (right) {
    case Right::none: return "";
    case Right::read: return "read";
    case Right::contribute: return "contribute";
    case Right::audit: return "audit";
    case Right::admin: return "admin";
    case Right::host: return "host";
  }
  return "";
}

// The type among those offered that the asker wants most, or none.
bool accepts_any(std::string_view accept, std::span<std::string_view const> gives) {
  return std::ranges::any_of(gives, [&](std::string_view media) { return http::accepts(accept, {media}); });
}

bool is_taken(std::string_view content_type, std::span<std::string_view const> takes) {
  return std::ranges::any_of(takes,
                             [&](std::string_view media) { return http::is_of(content_type, {media}); });
}

// How many commands of the caller's own office the state holds: its own counter, so it tells nothing of others (G3).
Result<uint64_t> own_count(Call const& call) {
  return call.centre().see(call.seeing, [&](sequencer::Glimpse const& glimpse) -> Result<uint64_t> {
    return glimpse.log.records_of(call.who.office).size();
  });
}

std::string seen_mark(Call const& call) {
  auto const count = own_count(call);
  auto const mark = call.look([&](release::Eyes const& eyes) -> Result<release::Token> {
    return release::token_of_count(eyes, seen_purpose, *count);
  });
  return mark ? mark->text() : std::string();
}

bool is_by_id(Call const& call) { return !call.param("id").empty() || !call.query("id").empty(); }

// Waits until the state has what the caller has seen elsewhere, for as long as it may (15-forms 4).
Result<void> wait_for_own(Call const& call, Making making) {
  auto const field = call.request.headers.find("Comity-At-Least");
  if (!field) return {};
  uint64_t const wanted = TRY(call.look([&](release::Eyes const& eyes) -> Result<uint64_t> {
    return release::count_in(eyes, seen_purpose, *field);
  }));
  auto const end = std::chrono::steady_clock::now() +
                   std::chrono::microseconds(making == Making::first ? limits::read_own_write_within.us : 0);
  while (TRY(own_count(call)) < wanted) {
    if (std::chrono::steady_clock::now() >= end) return fail(ErrorCode::busy, "");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return {};
}

}  // namespace

class Door::House {
 public:
  House(sequencer::Centre& centre, auth::Authenticator& authenticator, DoorOptions const& options)
      : room_(centre, options.last_calls, options.last_pages),
        authenticator_(authenticator),
        workers_({options.threads, limits::waiting_requests}),
        streams_(http::news_of(room_.centre), workers_, [] { return http::fixed_reply(503); }) {
    room_.demo = centre.read([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.demo; });
  }
  ~House() {
    streams_.stop();
    guests_.wait_until_gone();
  }

  std::vector<http::Route> routes(Entrance given) {
    Entrance const& entrance = entrances_.emplace_back(std::move(given));
    std::vector<http::Route> all;
    for (auto const endpoints : {identity_endpoints(), agreement_endpoints(), item_endpoints(),
                                 command_endpoints(), own_endpoints(), airspace_endpoints(), host_endpoints(),
                                 destination_endpoints(), framework_endpoints(), key_endpoints()})
      for (Endpoint const& endpoint : endpoints)
        all.push_back({{endpoint.method},
                       patterns_.emplace_back(entrance.prefix + std::string(endpoint.pattern)),
                       word_of(endpoint.right),
                       [this, &endpoint, &entrance](http::Request&& request, http::Match const& match,
                                                    http::Done done) {
                         serve(endpoint, entrance, std::move(request), match, std::move(done));
                       }});
    return all;
  }
  Entrance by_credential() {
    return {"", [this](http::Request const& request, auth::Authenticator::Done done) {
              authenticator_.authenticate(request, std::move(done));
            }};
  }

 private:
  struct Job {
    Call call;
    Endpoint const& endpoint;
    http::MethodSet allow;
    bool method_allowed;
    http::LogNote note;
  };

  void serve(Endpoint const& endpoint, Entrance const& entrance, http::Request&& request,
             http::Match const& match, http::Done done) {
    auto const job = std::make_shared<Job>(Job{{room_, std::move(request), match.params},
                                               endpoint,
                                               match.allow,
                                               match.method_allowed,
                                               match.note()});
    job->call.streams = endpoint.part != nullptr && http::wants_stream(job->call.request);
    if (!is_in_time(endpoint)) return done(dress(*job, http::fixed_reply(503)));  // G14
    entrance.authenticate(job->call.request, [this, job, done,
                                              pass = guests_.enter()](auth::Outcome&& outcome) {
      if (!outcome) return done(dress(*job, auth::reply_of(outcome.error())));
      job->call.who = *outcome;
      job->note.office = outcome->office_number, job->note.whose = auth::whose(*outcome);
      bool const is_act = job->endpoint.act != nullptr;
      auto const work = [this, job, is_act, done, pass] {
        if (is_by_id(job->call)) room_.centre.catch_up(job->call.who.office);
        if (job->call.streams) return stream(job, done);
        if (is_act) return act(job, [done, pass](http::Reply&& reply) { done(std::move(reply)); });
        done(answer(job, Making::first));
      };
      if (job->endpoint.cost == Cost::of_body && job->call.request.body.size() <= limits::prompt_body_bytes &&
          !job->call.request.headers.has("Comity-At-Least"))
        return work();
      if (!workers_.take(work, job->call.who.office.value)) done(dress(*job, http::fixed_reply(503)));
    });
  }

  bool is_in_time(Endpoint const& endpoint) const {
    if (!room_.centre.serves_nobody()) return true;
    return endpoint.served != Served::in_time &&
           (room_.centre.is_restoring() || room_.centre.stands_still_at());
  }

  http::Reply answer(std::shared_ptr<Job> const& job, Making making) {
    auto const admitted = admit(*job, making);
    return answer_with(job, admitted ? job->endpoint.serve(job->call, making)
                                     : Result<Page>(std::unexpected(admitted.error())));
  }

  void stream(std::shared_ptr<Job> const& job, http::Done const& done) {
    auto const refuse = [this, job](http::Seats::No no) {
      return dress(*job, no == http::Seats::No::of_one ? over_quota() : http::fixed_reply(503));
    };
    auto const make = [this, job, pass = guests_.enter()](std::optional<size_t> place) -> http::MadePart {
      if (!is_in_time(job->endpoint)) return dress(*job, http::fixed_reply(503));
      auto const admitted = admit_to_part(*job);
      auto part = admitted ? job->endpoint.part(job->call, place) : std::unexpected(admitted.error());
      if (part) return std::move(*part);
      return dress(*job, reply_to(job, std::unexpected(part.error())));
    };
    http::Reply const dressed = dress(*job, {200, http::event_stream, release::Events::beat()});
    streams_.open({job->call.who.office.value, refuse}, job->note, dressed.headers, make, done);
  }

  // An act waits for no commit but its own: it looks at what is applied, and its answer leaves when that is durable.
  void act(std::shared_ptr<Job> const& job, http::Done const& done) {
    job->call.seeing = sequencer::Seeing::applied;
    auto const first = room_.centre.mark();
    auto const held = [this, job, first, done](Result<Page>&& page) {
      auto const reply = std::make_shared<http::Reply>(answer_with(job, std::move(page)));
      job->call.seeing = sequencer::Seeing::durable;  // for an answer that has to be made again
      room_.centre.when_durable(first, [this, job, reply, done](sequencer::Fate fate) {
        done(fate == sequencer::Fate::kept ? std::move(*reply) : dress(*job, http::fixed_reply(503)));
      });
    };
    auto const durable = [this, job, done](Page&& page, uint64_t own) {
      done(plain_reply(job, std::move(page), own));
    };
    PageDone const answered(held, durable);
    auto admitted = bind_tokens(job->call);
    if (admitted) admitted = admit(*job, Making::first);
    if (!admitted) return answered(std::unexpected(admitted.error()));
    job->endpoint.act(std::shared_ptr<Call const>(job, &job->call), workers_, answered);
  }

  // An answer that says of the state no more than that its reader may have it waits for no commit when it is made again, or
  // it would be late again under a law that moves all the time. Who may not have it is told so by what is durable.
  http::Reply plain_reply(std::shared_ptr<Job> const& job, Page&& page, uint64_t own) {
    http::Reply reply{page.status, {{"Content-Type", std::string(page.media)}}, std::move(page.body)};
    reply.headers.add("Comity-Seen", job->call.seen->of(own).text());
    reply.again = [this, job, own, again = std::move(page.again)] {
      if (auto anew = again()) return plain_reply(job, std::move(*anew), own);
      job->call.seeing = sequencer::Seeing::durable;
      return with_mark(*job, reply_to(job, again()));
    };
    return dress(*job, std::move(reply));
  }

  // For the mark of an answer that is made when the state may be newer than what is durable.
  static Result<void> bind_tokens(Call& call) {
    return call.look([&](release::Eyes const& eyes) -> Result<void> {
      call.seen.emplace(eyes, seen_purpose);
      return {};
    });
  }

  http::Reply answer_with(std::shared_ptr<Job> const& job, Result<Page> page) {
    if (!page && page.error().code == ErrorCode::unsupported && page.error().detail == "method")
      return with_mark(*job, method_not_allowed(job->allow));
    return with_mark(*job, reply_to(job, std::move(page)));
  }

  // Where nobody is served, officers look for what they need to end that, people for what they need to sign with, and parties
  // send (G15).
  static bool is_served_to(Endpoint const& endpoint, auth::Principal const& who,
                           state::Viewer const& viewer) {
    if (endpoint.kind == Kind::write || has_right(viewer, Right::host)) return true;
    return endpoint.served == Served::always_to_people && who.actor.kind == model::Actor::Kind::person;
  }

  // Steps 2 to 5 of G4.
  static Result<void> admit(Job const& job, Making making) {
    Call const& call = job.call;
    TRY_VOID(call.look([&](release::Eyes const& eyes) -> Result<void> {
      if (eyes.state.restoring && !is_served_to(job.endpoint, call.who, eyes.view.viewer()))
        return fail(ErrorCode::busy, "");
      if (!has_right(eyes.view.viewer(), job.endpoint.right)) return fail(ErrorCode::forbidden, "");
      // What a user of an open arrangement may do is said collection by collection, which only the TAXII door asks.
      if (eyes.state.law.arrangement && eyes.view.viewer().client) return fail(ErrorCode::forbidden, "");
      return job.endpoint.resolve ? job.endpoint.resolve(call, eyes) : Result<void>{};
    }));
    TRY_VOID(wait_for_own(call, making));
    if (!job.method_allowed) return fail(ErrorCode::unsupported, "method");
    if (!call.streams && !accepts_any(call.request.headers.joined("Accept"), job.endpoint.gives))
      return fail(ErrorCode::unsupported, "accept");
    auto const content_type = call.request.headers.find("Content-Type").value_or("");
    if (!job.endpoint.takes.empty() && !is_taken(content_type, job.endpoint.takes))
      return fail(ErrorCode::unsupported, "content");
    return {};
  }

  // Of a stream, which is admitted for each part. Nothing is made of what is seen here, so for a yes it does not wait for the commit that
  // is under way: the part itself does. For a no it does.
  static Result<void> admit_to_part(Job& job) {
    job.call.seeing = sequencer::Seeing::applied;
    auto admitted = admit(job, Making::anew);
    job.call.seeing = sequencer::Seeing::durable;
    return admitted ? std::move(admitted) : admit(job, Making::anew);
  }

  http::Reply reply_to(std::shared_ptr<Job> const& job, Result<Page> page) {
    if (!page) {
      bool const accept = page.error().code == ErrorCode::unsupported && page.error().detail == "accept";
      return accept ? not_acceptable() : reply_of(page.error());
    }
    http::Reply reply{page->status, {{"Content-Type", std::string(page->media)}}, std::move(page->body)};
    if (job->endpoint.kind == Kind::read) {
      reply.again = [this, job] { return answer(job, Making::anew); };
    } else if (page->again) {
      reply.again = [this, job, again = std::move(page->again)] {
        return with_mark(*job, reply_to(job, again()));
      };
    }
    return reply;
  }

  http::Reply with_mark(Job const& job, http::Reply reply) {
    std::string mark = seen_mark(job.call);
    if (!mark.empty()) reply.headers.add("Comity-Seen", std::move(mark));
    return dress(job, std::move(reply));
  }

  // What every answer of this door has.
  http::Reply dress(Job const& job, http::Reply reply) const {
    reply.headers.add("Cache-Control", "private, no-store");
    reply.headers.add("X-Content-Type-Options", "nosniff");
    if (room_.demo) reply.headers.add("X-Comity-Demo", "keys-held");
    reply.note = job.note;
    return reply;
  }

  Room room_;
  auth::Authenticator& authenticator_;
  http::Workers workers_;
  http::Guests guests_;
  http::Streams streams_;
  std::deque<Entrance> entrances_;    // of the routes that were given away
  std::deque<std::string> patterns_;  // likewise
};

Door::Door(sequencer::Centre& centre, auth::Authenticator& authenticator, DoorOptions options)
    : house_(std::make_unique<House>(centre, authenticator, options)) {}
Door::~Door() = default;

std::vector<http::Route> Door::routes() { return house_->routes(house_->by_credential()); }
std::vector<http::Route> Door::routes(Entrance entrance) { return house_->routes(std::move(entrance)); }

}  // namespace comity::api
