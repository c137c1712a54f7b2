// What this door's sources share: one request at work, what all requests share, and the table of endpoints. Inside this room
// only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>

#include "doors/auth/authenticator.h"
#include "doors/auth/back_off.h"
#include "doors/console/door.h"
#include "doors/console/maps.h"
#include "doors/console/pass.h"
#include "doors/http/guests.h"
#include "doors/http/reply.h"
#include "doors/http/router.h"
#include "doors/http/streams.h"
#include "doors/http/workers.h"
#include "forms/reader.h"
#include "model/command.h"
#include "release/compose.h"
#include "release/keys.h"
#include "sequencer/centre.h"

namespace comity::console {

// Secrets that were shown and not confirmed yet. In memory: whoever meets a restart begins again.
class Enrolments {
 public:
  bool begin(uint32_t person, crypto::TotpSecret secret, UtcTime now);  // false: too many wait
  std::optional<crypto::TotpSecret> of(uint32_t person, UtcTime now) const;
  void end(uint32_t person);

 private:
  struct Waiting {
    crypto::TotpSecret secret;
    UtcTime until;
  };
  mutable std::mutex mutex_;
  std::map<uint32_t, Waiting> waiting_;
};

// Links that are being used up: until that is durable, nobody else uses them.
class LinksInUse {
 public:
  bool take(std::string const& id) {
    std::lock_guard const lock(mutex_);
    return ids_.insert(id).second;
  }
  void give_back(std::string const& id) {
    std::lock_guard const lock(mutex_);
    ids_.erase(id);
  }

 private:
  std::mutex mutex_;
  std::set<std::string> ids_;
};

struct Room {
  Room(sequencer::Centre& the_centre, auth::Authenticator& the_authenticator, DoorOptions the_options)
      : centre(the_centre),
        authenticator(the_authenticator),
        options(std::move(the_options)),
        keys{centre.keys().prf, centre.keys().cursor, centre.keys().comparison},
        maps(options.maps),
        codes(limits::failures_free_user),
        returns(limits::failures_free_address),
        workers({limits::console_threads, limits::waiting_requests}),
        streams(http::news_of(centre), workers, [] { return http::fixed_reply(503); }, limits::live_pause) {}

  sequencer::Centre& centre;
  auth::Authenticator& authenticator;
  DoorOptions const options;
  release::ReleaseKeys const keys;
  bool demo = false;
  Enrolments enrolments;
  LinksInUse links;
  Maps const maps;
  auth::BackOff codes;    // of persons who give wrong ones
  auth::BackOff returns;  // of networks from which somebody came back from a provider in vain
  http::Workers workers;
  http::Guests guests;
  http::Streams streams;
  std::unique_ptr<Providers> providers;  // null: the host has configured none
};

// One request; `who` where the endpoint needs a session.
struct Visit {
  http::Request request;
  http::MethodSet allow;
  http::LogNote note;
  http::Done done;
  auth::Principal who = {};
  http::Guests::Pass pass = {};
  std::string name = {};  // the parameter of its path, if it has one
};
using VisitPtr = std::shared_ptr<Visit>;

enum class Needs : uint8_t { nothing, session, password };
enum class Served : uint8_t { in_time, always };  // also while nobody is served (25-isolation G14, G15)
struct Endpoint {
  http::Method method;
  std::string_view pattern;
  Needs needs;
  void (*serve)(Room& room, VisitPtr visit);
  Served served = Served::in_time;
};

std::span<Endpoint const> session_endpoints();  // sessions.cc
std::span<Endpoint const> factor_endpoints();   // factor.cc
std::span<Endpoint const> link_endpoints();     // links.cc
std::span<Endpoint const> live_endpoints();     // live.cc
std::span<Endpoint const> public_endpoints();   // public.cc
std::span<Endpoint const> map_endpoints();      // maps.cc
std::span<Endpoint const> openid_endpoints();   // openid.cc

// public.cc: a machine that reads the first page, counted on a thread of the workers; a person's page asks for the counts itself.
void count_bot(Room& room, http::Request const& request);

// door.cc: the end of every visit.
void answer(Room const& room, Visit const& visit, http::Reply reply);
http::Reply constant(int status, release::FixedText text);
http::Reply no_session();

// What `tell(eyes)` says to whoever that is, now and whenever it is made again; `cookie`: a new one, if not empty.
using Tell = std::function<release::Told(release::Eyes const&)>;
http::Reply told(Room const& room, auth::Principal const& who, Tell const& tell,
                 std::string const& cookie = {});

// The body as a JSON object, read by `read`; nothing, and the answer is given, where it is none or not that.
bool read_body(Room const& room, Visit const& visit, std::function<void(forms::Members&)> const& read);

// sessions.cc: answers with a session of that pass and its cookie.
void begin(Room& room, Visit const& visit, Pass const& pass);
// Ends the session whose sealed pass that is, if it is one still, before this browser has another; then `then`, on the visit's
// loop if something had to be ended. While nobody is served there is no record of it, and no stream either.
void end_before(Room& room, VisitPtr visit, std::string_view sealed, std::function<void()> then);

// A command of the one who asks, or whom a link is for; `then` on the visit's loop, once it is durable and if it was accepted:
// else the visit is answered. `after` in any case, before.
struct Act {
  model::CommandKind kind;
  Bytes body;
  std::optional<Bytes> payload = {};
};
void submit(Room& room, VisitPtr visit, auth::Principal const& author, Act act, std::function<void()> then,
            std::function<void()> after = {});

}  // namespace comity::console
