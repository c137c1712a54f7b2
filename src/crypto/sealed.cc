#include "crypto/sealed.h"

#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "crypto/sodium.h"

namespace comity::crypto {
namespace {

constexpr size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t block = 32;

struct Keys {
  explicit Keys(SymmetricKey const& key) {
    Digest box_key = prf(key, "comity/seal/box"), nonce_key = prf(key, "comity/seal/nonce");
    box = *SymmetricKey::from(box_key.view());
    nonce = *SymmetricKey::from(nonce_key.view());
    wipe(box_key.octets.data(), box_key.octets.size());
    wipe(nonce_key.octets.data(), nonce_key.octets.size());
  }
  SymmetricKey box, nonce;
};

Bytes nonce_of(Keys const& keys, TokenContext context, BytesView content) {
  return Bytes(prf(keys.nonce, context.text, content).view().substr(0, nonce_size));
}

Bytes padded(BytesView content) {
  Bytes bytes(content);
  bytes.resize((content.size() / block + 1) * block);
  size_t size = 0;
  ensure(sodium_pad(&size, octets(bytes), content.size(), block, bytes.size()) == 0 && size == bytes.size());
  return bytes;
}

}  // namespace

std::string seal(SymmetricKey const& key, TokenContext context, BytesView content) {
  sodium_ready();
  Keys const keys(key);
  Bytes const plain = padded(content), nonce = nonce_of(keys, context, content);
  Bytes token = nonce;
  token.resize(nonce_size + plain.size() + tag_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(token) + nonce_size, nullptr, octets(plain), plain.size(),
                                             octets(context.text), context.text.size(), nullptr,
                                             octets(nonce), keys.box.data());
  return to_base64url(token);
}

Result<Bytes> open(SymmetricKey const& key, TokenContext context, std::string_view token) {
  sodium_ready();
  auto const refused = [] { return fail(ErrorCode::bad_input, "not a token of this centre for this use"); };
  auto const bytes = from_base64url(token);
  if (!bytes || bytes->size() < nonce_size + block + tag_size) return refused();
  Keys const keys(key);
  BytesView const nonce = BytesView(*bytes).substr(0, nonce_size), box = BytesView(*bytes).substr(nonce_size);
  Bytes content(box.size() - tag_size, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(octets(content), nullptr, nullptr, octets(box), box.size(),
                                                 octets(context.text), context.text.size(), octets(nonce),
                                                 keys.box.data()) != 0) {
    return refused();
  }
  size_t size = 0;
  if (sodium_unpad(&size, octets(content), content.size(), block) != 0) return refused();
  content.resize(size);
  if (nonce_of(keys, context, content) != nonce) return refused();
  return content;
}

}  // namespace comity::crypto
