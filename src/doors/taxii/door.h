// TAXII 2.1 (OASIS, rules R1 to R44 of 30-exchange) on the feeds of agreements.
//
//   /taxii2/              discovery: the roots this office may know
//   /taxii2/AGREEMENT/    an API root for each agreement it is a party to; /taxii2/all/ for all of them at once
//   .../collections/      `received`; `from-PARTY` for each party whose membership it may know, of what is attributed to
//                         that party by name (25-isolation A8); `contributed`, its own, whole, to which it posts
//   .../status/ID/        what became of an envelope
//
// A centre of preset `taxii` (model/arrangement.h) has the roots and collections that its arrangement names instead, at their
// own paths; which right a user has is the collection's to say.
//
// One order of every no (G4): who asks, the right the route asks for, the path in the asker's view (absent and hidden are
// the same 404), method and media types, the form of query and body, then the machine's ruling. A path is served with and
// without its last slash. While a deadline is overdue every answer is 503 (G14).
//
// Promises
//   - Bytes as posted come back byte for byte; a masked edition leaves only when a record says so (A14).
//   - Both ways of paging are exact (R31): by `next`, which the manifest has too, and by added_after.
//   - A POST is answered when every object has its ruling and that is durable: its status is complete.
//   - A page is made again under the law of now when it moved before the bytes left (G6).
//   - With `Accept: text/event-stream` the objects of a collection are a stream of the same feed (doors/http/streams.h): all
//     versions unless match[version] says otherwise, each event with the token that `next` would be; Last-Event-ID goes on.
// Not promised: that a status outlives the process; a status is kept in memory for limits::status_kept.
//
// Comity's own in the standard's forms: `x_comity_to_offices`, `x_comity_preview` and `x_comity_permissive` in a posted
// envelope (stix/envelope.h; a preview is answered 200 and contributes nothing), `x_comity_ruling` and `x_comity_findings` in a
// failure, `x_comity_warnings` in a status, the field `Idempotency-Key` of a POST.
//
// The Centre and the Authenticator outlive the Door, and the Door outlives the server that serves its routes.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "doors/auth/authenticator.h"
#include "doors/http/router.h"

namespace comity::taxii {

struct DoorOptions {
  size_t threads = 2;  // that make pages, and as many that read envelopes: like the event loops they work for
};

class Door {
 public:
  explicit Door(auth::Authenticator& authenticator, DoorOptions options = {});
  ~Door();

  std::vector<http::Route> routes();
  // For the router and the server: what they refuse under a path of this door has its media type too (R4).
  http::Refuse refusals() const;

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::taxii
