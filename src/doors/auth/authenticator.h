// The front door's keeper: from the Authorization of a request to a Principal (15-forms 1; 25-isolation C5, C6, C7, C9).
//
//   Basic   user name and password of a client (`ru/general-staff/feed`) or of a person (`anna@ru`). A person acts as the
//           office that the header `Comity-Office` names, without it as the first of its offices. A person who has a second
//           factor gives a code of it in `Comity-Code`; each code counts once (second_factor.h)
//   Bearer  a token of the built-in issuer, for the office it was issued for; or one of an issuer that a party registered, for
//           the client of that party whom it is about (C5)
//   TLS     a certificate whose common name is that of a client and whose key is the one pinned for it
//           (crypto/certificate_pin.h). It counts only where there is no Authorization, and never from a browser, which
//           would show it whatever page asks for it (C9)
//
// Cookies and anything in the URL are never looked at (C9).
//
// Promises
//   - An unknown user, a wrong password, a revoked one, a wrong code or none: the same work and the same answer (C7).
//   - No password is checked on the caller's thread: argon2id takes 58 ms. Two threads do it, from a bounded queue.
//     Equal credentials that come while they are being checked share one check.
//   - What has been verified is believed for limits::credential_cache under a keyed digest, never as text. Whoever it
//     was is looked up again each time (principal.h), so a revocation or a new password ends it at once. What came with a
//     code is not: the next time there is another one.
//   - Failures are counted for the user name, known or not, and for the source address (back_off.h); of tokens for the source
//     address alone, and apart, so that neither kind of failure holds up the other kind of credential.
// `done` is called once: at once on the caller's thread, or later on one of the two.
// Thread-safe. Whoever destroys it has stopped the server first.
#pragma once

#include <expected>
#include <functional>
#include <memory>

#include "crypto/totp.h"
#include "doors/auth/principal.h"
#include "doors/http/message.h"
#include "doors/http/reply.h"
#include "sequencer/centre.h"

namespace comity::auth {

struct Denial {
  enum class Why : uint8_t {
    unauthenticated,  // no credential, or one that does not hold: 401
    wrong_office,     // the credential holds, and is not for the office that the header names: 403
    backing_off,      // too many failures of this user name, or from this address: 429
    busy,             // too many passwords are being checked (global): 503
  };
  Why why = Why::unauthenticated;
  Duration retry_after = {};  // zero: nothing is said
};

int status_of(Denial const& denial);
// WWW-Authenticate and Retry-After, as they belong to the denial.
void add_fields(Denial const& denial, http::Headers& headers);
// The whole answer as application/problem+json, for doors without a form of their own.
http::Reply reply_of(Denial const& denial);

using Outcome = std::expected<Principal, Denial>;

// For the operator: how many, never who.
struct Throttled {
  size_t users = 0, addresses = 0;  // that have to wait after failures
  size_t checks = 0;                // credentials that are being checked or wait for it
};

// What a person types (doors/console).
struct SignIn {
  std::string person, password, code, office;  // no code, no office: empty
};

class Authenticator {
 public:
  explicit Authenticator(sequencer::Centre& centre);
  ~Authenticator();

  using Done = std::function<void(Outcome&&)>;
  void authenticate(http::Request const& request, Done done);
  // The same work for whoever types a user name; only persons come in.
  void sign_in(SignIn typed, http::Request const& request, Done done);
  // Somebody whom a door knows already, as the law and its credential have it now.
  Outcome come_in(Principal const& known) const;
  // Whether a code of that secret counts, which it then did.
  bool takes_code(uint32_t person, crypto::TotpSecret const& secret, std::string_view code);

  sequencer::Centre& centre() const;
  Throttled throttled() const;

 private:
  class Keeper;
  std::unique_ptr<Keeper> keeper_;
};

}  // namespace comity::auth
