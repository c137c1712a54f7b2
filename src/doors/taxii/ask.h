// One request at work, and the table of this door's endpoints. Inside this room only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "doors/auth/principal.h"
#include "doors/http/router.h"
#include "doors/http/workers.h"
#include "doors/taxii/refusal.h"
#include "doors/taxii/statuses.h"
#include "release/compose.h"
#include "release/eyes.h"
#include "sequencer/centre.h"

namespace comity::taxii {

// What all requests share.
// Numbers for envelopes without an idempotency key: each office counts its own (25-isolation G3).
class Unnamed {
 public:
  uint64_t next(OfficeKey office) {
    std::lock_guard const lock(mutex_);
    return ++counts_[office];
  }

 private:
  std::mutex mutex_;
  std::map<OfficeKey, uint64_t> counts_;
};

struct Room {
  sequencer::Centre& centre;
  release::ReleaseKeys keys;
  std::string
      boot;  // random: names of statuses without an idempotency key differ from one process to the next
  Unnamed unnamed = {};
  Statuses statuses = {};
};

struct Ask {
  Room& room;
  http::Request request;
  std::vector<std::pair<std::string_view, std::string>> params;
  auth::Principal who = {};
  // An act looks at what is applied, on its way in and for its first answer, which House holds until it is durable.
  sequencer::Seeing seeing = sequencer::Seeing::durable;
  bool streams = false;                    // the answer goes on: text/event-stream
  std::optional<uint32_t> open_root = {};  // of an open arrangement: the number of the root in the path

  std::string const& param(std::string_view name) const;
  // Who has statuses and streams of its own: an office; where the centre is one office, each of its users.
  uint64_t viewer() const {
    constexpr uint64_t users = uint64_t{1} << 32;
    return open_root ? users + who.actor.key : who.office.value;
  }

  // `look` with the asker's eyes, under the lock; who may not come in any more is nobody (25-isolation G6).
  template <class Look>
  auto look(Look&& look_now) const {
    using Answer = std::invoke_result_t<Look, release::Eyes const&>;
    return room.centre.see(seeing, [&](sequencer::Glimpse const& glimpse) -> Answer {
      auto const viewer = auth::viewer_now(glimpse.state, who, room.centre.seam().clock.now());
      if (!viewer) return refuse(No::unauthenticated);
      return look_now(release::Eyes(glimpse.state, *viewer, room.keys, &glimpse.catalogue));
    });
  }
};

// An answer to a question; or what has to be recorded before it can be given (25-isolation A14).
struct Made {
  http::Reply reply;
  std::vector<state::ServedEdition> to_note = {};
};

// A part of a stream: its events, if there are any, and where the next part begins.
struct Part {
  release::Released<Bytes> body;
  std::vector<state::ServedEdition> to_note = {};
  std::optional<size_t> place;
  bool has_events = false;
};
// What came after `place`, as events. The first part begins where the request says.
using MakePart = Or<Part> (*)(Ask const& ask, std::optional<size_t> place);

enum class Right : uint8_t { none, read, contribute };

using Make = Or<Made> (*)(Ask const& ask);
// How an act is answered, once and from any thread.
struct Answering {
  http::Done held;     // what was seen applied leaves when that is durable
  http::Done durable;  // made of nothing newer than the act's own records, which are durable
};
// An act. Jobs that take time are brought to the workers.
using Act = void (*)(std::shared_ptr<Ask const> ask, http::Workers& workers, Answering done);
// What an act costs before it is submitted: of what grows with its body alone, a small one is done on the event loop.
enum class Cost : uint8_t { any, of_body };

struct Endpoint {
  http::Method method;
  std::string_view pattern;
  Right right;
  Make make = nullptr;
  Act act = nullptr;
  Cost cost = Cost::any;
  MakePart part = nullptr;  // it is a stream too, for those who ask for text/event-stream
};
std::span<Endpoint const> endpoints();

// Whether the path exists in the asker's view: root, collection, object, status, as far as the pattern names them.
Or<void> resolve(Ask const& ask);

inline Made made(release::Released<Bytes> body) {
  return {{200, {{"Content-Type", media_type}}, std::move(body)}};
}

// roots.cc
Or<Made> discovery(Ask const& ask);
Or<Made> root(Ask const& ask);
Or<Made> collections(Ask const& ask);
Or<Made> collection(Ask const& ask);
// objects.cc
Or<Made> objects(Ask const& ask);
Or<Made> object(Ask const& ask);
Or<Made> manifest(Ask const& ask);
Or<Made> versions(Ask const& ask);
Or<Part> object_events(Ask const& ask, std::optional<size_t> place);
// status.cc
Or<Made> status(Ask const& ask);
// add.cc, remove.cc
void add(std::shared_ptr<Ask const> ask, http::Workers& workers, Answering done);
void remove(std::shared_ptr<Ask const> ask, http::Workers& workers, Answering done);

}  // namespace comity::taxii
