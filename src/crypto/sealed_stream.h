// Sealing more than fits into memory to whoever holds one private key: what keeps a backup from who steals it.
//
// A RecipientKey is an X25519 pair, made for this and used for nothing else (25-isolation G8: one key, one purpose). For each
// stream a key of its own is drawn and sealed to the public key (libsodium's sealed box); the pieces are encrypted under
// it, each bound to its place (libsodium's secretstream, XChaCha20-Poly1305). Whoever seals keeps nothing with which to open.
//
// Promises: a piece that was changed, left out, doubled or moved does not open, and neither does what follows it; the last
// piece says that it is, so a stream that was cut off is told from a whole one. Not promised: who sealed it. Anybody can
// seal to a public key. Lengths and number of pieces show.
//
// `beside` is authenticated with a piece and not in it. Errors: bad_input, one message for all reasons. A stream belongs to
// one thread at a time.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/seam.h"
#include "crypto/secret.h"

namespace comity::crypto {

struct RecipientPublicKey {
  std::array<uint8_t, 32> octets{};
  static Result<RecipientPublicKey> from(BytesView octets);
  BytesView view() const { return {reinterpret_cast<char const*>(octets.data()), octets.size()}; }
  // `x25519:` and the first 16 hexadecimal digits of SHA-256 of the octets.
  std::string id() const;
};

class RecipientKey {
 public:
  static RecipientKey generate(Entropy& entropy);
  static Result<RecipientKey> from(BytesView octets);
  BytesView view() const { return octets_.view(); }
  RecipientPublicKey public_key() const;

 private:
  SecretOctets<32> octets_;
};

Bytes seal_key(RecipientPublicKey const& recipient, SymmetricKey const& key);
Result<SymmetricKey> open_key(RecipientKey const& recipient, BytesView sealed);

enum class Piece : uint8_t { another, last };

class StreamSealer {
 public:
  explicit StreamSealer(SymmetricKey const& key);
  StreamSealer(StreamSealer&&) noexcept;
  ~StreamSealer();
  // What the opener needs besides the key; no secret.
  Bytes const& header() const { return header_; }
  Bytes seal(BytesView piece, BytesView beside, Piece which);

 private:
  struct State;
  std::unique_ptr<State> state_;
  Bytes header_;
};

class StreamOpener {
 public:
  static Result<StreamOpener> begin(SymmetricKey const& key, BytesView header);
  StreamOpener(StreamOpener&&) noexcept;
  ~StreamOpener();

  struct Opened {
    Bytes bytes;
    Piece which = Piece::another;
  };
  Result<Opened> open(BytesView sealed, BytesView beside);

 private:
  struct State;
  explicit StreamOpener(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace comity::crypto
