#include "crypto/totp.h"

#include <liboath/oath.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "base/ensure.h"
#include "base/limits.h"
#include "crypto/base64.h"

namespace comity::crypto {
namespace {

constexpr size_t code_digits = 6;
constexpr std::string_view mark = "\ntotp ";

void oath_ready() {
  static int const status = oath_init();
  ensure(status == OATH_OK);
}

bool is_code(std::string_view text) {
  return text.size() == code_digits && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

TotpSecret new_totp_secret(Entropy& entropy) {
  TotpSecret secret{Bytes(limits::totp_secret_bytes, '\0')};
  entropy.fill({reinterpret_cast<uint8_t*>(secret.octets.data()), secret.octets.size()});
  return secret;
}

std::string base32_of(TotpSecret const& secret) {
  oath_ready();
  char* out = nullptr;
  size_t length = 0;
  int const status = oath_base32_encode(secret.octets.data(), secret.octets.size(), &out, &length);
  std::unique_ptr<char, decltype(&std::free)> const kept(out, &std::free);
  ensure(status == OATH_OK);
  std::string text(out, length);
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}

uint64_t totp_step_at(UtcTime now) {
  return static_cast<uint64_t>(now.us / seconds(1).us) / limits::totp_step_s;
}

std::optional<uint64_t> totp_step(TotpSecret const& secret, std::string_view code, UtcTime now) {
  if (!is_code(code)) return std::nullopt;
  oath_ready();
  int steps_off = 0;
  int const found = oath_totp_validate2(secret.octets.data(), secret.octets.size(),
                                        static_cast<time_t>(now.us / seconds(1).us), limits::totp_step_s, 0,
                                        limits::totp_steps_off, &steps_off, std::string(code).c_str());
  if (found < 0) return std::nullopt;
  return totp_step_at(now) + static_cast<uint64_t>(int64_t{steps_off});
}

Verifier read_verifier(BytesView payload) {
  size_t const at = payload.find(mark);
  if (at == payload.npos) return {{Bytes(payload)}};
  auto secret = from_base64(payload.substr(at + mark.size()));
  if (!secret) return {{Bytes(payload)}};
  return {{Bytes(payload.substr(0, at))}, TotpSecret{std::move(*secret)}};
}

Bytes write_verifier(Verifier const& verifier) {
  Bytes text = verifier.password.text;
  if (verifier.totp) text += std::string(mark) + to_base64(verifier.totp->octets);
  return text;
}

}  // namespace comity::crypto
