#include "state/encoding.h"

namespace comity::codec {

template Bytes encode<state::State>(state::State const& value);
template Result<state::State> decode_head<state::State>(BytesView& bytes);

}  // namespace comity::codec
