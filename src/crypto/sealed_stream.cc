#include "crypto/sealed_stream.h"

#include <algorithm>

#include "crypto/sha256.h"
#include "crypto/sodium.h"

namespace comity::crypto {
namespace {

std::unexpected<Error> does_not_open() {
  return fail(ErrorCode::bad_input,
              "it does not open with this key: it was sealed to another one, or its bytes were changed");
}

}  // namespace

Result<RecipientPublicKey> RecipientPublicKey::from(BytesView bytes) {
  RecipientPublicKey key;
  if (bytes.size() != key.octets.size())
    return fail(ErrorCode::bad_input, "the public key of a recipient has 32 octets");
  std::ranges::copy(bytes, key.octets.begin());
  return key;
}

std::string RecipientPublicKey::id() const { return "x25519:" + to_hex(sha256(view())).substr(0, 16); }

RecipientKey RecipientKey::generate(Entropy& entropy) {
  RecipientKey key;
  entropy.fill({key.octets_.data(), 32});
  return key;
}

Result<RecipientKey> RecipientKey::from(BytesView bytes) {
  if (bytes.size() != 32) return fail(ErrorCode::bad_input, "the key of a recipient has 32 octets");
  RecipientKey key;
  std::ranges::copy(bytes, key.octets_.data());
  return key;
}

RecipientPublicKey RecipientKey::public_key() const {
  sodium_ready();
  RecipientPublicKey key;
  ensure(crypto_scalarmult_base(key.octets.data(), octets_.data()) == 0);
  return key;
}

Bytes seal_key(RecipientPublicKey const& recipient, SymmetricKey const& key) {
  sodium_ready();
  Bytes sealed(SymmetricKey::size + crypto_box_SEALBYTES, '\0');
  ensure(crypto_box_seal(octets(sealed), key.data(), SymmetricKey::size, recipient.octets.data()) == 0);
  return sealed;
}

Result<SymmetricKey> open_key(RecipientKey const& recipient, BytesView sealed) {
  sodium_ready();
  if (sealed.size() != SymmetricKey::size + crypto_box_SEALBYTES) return does_not_open();
  SecretOctets<SymmetricKey::size> opened;
  auto const* own = reinterpret_cast<uint8_t const*>(recipient.view().data());
  if (crypto_box_seal_open(opened.data(), octets(sealed), sealed.size(), recipient.public_key().octets.data(),
                           own) != 0)
    return does_not_open();
  return SymmetricKey::from(opened.view());
}

struct StreamSealer::State {
  crypto_secretstream_xchacha20poly1305_state stream;
  ~State() { wipe(&stream, sizeof stream); }
};

StreamSealer::StreamSealer(SymmetricKey const& key)
    : state_(std::make_unique<State>()), header_(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0') {
  sodium_ready();
  ensure(crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, octets(header_), key.data()) == 0);
}

StreamSealer::StreamSealer(StreamSealer&&) noexcept = default;
StreamSealer::~StreamSealer() = default;

Bytes StreamSealer::seal(BytesView piece, BytesView beside, Piece which) {
  Bytes sealed(piece.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
  uint8_t const tag = which == Piece::last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  ensure(crypto_secretstream_xchacha20poly1305_push(&state_->stream, octets(sealed), nullptr, octets(piece),
                                                    piece.size(), octets(beside), beside.size(), tag) == 0);
  return sealed;
}

struct StreamOpener::State {
  crypto_secretstream_xchacha20poly1305_state stream;
  ~State() { wipe(&stream, sizeof stream); }
};

StreamOpener::StreamOpener(std::unique_ptr<State> state) : state_(std::move(state)) {}
StreamOpener::StreamOpener(StreamOpener&&) noexcept = default;
StreamOpener::~StreamOpener() = default;

Result<StreamOpener> StreamOpener::begin(SymmetricKey const& key, BytesView header) {
  sodium_ready();
  auto state = std::make_unique<State>();
  if (header.size() != crypto_secretstream_xchacha20poly1305_HEADERBYTES ||
      crypto_secretstream_xchacha20poly1305_init_pull(&state->stream, octets(header), key.data()) != 0)
    return does_not_open();
  return StreamOpener(std::move(state));
}

Result<StreamOpener::Opened> StreamOpener::open(BytesView sealed, BytesView beside) {
  if (sealed.size() < crypto_secretstream_xchacha20poly1305_ABYTES) return does_not_open();
  Opened opened{Bytes(sealed.size() - crypto_secretstream_xchacha20poly1305_ABYTES, '\0')};
  uint8_t tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, octets(opened.bytes), nullptr, &tag,
                                                 octets(sealed), sealed.size(), octets(beside),
                                                 beside.size()) != 0)
    return does_not_open();
  if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) opened.which = Piece::last;
  return opened;
}

}  // namespace comity::crypto
