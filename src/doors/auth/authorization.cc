#include "doors/auth/authorization.h"

#include "base/limits.h"
#include "crypto/base64.h"
#include "doors/http/message.h"

namespace comity::auth {

std::optional<Credential> parse_authorization(std::string_view field) {
  size_t const space = field.find(' ');
  if (space == field.npos) return std::nullopt;
  std::string_view const scheme = field.substr(0, space);
  std::string_view rest = field.substr(space);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (http::same_word(scheme, "Bearer")) {
    if (rest.empty() || rest.size() > limits::token_bytes) return std::nullopt;
    return BearerCredential{std::string(rest)};
  }
  if (!http::same_word(scheme, "Basic")) return std::nullopt;
  auto const text = crypto::from_base64(rest);
  size_t const colon = text ? text->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  return BasicCredential{text->substr(0, colon), text->substr(colon + 1), {}};
}

}  // namespace comity::auth
