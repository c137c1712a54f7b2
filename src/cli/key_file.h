// A party's own private key in a file (15-forms 1: the server never holds one).
//
// One line of base64, the 32 octets of the seed, mode 0600; lines that begin with # are passed over. A public
// key is the same with the octets of the public key and may be read by anyone. A file that others may read is
// refused as a private key.
#pragma once

#include <string>

#include "base/result.h"
#include "base/seam.h"
#include "crypto/ed25519.h"

namespace comity::cli {

Result<crypto::SecretKey> read_key(std::string const& path);

// Never overwrites: bad_input if there is such a file.
Result<crypto::SecretKey> make_key(std::string const& path, Seam seam);

// What a host needs to register the key: the octets in base64.
std::string public_text(crypto::PublicKey const& key);

}  // namespace comity::cli
