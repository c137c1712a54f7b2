#include "crypto/token_key.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <cstring>
#include <memory>

#include "base/ensure.h"
#include "base/limits.h"
#include "crypto/ed25519.h"
#include "crypto/sha256.h"
#include "crypto/sodium.h"

namespace comity::crypto {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
  void operator()(OSSL_PARAM* params) const { OSSL_PARAM_free(params); }
  void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

constexpr size_t curve_octets = 32;
// What stands before the 65 octets of a point, and the 32 of an Ed25519 key, in a SubjectPublicKeyInfo (RFC 5480, RFC 8410).
constexpr std::string_view point_head(
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00"
    "\x04",
    27);
constexpr std::string_view ed25519_head("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);

constexpr std::string_view p256_base_x(
    "\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2"
    "\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96",
    curve_octets);
constexpr std::string_view p256_base_y(
    "\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16"
    "\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5",
    curve_octets);

uint8_t const* start(BytesView bytes) { return reinterpret_cast<uint8_t const*>(bytes.data()); }

Owned<EVP_PKEY> parsed(BytesView der) {
  uint8_t const* at = start(der);
  Owned<EVP_PKEY> key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  return at == start(der) + der.size() ? std::move(key) : nullptr;
}

Bytes written(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  int const size = i2d_PUBKEY(key, &der);
  Bytes out(reinterpret_cast<char const*>(der), size > 0 ? static_cast<size_t>(size) : 0);
  OPENSSL_free(der);
  return out;
}

bool is_p256(EVP_PKEY* key) {
  char curve[32] = {};
  return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, curve, sizeof curve, nullptr) == 1 &&
         std::string_view(curve) == "prime256v1";
}

// With an exponent of one, everything would be signed; and a check takes as long as it has bits.
bool has_sound_exponent(EVP_PKEY* key) {
  BIGNUM* found = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &found) != 1) return false;
  Owned<BIGNUM> const exponent(found);
  return BN_is_odd(exponent.get()) && !BN_is_one(exponent.get()) &&
         BN_num_bits(exponent.get()) <= limits::rsa_exponent_bits;
}

// With a point of small order, one signature would hold for many texts.
bool is_sound_point(EVP_PKEY* key) {
  sodium_ready();
  uint8_t point[crypto_core_ed25519_BYTES];
  size_t size = sizeof point;
  return EVP_PKEY_get_raw_public_key(key, point, &size) == 1 && size == sizeof point &&
         crypto_core_ed25519_is_valid_point(point) == 1;
}

bool fits(TokenAlgorithm algorithm, EVP_PKEY* key) {
  int const bits = EVP_PKEY_get_bits(key);
  switch (algorithm) {
    case TokenAlgorithm::rs256:
      return EVP_PKEY_is_a(key, "RSA") == 1 && bits >= limits::rsa_key_bits_least &&
             bits <= limits::rsa_key_bits_most && has_sound_exponent(key);
    case TokenAlgorithm::es256: return is_p256(key);
    case TokenAlgorithm::eddsa: return EVP_PKEY_is_a(key, "ED25519") == 1 && is_sound_point(key);
  }
  return false;
}

std::unexpected<Error> no_key() {
  return fail(ErrorCode::bad_input,
              "not a public key for RS256 (2,048 to 8,192 bits, an exponent of at most 32), ES256 (P-256) or "
              "EdDSA (Ed25519)");
}

Result<PublicTokenKey> of_key(Owned<EVP_PKEY> const& key) {
  if (key)
    for (auto const algorithm : {TokenAlgorithm::rs256, TokenAlgorithm::es256, TokenAlgorithm::eddsa})
      if (fits(algorithm, key.get()))
        return PublicTokenKey{algorithm, TRY(read_token_key(algorithm, written(key.get())))};
  return no_key();
}

Result<PublicTokenKey> of_der(BytesView der) { return of_key(parsed(der)); }

// ECDSA_SIG in DER, of r and s as a token has them.
Bytes der_signature(BytesView raw) {
  Owned<ECDSA_SIG> const signature(ECDSA_SIG_new());
  BIGNUM* const r = BN_bin2bn(start(raw), curve_octets, nullptr);
  BIGNUM* const s = BN_bin2bn(start(raw) + curve_octets, curve_octets, nullptr);
  ECDSA_SIG_set0(signature.get(), r, s);
  unsigned char* der = nullptr;
  int const size = i2d_ECDSA_SIG(signature.get(), &der);
  Bytes out(reinterpret_cast<char const*>(der), size > 0 ? static_cast<size_t>(size) : 0);
  OPENSSL_free(der);
  return out;
}

}  // namespace

