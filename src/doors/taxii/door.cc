#include "doors/taxii/door.h"

#include <algorithm>
#include <deque>

#include "base/limits.h"
#include "codec/codec.h"
#include "commands/note_served.h"
#include "crypto/base64.h"
#include "doors/http/guests.h"
#include "doors/http/negotiate.h"
#include "doors/http/streams.h"
#include "doors/taxii/ask.h"

namespace comity::taxii {
namespace {

using http::Method;

constexpr http::Offer taxii_offer{"application/taxii+json", "2.1"};
// What OpenCTI says of a bundle that it posts (R4: others may be refused, and need not).
constexpr http::Offer stix_offer{"application/stix+json", "2.1"};
constexpr std::string_view root_pattern = "/taxii2/{root}/";
// A page: the law may move while it is made, or something has to be noted first. Where somebody deletes ten times a second, a page of
// 15 ms meets that one time in seven.
constexpr int tries_to_make = 8;

constexpr Endpoint table[] = {
    {Method::get, "/taxii2/", Right::none, discovery},
    {Method::get, "/taxii2/{root}/", Right::none, root},
    {Method::get, "/taxii2/{root}/status/{status}/", Right::none, status},
    {Method::get, "/taxii2/{root}/collections/", Right::none, collections},
    {Method::get, "/taxii2/{root}/collections/{collection}/", Right::none, collection},
    {Method::get, "/taxii2/{root}/collections/{collection}/manifest/", Right::read, manifest},
    {Method::get, "/taxii2/{root}/collections/{collection}/objects/", Right::read, objects, nullptr,
     Cost::any, object_events},
    {Method::post, "/taxii2/{root}/collections/{collection}/objects/", Right::contribute, nullptr, add,
     Cost::of_body},
    {Method::get, "/taxii2/{root}/collections/{collection}/objects/{object}/", Right::read, object},
    {Method::delete_, "/taxii2/{root}/collections/{collection}/objects/{object}/", Right::contribute, nullptr,
     remove},
    {Method::get, "/taxii2/{root}/collections/{collection}/objects/{object}/versions/", Right::read,
     versions},
};

// What of a match outlives the call.
struct Matched {
  Endpoint const* endpoint;
  http::LogNote note;
  bool method_allowed;
  std::string allow;
};

bool has(release::Eyes const& eyes, Right right) {
  state::Viewer const& viewer = eyes.view.viewer();
  if (eyes.state.law.arrangement) return true;  // each collection says who may what
  if (right == Right::contribute) return auth::may_contribute(viewer);
  return right == Right::none || auth::may_read(viewer);
}

bool is_by_id(Ask const& ask) {
  auto const names_ids = [](auto const& one) { return one.first == "match[id]"; };
  return !ask.param("object").empty() || std::ranges::any_of(ask.request.query, names_ids);
}

// Steps 2 to 4 of 25-isolation G4. A path is resolved here only where a later step would refuse; who serves it does it anyway.
Or<void> admit(Ask const& ask, Matched const& matched) {
  auto const permitted = ask.look([&](release::Eyes const& eyes) -> Or<void> {
    return has(eyes, matched.endpoint->right) ? Or<void>() : refuse(No::not_permitted);
  });
  if (!permitted) return permitted;
  auto const later = [&]() -> Or<void> {
    if (!matched.method_allowed) return std::unexpected(Refusal{No::method, {}, matched.allow});
    if (!ask.streams && !http::accepts(ask.request.headers.joined("Accept"), taxii_offer))
      return refuse(No::not_acceptable);
    bool const takes_body = matched.endpoint->method == Method::post;
    auto const content = ask.request.headers.find("Content-Type").value_or("");
    if (takes_body && !http::is_of(content, taxii_offer) && !http::is_of(content, stix_offer))
      return refuse(No::media);
    return {};
  }();
  if (later) return later;
  auto const there = resolve(ask);
  return there ? later : there;
}

sequencer::Submission note_of(std::vector<state::ServedEdition> editions) {
  sequencer::Submission submission;
  submission.command.kind = model::CommandKind::note_served;
  submission.command.body = codec::encode(commands::NoteServed{std::move(editions)});
  return submission;
}

std::string random_name(Seam seam) {
  std::array<uint8_t, 16> octets;
  seam.entropy.fill(octets);
  return crypto::to_base64url({reinterpret_cast<char const*>(octets.data()), octets.size()});
}

}  // namespace

std::string const& Ask::param(std::string_view name) const {
  static std::string const none;
  for (auto const& [known, value] : params)
    if (known == name) return value;
  return none;
}

std::span<Endpoint const> endpoints() { return table; }

class Door::House {
 public:
  House(auth::Authenticator& authenticator, DoorOptions options)
      : authenticator_(authenticator),
        room_{authenticator.centre(),
              {authenticator.centre().keys().prf, authenticator.centre().keys().cursor,
               authenticator.centre().keys().comparison},
              random_name(authenticator.centre().seam())},
        pages_({options.threads, limits::waiting_requests}),
        envelopes_({options.threads, limits::waiting_requests}),
        streams_(http::news_of(room_.centre), pages_, [] { return answer_to(Refusal{No::busy, {}, {}}); }) {
    room_.centre.read([&](sequencer::Glimpse const& glimpse) {
      open_paths_.clear();
      if (auto const& open = glimpse.state.law.arrangement)
        for (model::OpenRoot const& root : open->roots) open_paths_.push_back(root.path);
    });
  }
  // Each root of an open arrangement has its endpoints under the path at which its clients know it.
  std::vector<http::Route> routes() {
    std::vector<http::Route> routes;
    for (Endpoint const& endpoint : endpoints()) {
      bool const of_roots = endpoint.pattern.starts_with(root_pattern);
      // Under /taxii2/ every path asks who it is first, whether there is such a root or not.
      add_route(routes, endpoint, endpoint.pattern, std::nullopt);
      for (uint32_t i = 0; of_roots && i < open_paths_.size(); ++i) {
        patterns_.push_back(open_paths_[i] + std::string(endpoint.pattern.substr(root_pattern.size())));
        add_route(routes, endpoint, patterns_.back(), i);
      }
    }
    return routes;
  }

