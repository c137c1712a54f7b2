// Passwords: argon2id with libsodium's interactive costs, 64 MiB and about 58 ms each (15-forms 1, 25-isolation C7).
//
// A PasswordHash is the usual text `$argon2id$v=19$m=65536,t=2,p=1$salt$hash`. verify_password() does the same work and
// gives the same error whether the password is wrong or there is no such user (`stored` is null: a fixed hash that no
// password fits is checked instead). At most limits::password_checks_at_once hashes are computed at once in the
// process, of them limits::password_hashes_at_once by hash_password(), so that whoever sets passwords leaves a place to
// logins; who finds no free place within `patience` gets `busy`, which says nothing about user or password. Backing off
// per user and address is up to the door. Passwords longer than limits::password_bytes are too_large before any work.
// Thread-safe; both functions block.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/seam.h"
#include "base/time.h"

namespace comity::crypto {

struct PasswordHash {
  std::string text;
};

// The salt is drawn from `entropy`.
Result<PasswordHash> hash_password(std::string_view password, Entropy& entropy,
                                   Duration patience = seconds(10));

// Nothing, if the password is the one. Otherwise unauthenticated, busy, too_large, or corrupt: `stored` is no hash made
// here, or one with other costs.
Result<void> verify_password(PasswordHash const* stored, std::string_view password,
                             Duration patience = seconds(2));

// Whether `text` is a hash that verify_password would check: of this form and with these costs.
bool is_password_hash(std::string_view text);

}  // namespace comity::crypto
