// Whether a command's signed act was signed by the keys it names: pure, (law, command) → yes or no (15-forms 1). Asked before the
// sequencer and again by `comity replay --decide`. Whether these keys may sign at this index is the machine's ruling.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "model/command.h"
#include "state/law.h"

namespace comity::sequencer {

using SigningKeys = std::vector<std::optional<std::array<uint8_t, 32>>>;

// The octets of the key behind each signature: of the author's party, the author's own as an officer, or one that the
// command brings with it (rotate_key). None for a key that there is not.
SigningKeys signing_keys(state::Law const& law, model::Command const& command);

// Every signature holds, and there is one.
bool signatures_hold(model::SignedAct const& act, SigningKeys const& keys);

bool signature_holds(state::Law const& law, model::Command const& command);

}  // namespace comity::sequencer
