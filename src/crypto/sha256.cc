#include "crypto/sha256.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <optional>

#include "base/ensure.h"

namespace comity::crypto {
namespace {

template <class T, void (*free)(T*)>
struct FreeWith {
  void operator()(T* thing) const { free(thing); }
};
using Algorithm = std::unique_ptr<EVP_MD, FreeWith<EVP_MD, EVP_MD_free>>;
using Mac = std::unique_ptr<EVP_MAC, FreeWith<EVP_MAC, EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeWith<EVP_MAC_CTX, EVP_MAC_CTX_free>>;

// Fetching by name costs more than hashing a small message, so it is done once per thread.
EVP_MD const* algorithm() {
  static thread_local Algorithm const fetched(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  ensure(fetched);
  return fetched.get();
}

MacContext new_mac_context() {
  Mac const mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  ensure(mac);
  MacContext context(EVP_MAC_CTX_new(mac.get()));
  char digest[] = "SHA256";
  OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  ensure(context && EVP_MAC_CTX_set_params(context.get(), parameters) == 1);
  return context;
}

EVP_MAC_CTX* mac_begin(BytesView key) {
  static thread_local MacContext const context = new_mac_context();
  // A null key would mean "the key of last time".
  auto const* octets = reinterpret_cast<unsigned char const*>(key.empty() ? "" : key.data());
  ensure(EVP_MAC_init(context.get(), octets, key.size(), nullptr) == 1);
  return context.get();
}

void mac_update(EVP_MAC_CTX* context, BytesView bytes) {
  ensure(EVP_MAC_update(context, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()) == 1);
}

Digest mac_finish(EVP_MAC_CTX* context) {
  Digest digest;
  size_t size = 0;
  ensure(EVP_MAC_final(context, digest.octets.data(), &size, digest.octets.size()) == 1 && size == 32);
  return digest;
}

using MdContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX, EVP_MD_CTX_free>>;

// HMAC (RFC 2104) under a key of the centre, with the two blocks of the key hashed once: a message then costs half of what
// it costs through EVP_MAC, which hashes them each time.
class KeyedHash {
 public:
  explicit KeyedHash(SymmetricKey const& key)
      : key_(key), inner_(EVP_MD_CTX_new()), outer_(EVP_MD_CTX_new()), work_(EVP_MD_CTX_new()) {
    begin(inner_.get(), 0x36);
    begin(outer_.get(), 0x5c);
  }
  bool is_of(SymmetricKey const& key) const { return key_.view() == key.view(); }

  void start() { ensure(EVP_MD_CTX_copy_ex(work_.get(), inner_.get()) == 1); }
  void update(BytesView bytes) { ensure(EVP_DigestUpdate(work_.get(), bytes.data(), bytes.size()) == 1); }
  Digest finish() {
    Digest digest;
    ensure(EVP_DigestFinal_ex(work_.get(), digest.octets.data(), nullptr) == 1);
    ensure(EVP_MD_CTX_copy_ex(work_.get(), outer_.get()) == 1);
    update(digest.view());
    ensure(EVP_DigestFinal_ex(work_.get(), digest.octets.data(), nullptr) == 1);
    return digest;
  }

 private:
  void begin(EVP_MD_CTX* context, uint8_t pad) const {
    SecretOctets<64> block;
    for (size_t i = 0; i < 64; ++i)
      block.data()[i] = static_cast<uint8_t>((i < SymmetricKey::size ? key_.data()[i] : 0) ^ pad);
    ensure(context && work_ && EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1);
    ensure(EVP_DigestUpdate(context, block.data(), 64) == 1);
  }

  SymmetricKey const key_;
  MdContext const inner_, outer_, work_;
};

// A centre has a handful of keys; more than these take turns.
KeyedHash& keyed(SymmetricKey const& key) {
  static thread_local std::array<std::optional<KeyedHash>, 8> known;
  static thread_local size_t next = 0;
  for (auto& one : known)
    if (one && one->is_of(key)) return *one;
  return known[next++ % known.size()].emplace(key);
}

void add_part(KeyedHash& hash, BytesView bytes) {
  auto const size = PrfPart::octets_of(bytes.size());
  hash.update({size.data(), size.size()});
  hash.update(bytes);
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  ensure(context_ && EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr) == 1);
}

Sha256& Sha256::update(BytesView bytes) {
  ensure(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  ensure(EVP_DigestFinal_ex(context_.get(), digest.octets.data(), nullptr) == 1);
  ensure(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1);
  return digest;
}

Digest sha256(BytesView bytes) {
  static thread_local Sha256 reused;
  return reused.update(bytes).finish();
}

Digest hmac_sha256(BytesView key, BytesView data) {
  EVP_MAC_CTX* const context = mac_begin(key);
  mac_update(context, data);
  return mac_finish(context);
}

Digest hmac_under(SymmetricKey const& key, BytesView data) {
  KeyedHash& hash = keyed(key);
  hash.start();
  hash.update(data);
  return hash.finish();
}

Digest prf(SymmetricKey const& key, std::string_view purpose, std::initializer_list<PrfPart> parts) {
  KeyedHash& hash = keyed(key);
  hash.start();
  add_part(hash, purpose);
  for (auto const& part : parts) add_part(hash, part.bytes());
  return hash.finish();
}

}  // namespace comity::crypto
