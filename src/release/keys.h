// The secrets of this room, handed in by the centre and never global (15-forms 1, centre keys).
//
//   prf         makes every id that a viewer is shown and the centre chose (25-isolation G3, ids.h)
//   cursor      seals the `next` tokens of feeds (cursor.h)
//   comparison  keyed digests of editions, so that a copy of one is found again (25-isolation A14)
//
// One key, one purpose (G8). Thread-safe once made: nobody changes them.
#pragma once

#include "crypto/secret.h"

namespace comity::release {

struct ReleaseKeys {
  crypto::SymmetricKey prf, cursor, comparison;
};

}  // namespace comity::release
