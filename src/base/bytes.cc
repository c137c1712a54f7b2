#include "base/bytes.h"

namespace comity {

std::string to_hex(BytesView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (unsigned char octet : bytes) {
    text += digits[octet >> 4];
    text += digits[octet & 15];
  }
  return text;
}

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool from_hex(std::string_view text, Digest& out) {
  out = Digest{};
  if (text.size() != 64) return false;
  Digest read;
  for (size_t i = 0; i < 32; ++i) {
    int const high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    read.octets[i] = static_cast<uint8_t>(high << 4 | low);
  }
  out = read;
  return true;
}

}  // namespace comity
