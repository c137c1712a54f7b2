#include "crypto/base64.h"

#include <algorithm>

#include "crypto/sodium.h"

namespace comity::crypto {
namespace {

std::string encoded(BytesView bytes, int variant) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), octets(bytes), bytes.size(), variant);
  text.pop_back();  // the C string's end
  return text;
}

Result<Bytes> decoded(std::string_view text, int variant) {
  // The library takes some octets beyond ASCII for letters (seen in 1.0.18).
  auto const is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!std::ranges::all_of(text, is_ascii)) return fail(ErrorCode::bad_input, "not base64");
  Bytes bytes(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  if (sodium_base642bin(octets(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        variant) != 0) {
    return fail(ErrorCode::bad_input, "not base64");
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string to_base64(BytesView bytes) { return encoded(bytes, sodium_base64_VARIANT_ORIGINAL); }
std::string to_base64url(BytesView bytes) { return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }
Result<Bytes> from_base64(std::string_view text) { return decoded(text, sodium_base64_VARIANT_ORIGINAL); }
Result<Bytes> from_base64url(std::string_view text) {
  return decoded(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

}  // namespace comity::crypto
