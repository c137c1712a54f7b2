// What the admins of a party are told of its destinations (25-isolation G12): a URL often holds a key of its own. The host is
// told of all of them by tell_host.
//
//   {destination, url, allowed, feeds, last_call?, secret}
//
// `feeds` are those that the reader's own office attached, as it knows them. `secret` is the key under which
// rings are signed (Standard Webhooks: `whsec_` and base64), another one for each URL; it is a value of the centre's PRF and
// kept nowhere. `last_call`, of those about feeds of the reader's own office, is {time, outcome, status?}. A feed of an agreement
// that the office no longer knows is called `unknown`. Ended ones are not listed. Thread rule: told.h.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "model/destination.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

struct LastCall {
  UtcTime time;
  std::string outcome;  // answered, no_answer, not_allowed, not_trusted
  int status = 0;       // if answered
};
// By the number of the destination in the law, and an office that it was about.
using LastCalls = std::map<std::pair<uint32_t, OfficeKey>, LastCall>;

Told tell_destinations(Eyes const& eyes, LastCalls const& last_calls);

// The octets that the secret says.
Digest bell_key(ReleaseKeys const& keys, state::Law const& law, model::Destination const& destination);

}  // namespace comity::release
