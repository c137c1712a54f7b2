// Tokens of F3548 from strangers: none holds that no key of the issuers signed, whatever it says of itself; and nothing but the answer
// comes of it.
#include "forms/f3548_token.h"

#include "base/ensure.h"
#include "crypto/ed25519.h"
#include "crypto/sha256.h"
#include "crypto/token_key.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  constexpr UtcTime now{1'767'225'600'000'000};  // 2026-01-01
  static forms::TokenTrust const trust = [] {
    auto const key = crypto::SecretKey::from_seed(Bytes(crypto::sha256("fuzz").view()));
    auto const made = crypto::token_key_of_ed25519(key->public_key().view());
    return forms::TokenTrust{{{"", "", model::TokenAlgorithm::eddsa, made->der}}, {"dss.example"}};
  }();
  auto const token = forms::read_f3548_token({reinterpret_cast<char const*>(data), size}, trust, now);
  ensure(!token && token.error().code == ErrorCode::unauthenticated && !token.error().detail.empty());
  return 0;
}
