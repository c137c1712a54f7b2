// An edition: the bytes of one item for one viewer (20-release, Editions).
//
// A whole item is the bytes as posted, unchanged; anything less is a STIX object of its own, made by masking.h. Which it
// is, and everything the making needs, was decided when the item was shown (shown.h); no state is looked at here.
//
// Before an edition leaves, the machine must know it, so that a copy given back is found (25-isolation A14): served()
// says what to note by the command `note_served`, and is_noted() whether it has been. A whole item needs no note.
//
// Errors: corrupt if the bytes are not those of the item; not_found if nothing is left that the viewer may have (A4):
// the item is then withheld like one that was never released. Thread-safe: no state.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "release/released.h"
#include "release/shown.h"

namespace comity::release {

// Stored bytes and the key under which they are stored: together, so that two payloads cannot be mixed up.
struct Payload {
  PayloadKey key = 0;
  BytesView bytes;
};

// Of what the centre made itself no payload is needed.
Result<Released<Bytes>> make_edition(Shown const& shown, Payload payload);

Result<state::ServedEdition> served(Shown const& shown, Released<Bytes> const& edition,
                                    ReleaseKeys const& keys);
bool is_noted(state::Holdings const& holdings, state::ServedEdition const& edition);

}  // namespace comity::release
