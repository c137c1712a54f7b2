// Credentials that were verified a short while ago, by keyed digest (30-exchange: passwords are slow by design).
//
// An entry says whom a password or token belonged to when it was verified; whether that still counts is asked of the law
// each time (principal.h). The key is random for each process, so nothing that could be attacked later is written
// anywhere. Bounded: the oldest makes room. Times are of a monotonic clock. Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "crypto/sha256.h"
#include "doors/auth/principal.h"
#include "doors/http/message.h"

namespace comity::auth {

class Verified {
 public:
  explicit Verified(Entropy& entropy) : key_(crypto::SymmetricKey::generate(entropy)) {}

  Digest name_of(std::string_view user, std::string_view password) const {
    return crypto::prf(key_, "password", user, password);
  }
  // A token of another issuer may speak for one client in one office and for another in another.
  Digest name_of_token(std::string_view token, std::string_view office) const {
    return crypto::prf(key_, "token", token, office);
  }
  // Of a purpose of its own: nobody's user name and password are anybody's certificate.
  Digest name_of(http::PeerCertificate const& certificate) const {
    return crypto::prf(key_, "certificate", certificate.common_name, certificate.key.view());
  }

  std::optional<Principal> find(Digest const& name, int64_t now_us) const;
  void keep(Digest const& name, Principal principal, int64_t now_us);
  void drop(Digest const& name);

 private:
  struct Entry {
    Principal principal;
    int64_t until_us = 0;
  };

  crypto::SymmetricKey const key_;
  mutable std::mutex mutex_;
  std::unordered_map<Digest, Entry, DigestHash> entries_;
  std::deque<Digest> order_;  // oldest first; may name entries that were dropped
};

}  // namespace comity::auth
