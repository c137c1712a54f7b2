// Recoveries of keys that are under way (25-isolation B5): told to the party itself and to every party that shares an agreement
// with it, as far as the reader may know that, so that nobody is given another's keys unseen. The host sees all of them.
//
//   {party, new_key, filed, effective}
//
// `effective` moves with outages (G14). Thread rule: told.h.
#pragma once

#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_recoveries(Eyes const& eyes);

}  // namespace comity::release
