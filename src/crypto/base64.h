// Base64 (RFC 4648), strict: every octet string has exactly one text and every other text is refused. The standard
// alphabet has padding; the one for URLs has none. No white space, no line breaks, no leftover bits. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace comity::crypto {

std::string to_base64(BytesView bytes);
std::string to_base64url(BytesView bytes);

// bad_input for anything that the functions above do not make.
Result<Bytes> from_base64(std::string_view text);
Result<Bytes> from_base64url(std::string_view text);

}  // namespace comity::crypto
