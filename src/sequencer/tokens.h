// Tokens of the built-in issuer, as this centre makes and reads them (15-forms 1; 25-isolation C6).
//
// Issuer and audience are the centre's origin: a token counts nowhere else. `sub` is the user name of a client or a
// person. Whether whom it was issued to may still come in (revoked, new password, token revoked by its id) is looked up
// by whoever authenticates. Thread-safe: no state.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/jwt.h"
#include "sequencer/centre.h"

namespace comity::sequencer {

crypto::IssuerKey token_issuer(Centre const& centre);

// By its id, whether a public key is one that signs for the centre: tokens or tickets.
bool is_own_key(Centre const& centre, std::string_view id);

// `ru/general-staff/feed` or `anna@ru`; also one that was revoked.
std::optional<model::Actor> actor_named(state::Law const& law, std::string_view user);

}  // namespace comity::sequencer
