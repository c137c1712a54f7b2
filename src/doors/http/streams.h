// Answers that go on: event streams over one feed (25-isolation G6), for any door.
//
// A stream is a sequence of parts. Each is made when the one before it was written, of what then follows the place where
// that one ended, by the door's own function: so a part is decided when it leaves, a reader that is slow waits for its own
// connection and delays nobody, and nothing is queued here but the wish to go on. When there is nothing, the stream waits
// until something was published (pump.h), or for a beat. A stream of which each look costs much, and that tells states and no
// events, is opened with a pause: it is not made more often than that, and what was passed over is in the next part. Where a part says by what it
// knows that nothing of its own has changed (`quiet`), the stream is left alone until something has, or until a beat, at which all look.
//
// `make` answers with a Part; with a Before, what has to be done first (it is asked again after that); or with a Reply,
// which ends the stream: as its answer if nothing was sent yet, else by a reset. It is called on a worker, and on an event
// loop when the law moved before a part was written; there a Before becomes a part without events.
//
// Limits: streams for each viewer, and in all. Thread-safe. Whoever destroys it has stopped the server first.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <variant>

#include "base/time.h"
#include "doors/http/pump.h"
#include "doors/http/reply.h"

namespace comity::http {

struct Part {
  release::Released<Bytes> body;
  std::optional<size_t> place;  // where the next one begins
  bool has_events = false;      // else the body is a beat
  Quiet quiet = {};             // while it is, no next one has to be made
};
struct Before {
  // Calls `then` once, from any thread: true if it was done.
  std::function<void(std::function<void(bool)> then)> act;
};
using MadePart = std::variant<Part, Before, Reply>;
using MakePart = std::function<MadePart(std::optional<size_t> place)>;

// Who names the type of streams in Accept wants one; who takes anything does not.
bool wants_stream(Request const& request);

// The fields of a stream; proxies are asked not to gather its parts.
inline Headers const event_stream = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}};

class Streams {
 public:
  struct Seat {
    uint64_t viewer;
    std::function<Reply(Seats::No)> refuse;  // there is no place
  };
  Streams(News news, Workers& workers, std::function<Reply()> busy, Duration pause = {});
  ~Streams();

  // Ends those that wait; before the guests of the door are waited for.
  void stop();

  void open(Seat const& seat, LogNote note, Headers headers, MakePart make, Done done);

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::http
