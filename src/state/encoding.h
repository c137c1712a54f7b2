// The canonical encoding of the whole state (codec/codec.h), made by one source: it is the largest that there is, and whoever needs it
// includes this.
//
// Thread rule: as codec.h.
#pragma once

#include "codec/codec.h"
#include "state/state.h"

namespace comity::codec {

extern template Bytes encode<state::State>(state::State const& value);
extern template Result<state::State> decode_head<state::State>(BytesView& bytes);

}  // namespace comity::codec
