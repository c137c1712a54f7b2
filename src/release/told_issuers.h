// What the admins of a party are told of the issuers it has registered (25-isolation C5), and the host of all of them (told_host.h).
//
//   {issuer, url, allowed, offices, rights, roles, keys, revoked?}
//
// `offices` are those that it may speak for; none: all of its party's. `keys` are [{key, name?, algorithm}], by their ids. Of its
// party's own also those that were revoked (`revoked` is true): they count, and their names are taken. Thread rule: told.h.
#pragma once

#include "json/json.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_issuers(Eyes const& eyes);

// For this room: the row above.
json::Object issuer_object(state::Law const& law, model::Issuer const& issuer);

}  // namespace comity::release
