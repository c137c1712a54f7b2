// One-time passwords by time (RFC 6238: SHA-1, six digits, steps of limits::totp_step_s), and what stands beside a person's
// password in one payload.
//
// A code is of one step. totp_step() says of which, among those that are near enough to now: whoever takes codes keeps the last
// step and takes none that is not later, so that a code that was seen is of no use to anybody. The six digits are guessed by
// one of 333,333 tries at three steps; failures are counted by whoever takes codes.
//
// A Verifier as a payload: the hash alone, as before there were codes, or the hash, a line feed and `totp ` and the secret in
// base64. Nothing that a client may send is read as one with a secret (forms/command.h takes hashes and pins alone).
//
// Thread-safe; no state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/seam.h"
#include "base/time.h"
#include "crypto/password.h"

namespace comity::crypto {

struct TotpSecret {
  Bytes octets;
};

TotpSecret new_totp_secret(Entropy& entropy);
// As it is typed into an application, and shown as a picture: base32 without padding (RFC 4648).
std::string base32_of(TotpSecret const& secret);

// The step of a code that holds at `now`; none for any other text.
std::optional<uint64_t> totp_step(TotpSecret const& secret, std::string_view code, UtcTime now);
uint64_t totp_step_at(UtcTime now);

struct Verifier {
  PasswordHash password;
  std::optional<TotpSecret> totp = {};
};
// Total: what is no verifier with a secret is the text of a hash, or of a pin, for others to look at.
Verifier read_verifier(BytesView payload);
Bytes write_verifier(Verifier const& verifier);

}  // namespace comity::crypto