Result<Bytes> read_token_key(TokenAlgorithm algorithm, BytesView der) {
  if (der.size() > limits::issuer_key_octets) return no_key();
  auto const key = parsed(der);
  if (!key || !fits(algorithm, key.get())) return no_key();
  if (written(key.get()) != der) return no_key();  // one key, one text
  return Bytes(der);
}

Result<PublicTokenKey> token_key_of_pem(BytesView pem) {
  auto const reader = [&] { return Owned<BIO>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); };
  if (Owned<EVP_PKEY> const key{PEM_read_bio_PUBKEY(reader().get(), nullptr, nullptr, nullptr)})
    return of_key(key);
  Owned<X509> const certificate(PEM_read_bio_X509(reader().get(), nullptr, nullptr, nullptr));
  if (!certificate) return no_key();
  return of_key(Owned<EVP_PKEY>(X509_get_pubkey(certificate.get())));
}

Result<PublicTokenKey> token_key_of_rsa(RsaNumbers const& numbers) {
  if (numbers.modulus.size() > limits::issuer_key_octets || numbers.exponent.size() > 8) return no_key();
  auto const number = [](Bytes const& octets) {
    return Owned<BIGNUM>(BN_bin2bn(start(octets), static_cast<int>(octets.size()), nullptr));
  };
  auto const n = number(numbers.modulus), e = number(numbers.exponent);
  Owned<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return no_key();
  Owned<OSSL_PARAM> const params(OSSL_PARAM_BLD_to_param(builder.get()));
  Owned<EVP_PKEY_CTX> const context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (!params || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return no_key();
  return of_key(Owned<EVP_PKEY>(made));
}

Result<PublicTokenKey> token_key_of_point(CurvePoint const& point) {
  if (point.x.size() != curve_octets || point.y.size() != curve_octets) return no_key();
  return of_der(Bytes(point_head) + point.x + point.y);
}

Result<PublicTokenKey> token_key_of_ed25519(BytesView octets) {
  return of_der(Bytes(ed25519_head) + Bytes(octets));
}

std::string token_key_id(TokenAlgorithm algorithm, BytesView der) {
  auto const octets = der.substr(std::min(der.size(), ed25519_head.size()));
  if (auto const key = PublicKey::from(octets); algorithm == TokenAlgorithm::eddsa && key)
    return key_id(*key);
  return "sha256:" + to_hex(sha256(der)).substr(0, 16);
}

bool holds(TokenAlgorithm algorithm, BytesView der, SignedText const& token) {
  auto const key = parsed(der);
  if (!key || !fits(algorithm, key.get())) return false;
  bool const on_curve = algorithm == TokenAlgorithm::es256;
  if (on_curve && token.signature.size() != 2 * curve_octets) return false;
  Bytes const signature = on_curve ? der_signature(token.signature) : Bytes(token.signature);
  EVP_MD const* const hash = algorithm == TokenAlgorithm::eddsa ? nullptr : EVP_sha256();
  Owned<EVP_MD_CTX> const context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), start(signature), signature.size(), start(token.text),
                          token.text.size()) == 1;
}

// A modulus of ones, whose factors nobody looks for; the base points of the two curves.
static Bytes nobodys_key(TokenAlgorithm algorithm) {
  auto const made = [&] {
    switch (algorithm) {
      case TokenAlgorithm::rs256: return token_key_of_rsa({Bytes(256, '\xff'), Bytes("\x01\x00\x01", 3)});
      case TokenAlgorithm::es256: return token_key_of_point({Bytes(p256_base_x), Bytes(p256_base_y)});
      case TokenAlgorithm::eddsa: return token_key_of_ed25519(Bytes("\x58") + Bytes(31, '\x66'));
    }
    return Result<PublicTokenKey>(no_key());
  }();
  ensure(made.has_value());
  return made->der;
}

void check_in_vain(TokenAlgorithm algorithm, SignedText const& token) {
  static Bytes const rsa = nobodys_key(TokenAlgorithm::rs256), curve = nobodys_key(TokenAlgorithm::es256),
                     edwards = nobodys_key(TokenAlgorithm::eddsa);
  bool const is_rsa = algorithm == TokenAlgorithm::rs256, is_curve = algorithm == TokenAlgorithm::es256;
  holds(algorithm, is_rsa ? rsa : is_curve ? curve : edwards, token);
}

}  // namespace comity::crypto
