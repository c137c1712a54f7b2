// What stands for a client's certificate where for others a password's hash stands: `certificate-sha256:` and the SHA-256
// of its public key (DER, SubjectPublicKeyInfo) in hexadecimal, as RFC 7469 pins keys. A certificate that is renewed with
// the same key keeps it. A pin is no secret: it can be made of what the client shows everyone. Thread-safe, no state.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace comity::crypto {

std::string certificate_pin(Digest const& key);
bool is_certificate_pin(std::string_view text);

// Of the first certificate in a PEM text. bad_input: there is none.
Result<std::string> certificate_pin_of(BytesView pem);

}  // namespace comity::crypto
