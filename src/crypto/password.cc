#include "crypto/password.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "crypto/sodium.h"

namespace comity::crypto {
namespace {

constexpr unsigned long long passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr size_t memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
constexpr char prefix[] = "$argon2id$v=19$m=65536,t=2,p=1$";

// An honest salt and 32 octets that argon2id did not make: checked for users who do not exist (C7).
constexpr char nobody[] =
    "$argon2id$v=19$m=65536,t=2,p=1$Y29taXR5LW5vYm9keS0xMA$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4";

// Places to work in. A counting semaphore, but std::counting_semaphore of libstdc++ 12 can miss a release while it waits.
class Places {
 public:
  explicit Places(int places) : free_(places) {}

  class Taken {
   public:
    explicit Taken(Places& places) : places_(&places) {}
    Taken(Taken&& other) noexcept : places_(std::exchange(other.places_, nullptr)) {}
    ~Taken() {
      if (places_) places_->give_back();
    }

   private:
    Places* places_;
  };

  std::optional<Taken> take(Duration patience) {
    std::unique_lock lock(mutex_);
    bool const free =
        given_back_.wait_for(lock, std::chrono::microseconds(patience.us), [this] { return free_ > 0; });
    if (!free) return std::nullopt;
    --free_;
    return Taken(*this);
  }

 private:
  void give_back() {
    {
      std::lock_guard const lock(mutex_);
      ++free_;
    }
    given_back_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable given_back_;
  int free_;
};

Result<Places::Taken> in(Places& places, Duration patience) {
  auto taken = places.take(patience);
  if (!taken) return fail(ErrorCode::busy, "too many passwords at once, try again in a moment");
  return std::move(*taken);
}

Result<Places::Taken> take_place(std::string_view password, Duration patience) {
  static Places places(limits::password_checks_at_once);
  if (password.size() > limits::password_bytes) return fail(ErrorCode::too_large, "a password that long");
  sodium_ready();
  return in(places, patience);
}

template <size_t N>
std::string unpadded_base64(std::array<uint8_t, N> const& octets) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  char text[sodium_base64_ENCODED_LEN(N, variant)];
  return sodium_bin2base64(text, sizeof text, octets.data(), N, variant);
}

}  // namespace

Result<PasswordHash> hash_password(std::string_view password, Entropy& entropy, Duration patience) {
  if (password.size() > limits::password_bytes) return fail(ErrorCode::too_large, "a password that long");
  static Places hashing(limits::password_hashes_at_once);
  auto const turn = TRY(in(hashing, patience));
  auto const place = TRY(take_place(password, patience));
  std::array<uint8_t, crypto_pwhash_SALTBYTES> salt;
  entropy.fill(salt);
  std::array<uint8_t, 32> hash;
  if (crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), salt.data(), passes, memory,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::busy, "no memory for a password hash");
  }
  return PasswordHash{prefix + unpadded_base64(salt) + "$" + unpadded_base64(hash)};
}

Result<void> verify_password(PasswordHash const* stored, std::string_view password, Duration patience) {
  std::string const text = stored ? stored->text : nobody;
  if (!is_password_hash(text)) {
    return fail(ErrorCode::corrupt, "not a password hash of this centre");
  }
  auto const place = TRY(take_place(password, patience));
  errno = 0;
  if (crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) != 0) {
    if (errno == ENOMEM) return fail(ErrorCode::busy, "no memory to check a password");
    return fail(ErrorCode::unauthenticated, "wrong user or password");
  }
  return {};
}

bool is_password_hash(std::string_view text) {
  sodium_ready();
  return text.starts_with(prefix) && text.find('\0') == text.npos &&
         crypto_pwhash_str_needs_rehash(std::string(text).c_str(), passes, memory) == 0;
}

}  // namespace comity::crypto
