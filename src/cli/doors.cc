#include "cli/doors.h"

#include "doors/auth/tokens.h"

namespace comity::cli {

Doors::Doors(sequencer::Centre& centre, api::DoorOptions options, std::optional<console::DoorOptions> console)
    : authenticator_(centre),
      taxii_(authenticator_),
      api_(centre, authenticator_, std::move(options)),
      console_(console ? std::make_unique<console::Door>(centre, authenticator_, api_, std::move(*console))
                       : nullptr),
      centre_(centre) {}

void Doors::open(f3548::DoorOptions options, f3548::Alone alone) {
  alone_ = alone;
  f3548_ = std::make_unique<f3548::Door>(centre_, std::move(options),
                                         alone == f3548::Alone::yes ? nullptr : &authenticator_);
}

http::Refuse Doors::refusals() const {
  return [others = taxii_.refusals(), has_dss = f3548_ != nullptr, alone = alone_](int status,
                                                                                   std::string_view path) {
    return has_dss && f3548::is_path(path, alone) ? f3548::refuse(status) : others(status, path);
  };
}

std::vector<http::Route> Doors::routes() {
  std::vector<http::Route> all = taxii_.routes();
  for (http::Route& route : api_.routes()) all.push_back(std::move(route));
  all.push_back(auth::token_route(authenticator_));
  if (console_)
    for (http::Route& route : console_->routes()) all.push_back(std::move(route));
  if (f3548_)
    for (http::Route& route : f3548_->routes()) all.push_back(std::move(route));
  return all;
}

}  // namespace comity::cli
