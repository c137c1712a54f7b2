// The centre's own keys (15-forms 1): files under DATA/keys, mode 0600, made by `comity init`. One key, one purpose
// (25-isolation G8). No party's private key is ever among them.
//
// prf         ids, versions and other values made for a viewer (G3)
// cursor      opaque tokens: page cursors, read-your-write marks
// comparison  digests the third-party rule compares by; they may outlive the payload (E2)
// issuer      signs Bearer tokens (ES256)
// ticket      signs filing tickets
#pragma once

#include <string>

#include "base/result.h"
#include "base/seam.h"
#include "crypto/ed25519.h"
#include "crypto/jwt.h"
#include "crypto/secret.h"
#include "journal/reader.h"

namespace comity::sequencer {

struct Keys {
  crypto::SymmetricKey prf, cursor, comparison;
  crypto::Es256Key issuer;
  crypto::SecretKey ticket;
};

Result<void> make_keys(Seam seam, std::string const& folder);
Result<Keys> load_keys(Seam seam, std::string const& folder);

// Whether record 0 was made with these keys; `corrupt` if not: whoever put a directory together took them from elsewhere.
Result<void> are_of_this_centre(Keys const& keys, journal::Reader const& reader);

}  // namespace comity::sequencer
