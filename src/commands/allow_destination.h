// allow_destination (67): an officer of the host says that the centre may call a destination as it stands, and which addresses
// that are not public it may lead to; or that it may not any more (25-isolation G12). The URL is named with it, so that what
// was looked at is what is allowed. Refused: not_permitted, the reasons of an officer's act, malformed (an address),
// unknown_destination (also one that has ended), other_url.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct AllowDestination {
  std::string destination;  // `ru/siem`
  std::string url;
  bool allowed = true;
  std::vector<std::string> addresses;  // as text, in the one way in which the door writes them
  auto fields(this auto& self) { return std::tie(self.destination, self.url, self.allowed, self.addresses); }
};

Ruling decide(Sight const& sight, AllowDestination const& command);
void apply(State& state, AllowDestination const& command, model::Record const& record);

}  // namespace comity::commands
