#include "cli/doors.h"

#include "doors/auth/tokens.h"

namespace comity::cli {

Doors::Doors(sequencer::Centre& centre, std::function<release::LastCalls()> last_calls)
    : authenticator_(centre),
      taxii_(authenticator_),
      api_(centre, authenticator_, {.last_calls = std::move(last_calls)}) {}

std::vector<http::Route> Doors::routes() {
  std::vector<http::Route> all = taxii_.routes();
  for (http::Route& route : api_.routes()) all.push_back(std::move(route));
  all.push_back(auth::token_route(authenticator_));
  return all;
}

}  // namespace comity::cli
