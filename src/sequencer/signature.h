// Whether a command's signed act was signed by the key it names: pure, (law, command) → yes or no (15-forms 1). Asked before the
// sequencer and again by `comity replay --decide`. Whether that key may sign at this index is the machine's ruling.
#pragma once

#include "model/command.h"
#include "state/law.h"

namespace comity::sequencer {

// The octets of the key the act names: a binding key of the author's party, or the author's own officer key. None if
// there is no such key.
std::optional<std::array<uint8_t, 32>> signing_key(state::Law const& law, model::Command const& command);

bool signature_holds(state::Law const& law, model::Command const& command);

}  // namespace comity::sequencer
