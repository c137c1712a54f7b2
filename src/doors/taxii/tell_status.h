// A status, told to the office that sent the envelope (R40; 25-isolation C2). Inside this room only.
#pragma once

#include "doors/taxii/ask.h"

namespace comity::taxii {

// Rulings of refusals are read from the journal and told in the view of now.
Or<release::Released<Bytes>> tell_status(Ask const& ask, Status const& status);

// The same of what a preview foresees: `rulings` of those that would be refused, by their place in `fates`. Nothing is kept.
Or<release::Released<Bytes>> tell_preview(Ask const& ask, Status const& status,
                                          std::map<size_t, model::Ruling> const& rulings);

}  // namespace comity::taxii
