// Credentials that were verified a short while ago, by keyed digest (30-exchange: passwords are slow by design).
//
// An entry says whom a password or token belonged to when it was verified; whether that still counts is asked of the law
// each time (principal.h). The key is random for each process, so nothing that could be attacked later is written
// anywhere. Bounded: the oldest of the office that has most makes room, so that nobody's tokens put another's credentials out.
// Times are of a monotonic clock. Thread-safe.
#pragma once

#include <deque>
#include <map>
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
  explicit Verified(Entropy& entropy) : Verified(crypto::SymmetricKey::generate(entropy)) {}
  // An empty table with names by the same key, which say what they are names of.
  Verified another() const { return Verified(crypto::SymmetricKey::from(key_.view()).value()); }

  Digest name_of(std::string_view user, std::string_view password) const {
    return crypto::prf(key_, "password", user, password);
  }
  // Of nothing that comes again.
  Digest name_of_check(uint64_t number) const { return crypto::prf(key_, "check", number); }
  // A token of another issuer may speak for one client in one office and for another in another; the centre's own is for one, and
  // named without.
  Digest name_of_token(std::string_view token, std::string_view office) const {
    return crypto::prf(key_, "token", token, office);
  }
  // Of a purpose of its own: nobody's user name and password are anybody's certificate.
  Digest name_of(http::PeerCertificate const& certificate) const {
    return crypto::prf(key_, "certificate", certificate.common_name, certificate.key.view());
  }

  std::optional<Principal> find(Digest const& name, int64_t now_us) const;
  // Also of one that was verified too long ago to be believed.
  bool knew(Digest const& name) const;
  void keep(Digest const& name, Principal principal, OfficeKey office, int64_t now_us);
  void drop(Digest const& name);

 private:
  explicit Verified(crypto::SymmetricKey key) : key_(std::move(key)) {}

  struct Entry {
    Principal principal;
    int64_t until_us = 0;
  };

  crypto::SymmetricKey const key_;
  mutable std::mutex mutex_;
  std::unordered_map<Digest, Entry, DigestHash> entries_;
  // Of each office, oldest first; they may name entries that were dropped.
  std::map<OfficeKey, std::deque<Digest>> order_;
  size_t named_ = 0;  // in all of them
};

}  // namespace comity::auth
