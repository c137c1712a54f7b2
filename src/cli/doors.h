// The doors of a centre: every route that parties can reach, in one table. A new door is a member and a line in doors.cc.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "doors/api/door.h"
#include "doors/auth/authenticator.h"
#include "doors/http/router.h"
#include "doors/taxii/door.h"

namespace comity::cli {

// Destroyed after the server that serves its routes, and before the centre.
class Doors {
 public:
  // `last_calls`: how calls to destinations went; none: nobody calls.
  explicit Doors(sequencer::Centre& centre, std::function<release::LastCalls()> last_calls = {});

  std::vector<http::Route> routes();
  auth::Throttled throttled() const { return authenticator_.throttled(); }
  // The form of what no door has a route for and of what is no request.
  http::Refuse refusals() const { return taxii_.refusals(); }

 private:
  auth::Authenticator authenticator_;
  taxii::Door taxii_;
  api::Door api_;
};

}  // namespace comity::cli
