// What a door answers, and the fixed answers of HTTP itself.
//
// A body is a Released<Bytes>: a door cannot send what release/ did not release (release/released.h). `again` makes the
// whole reply anew under the law of now; the server calls it when the epoch moved between the answer and the write
// (25-isolation G6), on a thread of the server, so it must be safe from any thread and must not block on the sequencer.
// A reply without `again` whose body is no longer current becomes the fixed 503.
//
// `note` is what the log and the counters may know of a request (25-isolation F7): the template of its route and an
// opaque number of the office, never a path or a name.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/bytes.h"
#include "doors/http/message.h"
#include "release/released.h"

namespace comity::http {

struct LogNote {
  std::string_view route = "-";  // lives as long as the program: a pattern of a route table
  uint64_t office = 0;           // opaque; 0 for none
  uint64_t whose = 0;  // who loses the connection when its rights end (Cuts); 0: nobody; logged nowhere
};

class Done;

struct Reply {
  int status;
  Headers headers;
  release::Released<Bytes> body;
  std::function<Reply()> again = {};
  LogNote note = {};
  // Of an answer that goes on (an event stream): asked for what comes next when this part was written, on the loop. The
  // next part is a reply with status 200; any other ends the stream at once. Its headers are those of the first.
  std::function<void(Done)> next = {};
};

// A callable that is shared when it is copied: an answer is handed on from one closure to the next a dozen times.
class Done {
 public:
  Done() = default;  // to be assigned to before it is called
  template <class Call>
    requires std::invocable<Call const&, Reply&&> && (!std::same_as<std::remove_cvref_t<Call>, Done>)
  Done(Call&& call)  // NOLINT: like std::function, made of whatever can be called
      : call_(std::make_shared<std::function<void(Reply&&)> const>(std::forward<Call>(call))) {}
  void operator()(Reply&& reply) const { (*call_)(std::move(reply)); }

 private:
  std::shared_ptr<std::function<void(Reply&&)> const> call_;
};

// Answers by calling `done` once, at once or later, from any thread. Dropping `done` uncalled answers 500.
using Handler = std::function<void(Request&&, Done)>;

// 400 404 408 411 413 415 417 431 500 501 503 505: constant bodies, equal for everyone (25-isolation G4). Any other
// status is a bug.
Reply fixed_reply(int status);

// How a refusal that the server or the router makes is written: by its status, one of the above, and by the path, which
// is "" where it is not known. Nothing but how the path begins may count, so that it tells nothing (G4). Any thread.
using Refuse = std::function<Reply(int status, std::string_view path)>;
Reply refuse_plainly(int status, std::string_view path);

// For doors: the same path with a slash at its end (308), made of what the client sent and of nothing else.
Reply slash_redirect(Request const& request);

}  // namespace comity::http
