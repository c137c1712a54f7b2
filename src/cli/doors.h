// The doors of a centre: every route that parties can reach, in one table. A new door is a member and a line in doors.cc.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "doors/api/door.h"
#include "doors/auth/authenticator.h"
#include "doors/console/door.h"
#include "doors/f3548/door.h"
#include "doors/http/router.h"
#include "doors/taxii/door.h"

namespace comity::cli {

// Destroyed after the server that serves its routes, and before the centre.
class Doors {
 public:
  // `console`: none in a centre without agreements, whose users are systems.
  explicit Doors(sequencer::Centre& centre, api::DoorOptions options = {},
                 std::optional<console::DoorOptions> console = {});
  // The door of ASTM F3548; `alone`: of preset `dss`. Before routes().
  void open(f3548::DoorOptions options, f3548::Alone alone);
  f3548::Door* dss() { return alone_ == f3548::Alone::yes ? f3548_.get() : nullptr; }  // null: there is none

  std::vector<http::Route> routes();
  auth::Throttled throttled() const { return authenticator_.throttled(); }
  // The form of what no door has a route for and of what is no request.
  http::Refuse refusals() const;

 private:
  auth::Authenticator authenticator_;
  taxii::Door taxii_;
  api::Door api_;
  std::unique_ptr<console::Door> console_;
  f3548::Alone alone_ = f3548::Alone::no;
  std::unique_ptr<f3548::Door> f3548_;
  sequencer::Centre& centre_;
};

}  // namespace comity::cli
