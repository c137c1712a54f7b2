// The doors of a centre: every route that parties can reach, in one table. A new door is a member and a line in doors.cc.
#pragma once

#include <vector>

#include "doors/api/door.h"
#include "doors/auth/authenticator.h"
#include "doors/http/router.h"
#include "doors/taxii/door.h"

namespace comity::cli {

// Destroyed after the server that serves its routes, and before the centre.
class Doors {
 public:
  explicit Doors(sequencer::Centre& centre);

  std::vector<http::Route> routes();

 private:
  auth::Authenticator authenticator_;
  taxii::Door taxii_;
  api::Door api_;
};

}  // namespace comity::cli
