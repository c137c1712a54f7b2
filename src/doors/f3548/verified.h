// Tokens that were verified a short while ago, by keyed digest, and whom each is about.
//
// An entry holds until its token is over, or until the issuers' keys change: what was verified by keys before is not entered any more,
// however long its request took. Bounded: when it is full it begins anew, so that no
// flood of tokens makes it grow; a token that holds costs one check of a signature then. Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/seam.h"
#include "crypto/sha256.h"
#include "forms/f3548_token.h"

namespace comity::f3548 {

struct Caller {
  std::string subject;
  forms::Scopes scopes = 0;
  UtcTime until;
  ClientKey client;  // none: not enrolled yet
  OfficeKey office;
  uint64_t trusted = 0;  // the issuers' keys by which it was verified
};

class Verified {
 public:
  Verified(Entropy& entropy, forms::TokenTrust trust)
      : key_(crypto::SymmetricKey::generate(entropy)), trust_(std::move(trust)) {}

  // Whom the token is about; none if it does not hold now.
  std::optional<Caller> find(std::string_view token, UtcTime now);
  // Whom it is about has become a party; as `find` gave it.
  void enrolled(std::string_view token, Caller const& caller);
  void trust(forms::TokenTrust trust);

 private:
  static constexpr size_t most = 10'000;

  crypto::SymmetricKey const key_;
  std::shared_mutex mutex_;
  forms::TokenTrust trust_;
  uint64_t trusted_ = 0;  // moves with the keys
  std::unordered_map<Digest, Caller, DigestHash> known_;
};

}  // namespace comity::f3548