  http::Refuse refusals() const {
    return [paths = open_paths_](int status, std::string_view path) {
      bool const open = std::ranges::any_of(paths, [&](auto const& one) {
        return path.starts_with(one) || (one.starts_with(path) && path.size() + 1 == one.size());
      });
      bool const is_ours = open || path == "/taxii2" || path.starts_with("/taxii2/");
      return is_ours ? refuse_framing(status) : http::fixed_reply(status);
    };
  }

  ~House() {
    streams_.stop();
    guests_.wait_until_gone();
  }

  void serve(Endpoint const& endpoint, std::optional<uint32_t> open_root, http::Request&& request,
             http::Match const& match, http::Done done) {
    if (room_.centre.serves_nobody()) return done(answer_to(Refusal{No::busy, {}, {}}));  // G14, G15
    auto const ask = std::make_shared<Ask>(Ask{room_, std::move(request), {}, {}});
    for (auto const& [name, value] : match.params) ask->params.emplace_back(name, value);
    ask->open_root = open_root;
    ask->streams = endpoint.part != nullptr && http::wants_stream(ask->request);
    Matched matched{&endpoint, match.note(), match.method_allowed, match.allow.text()};
    authenticator_.authenticate(
        ask->request, [this, ask, matched, done, pass = guests_.enter()](auth::Outcome&& outcome) mutable {
          if (outcome)
            matched.note.office = outcome->office_number, matched.note.whose = auth::whose(*outcome);
          auto const noted = [note = matched.note, done, pass](http::Reply&& reply) {
            reply.note = note;
            done(std::move(reply));
          };
          if (!outcome) return noted(answer_to(outcome.error()));
          ask->who = std::move(*outcome);
          Endpoint const& wanted = *matched.endpoint;
          bool const is_act = wanted.act != nullptr;
          Answering const answering = is_act ? held(ask, noted) : Answering{noted, {}};
          if (wanted.cost == Cost::of_body && ask->request.body.size() <= limits::prompt_body_bytes)
            return work(ask, matched, answering);
          auto const job = [this, ask, matched, answering] { work(ask, matched, answering); };
          if (!(is_act ? envelopes_ : pages_).take(job, ask->viewer()))
            noted(answer_to(Refusal{No::busy, {}, {}}));
        });
  }

 private:
  // An act waits for no commit but its own: it looks at what is applied, and its answer leaves when that is durable.
  Answering held(std::shared_ptr<Ask> const& ask, http::Done const& done) {
    ask->seeing = sequencer::Seeing::applied;
    Answering answering;
    answering.durable = [ask, done](http::Reply&& reply) {
      if (reply.again) reply.again = [ask, again = std::move(reply.again)] { return anew(ask, again); };
      done(std::move(reply));
    };
    answering.held = [this, ask, first = room_.centre.mark(), done](http::Reply&& reply) {
      ask->seeing = sequencer::Seeing::durable;
      auto const kept = std::make_shared<http::Reply>(std::move(reply));
      room_.centre.when_durable(first, [kept, done](sequencer::Fate fate) {
        done(fate == sequencer::Fate::kept ? std::move(*kept) : answer_to(Refusal{No::busy, {}, {}}));
      });
    };
    return answering;
  }

  // An answer that says of the state no more than that its reader may have it waits for no commit when it is made again, or
  // it would be late again under a law that moves all the time. Who may not have it is told so by what is durable.
  static http::Reply anew(std::shared_ptr<Ask> const& ask, std::function<http::Reply()> const& again) {
    http::Reply reply = again();
    if (reply.status >= 300) {
      ask->seeing = sequencer::Seeing::durable;
      reply = again();
    }
    reply.again = [ask, again] { return anew(ask, again); };
    return reply;
  }

