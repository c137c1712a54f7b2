// Recoveries of keys that are under way (25-isolation B5): told to the party itself and to every party that shares an agreement
// with it, as far as the reader may know that, so that nobody is given another's keys unseen. The host sees all of them. While
// nobody is served (G15) a party is told of its own alone, so that it can object.
//
//   {party, new_key, filed, effective}      under way; `effective` moves with outages (G14)
//   {party, new_key, agreement, waits_for}  it has taken effect, and its part in the agreement is suspended until these parties
//                                           confirm it; to who may know the acts of the agreement, and to the party
// Thread rule: told.h.
#pragma once

#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_recoveries(Eyes const& eyes);

}  // namespace comity::release
