#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "base/ensure.h"
#include "crypto/jwt.h"

namespace comity::crypto {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, Free>;
using Buffer = std::unique_ptr<BIO, Free>;

std::string text_of(Buffer const& buffer) {
  char* data = nullptr;
  long const size = BIO_get_mem_data(buffer.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

std::string written_public(KeyHandle const& key) {
  Buffer const buffer(BIO_new(BIO_s_mem()));
  ensure(buffer && PEM_write_bio_PUBKEY(buffer.get(), key.get()) == 1);
  return text_of(buffer);
}

// Without this, OpenSSL would ask the terminal for the passphrase of an encrypted key.
int no_passphrase(char*, int, int, void*) { return -1; }

bool is_on_p256(KeyHandle const& key) {
  char curve[32] = {};
  return EVP_PKEY_is_a(key.get(), "EC") == 1 &&
         EVP_PKEY_get_group_name(key.get(), curve, sizeof curve, nullptr) == 1 &&
         std::string_view(curve) == "prime256v1";
}

}  // namespace

Es256Key Es256Key::generate() {
  KeyHandle const key(EVP_EC_gen("P-256"));
  Buffer const buffer(BIO_new(BIO_s_secmem()));
  ensure(key && buffer);
  ensure(PEM_write_bio_PKCS8PrivateKey(buffer.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return {SecretText(text_of(buffer)), written_public(key)};
}

Result<Es256Key> Es256Key::from(SecretText private_pem) {
  std::string const& text = private_pem.text();
  Buffer const buffer(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  ensure(buffer);
  KeyHandle const key(PEM_read_bio_PrivateKey(buffer.get(), nullptr, no_passphrase, nullptr));
  if (!key || !is_on_p256(key)) return fail(ErrorCode::corrupt, "not a private key on the curve P-256");
  return Es256Key{std::move(private_pem), written_public(key)};
}

}  // namespace comity::crypto
