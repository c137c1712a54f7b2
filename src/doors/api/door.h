// The native API (15-forms 4): JSON under `/api/v1`.
//
// One order of every no for all paths (25-isolation G4): who asks, the right the route asks for, what the path names in
// the asker's view (hidden and absent are the same 404), method, media types, the form of the body, then the machine's
// ruling. Errors are application/problem+json; a refusal is a ruling (docs/rulings.md) with status 422.
//
// Reads are made anew under the law of now when it moved before they left (G6). What a read shows is a function of the
// state and of who asks; `Comity-Seen` says how many commands of its own the asker may expect to see in it, sealed, and
// `Comity-At-Least` gives that back: an answer that has less is 503. While a deadline is overdue every answer is 503.
//
// Whatever takes time (passwords, large bodies, waiting for the journal) is done by this door's own threads, never on an
// event loop. The Centre, the Authenticator and the Door outlive the server that serves its routes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "doors/auth/authenticator.h"
#include "doors/http/router.h"
#include "release/told_destinations.h"
#include "release/told_pages.h"
#include "sequencer/centre.h"

namespace comity::api {

struct DoorOptions {
  unsigned threads = 4;  // requests at work; more waits than works, since the journal is waited for
  // How calls to destinations went (doors/bell); none: nobody calls. From any thread.
  std::function<release::LastCalls()> last_calls = {};
  // How pages to those on watch went (doors/paging); none: nobody is paged. From any thread.
  std::function<release::LastPages()> last_pages = {};
};

// Another way in to the same endpoints: `prefix` stands before each path, and `authenticate` says who asks, as Authenticator
// does.
struct Entrance {
  std::string prefix;
  std::function<void(http::Request const&, auth::Authenticator::Done)> authenticate;
};

class Door {
 public:
  Door(sequencer::Centre& centre, auth::Authenticator& authenticator, DoorOptions options = {});
  ~Door();

  std::vector<http::Route> routes();
  std::vector<http::Route> routes(Entrance entrance);

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::api
