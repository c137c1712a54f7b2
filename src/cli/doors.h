// The list of doors: every route that parties can reach, in one table. A new door is one line in doors.cc.
#pragma once

#include <vector>

#include "doors/auth/authenticator.h"
#include "doors/http/router.h"

namespace comity::cli {

// The authenticator must outlive the routes.
std::vector<http::Route> door_routes(auth::Authenticator& authenticator);

}  // namespace comity::cli
