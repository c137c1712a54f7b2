// Sealed tokens and the texts that carry octets: nothing that was not sealed here opens; what was sealed opens to what it
// was, in its own context and in no other; changed anywhere it opens no more; base64 and hexadecimal have one text each.
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "crypto/base64.h"
#include "crypto/password.h"
#include "crypto/sealed.h"

using namespace comity;

namespace {

void check_sealed(BytesView text, size_t place) {
  static crypto::SymmetricKey const key = crypto::SymmetricKey::from(Bytes(32, 'k')).value();
  static crypto::SymmetricKey const other = crypto::SymmetricKey::from(Bytes(32, 'o')).value();
  ensure(!crypto::open(key, {"feed cursor"}, text));  // from a stranger
  std::string token = crypto::seal(key, {"feed cursor"}, text);
  auto const opened = crypto::open(key, {"feed cursor"}, token);
  ensure(opened && *opened == text && token == crypto::seal(key, {"feed cursor"}, text));
  ensure(!crypto::open(key, {"feed cursor "}, token) && !crypto::open(other, {"feed cursor"}, token));
  ensure(!crypto::open(key, {text}, token) || text == "feed cursor");
  char& changed = token[place % token.size()];
  changed = changed == 'A' ? 'B' : 'A';
  ensure(!crypto::open(key, {"feed cursor"}, token));
}

void check_texts(BytesView text) {
  ensure(crypto::from_base64(crypto::to_base64(text)).value() == text);
  ensure(crypto::from_base64url(crypto::to_base64url(text)).value() == text);
  if (auto const octets = crypto::from_base64(text)) ensure(crypto::to_base64(*octets) == text);
  if (auto const octets = crypto::from_base64url(text)) ensure(crypto::to_base64url(*octets) == text);
  ensure(!crypto::is_password_hash(text) || text.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  BytesView const text(reinterpret_cast<char const*>(data), size);
  check_sealed(text, size == 0 ? 0 : data[0] * size);
  check_texts(text);
  return 0;
}