  void work(std::shared_ptr<Ask const> const& ask, Matched const& matched, Answering const& answering) {
    if (is_by_id(*ask)) room_.centre.catch_up(ask->who.office);
    if (auto const admitted = admit(*ask, matched); !admitted)
      return answering.held(answer_to(admitted.error()));
    if (matched.endpoint->act) return matched.endpoint->act(ask, envelopes_, answering);
    if (ask->streams) return stream(ask, matched, answering.held);
    answer(ask, matched, answering.held, tries_to_make);
  }

  // Made under the law of now, on a thread of the server: what would have to be noted first cannot be waited for.
  static http::Reply again(std::shared_ptr<Ask const> const& ask, Matched const& matched) {
    if (auto const admitted = admit(*ask, matched); !admitted) return answer_to(admitted.error());
    auto made = matched.endpoint->make(*ask);
    if (!made) return answer_to(made.error());
    return made->to_note.empty() ? std::move(made->reply) : answer_to(Refusal{No::busy, {}, {}});
  }

  void answer(std::shared_ptr<Ask const> const& ask, Matched const& matched, http::Done const& done,
              int tries) {
    auto made = matched.endpoint->make(*ask);
    bool const moved = !made && made.error().no == No::busy;  // the law, while the page was made
    if (moved && tries > 0) return answer(ask, matched, done, tries - 1);
    if (!made) return done(answer_to(made.error()));
    if (made->to_note.empty()) {
      made->reply.again = [ask, matched] { return again(ask, matched); };
      return done(std::move(made->reply));
    }
    if (tries == 0) return done(answer_to(Refusal{No::busy, {}, {}}));
    std::vector<sequencer::Submission> notes;
    notes.push_back(note_of(std::move(made->to_note)));
    room_.centre.submit(
        std::move(notes), [this, ask, matched, done, tries](std::vector<sequencer::Answer>&& answers) {
          bool const recorded = answers.front().kind == sequencer::Answer::Kind::ruled;
          auto const go_on = [this, ask, matched, done, tries] { answer(ask, matched, done, tries - 1); };
          if (!recorded || !pages_.take(go_on, ask->viewer())) done(answer_to(Refusal{No::busy, {}, {}}));
        });
  }

  // ---- Streams ----------------------------------------------------------------------------------------------------
  void stream(std::shared_ptr<Ask const> const& ask, Matched const& matched, http::Done const& done) {
    auto const refuse_seat = [](http::Seats::No no) {
      return answer_to(Refusal{no == http::Seats::No::of_one ? No::over_quota : No::busy, {}, {}});
    };
    streams_.open(
        {ask->viewer(), refuse_seat}, matched.note, http::event_stream,
        [this, ask, matched, pass = guests_.enter()](std::optional<size_t> place) {
          return part(*ask, matched, place);
        },
        done);
  }

  http::MadePart part(Ask const& ask, Matched const& matched, std::optional<size_t> place) {
    if (room_.centre.serves_nobody()) return answer_to(Refusal{No::busy, {}, {}});
    if (auto const admitted = admit(ask, matched); !admitted) return answer_to(admitted.error());
    auto made = matched.endpoint->part(ask, place);
    for (int tries = tries_to_make; !made && made.error().no == No::busy && tries > 0; --tries)
      made = matched.endpoint->part(ask, place);  // the law moved meanwhile
    if (!made) return answer_to(made.error());
    if (made->to_note.empty()) return http::Part{std::move(made->body), made->place, made->has_events};
    auto const editions = std::make_shared<std::vector<state::ServedEdition>>(std::move(made->to_note));
    return http::Before{[this, editions](std::function<void(bool)> const& then) {
      std::vector<sequencer::Submission> notes;
      notes.push_back(note_of(std::move(*editions)));
      room_.centre.submit(std::move(notes), [then](std::vector<sequencer::Answer>&& answers) {
        then(answers.front().kind == sequencer::Answer::Kind::ruled);
      });
    }};
  }

  void add_route(std::vector<http::Route>& routes, Endpoint const& endpoint, std::string_view pattern,
                 std::optional<uint32_t> open_root) {
    auto const right = endpoint.right == Right::contribute ? "contribute"
                       : endpoint.right == Right::read     ? "read"
                                                           : "";
    routes.push_back(
        {{endpoint.method},
         pattern,
         right,
         [this, &endpoint, open_root](http::Request&& request, http::Match const& match, http::Done done) {
           serve(endpoint, open_root, std::move(request), match, std::move(done));
         }});
  }

  auth::Authenticator& authenticator_;
  Room room_;
  std::vector<std::string> open_paths_;  // of an open arrangement's roots
  std::deque<std::string> patterns_;     // of the routes under them
  http::Guests guests_;
  // Apart, so that no large envelope keeps readers waiting. Last: their threads end before what they use goes.
  http::Workers pages_, envelopes_;
  http::Streams streams_;
};

Door::Door(auth::Authenticator& authenticator, DoorOptions options)
    : house_(std::make_unique<House>(authenticator, options)) {}
Door::~Door() = default;

std::vector<http::Route> Door::routes() { return house_->routes(); }
http::Refuse Door::refusals() const { return house_->refusals(); }

}  // namespace comity::taxii
