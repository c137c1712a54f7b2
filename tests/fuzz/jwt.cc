// verify() on any text: it never believes what this program did not sign, and what it signs comes back as it was.
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "crypto/base64.h"
#include "crypto/jwt.h"

using namespace comity;

namespace {

constexpr UtcTime noon{1'446'379'200'000'000};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  static crypto::IssuerKey const key{"centre.example", "api.example", crypto::Es256Key::generate()};
  std::string const text(reinterpret_cast<char const*>(data), size);
  ensure(!crypto::verify(key, text, noon));

  // The same octets as header, as claims and as signature behind a header that gets far.
  std::string const header = crypto::to_base64url(R"({"alg":"ES256","typ":"JWT"})"),
                    part = crypto::to_base64url(text);
  std::string const signature = crypto::to_base64url(Bytes(64, 's'));
  ensure(!crypto::verify(key, part + "." + part + "." + signature, noon));
  ensure(!crypto::verify(key, header + "." + part + "." + signature, noon));

  crypto::Claims const claims{.issuer = key.issuer,
                              .subject = "s" + text,
                              .audience = key.audience,
                              .jti = "j",
                              .issued = noon,
                              .expires = noon + minutes(1),
                              .scope = text,
                              .office = text};
  if (auto const token = crypto::issue(key, claims)) ensure(crypto::verify(key, *token, noon) == claims);
  return 0;
}
