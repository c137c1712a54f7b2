// The field Authorization (RFC 9110, 11.4; RFC 7617; RFC 6750). The name of the scheme compares without regard to case;
// Basic carries strict base64 of `user:password`, and the user name ends at the first colon. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace comity::auth {

struct BasicCredential {
  std::string user, password;
  std::string code = {};  // that came beside it (the field Comity-Code); empty: none
};
struct BearerCredential {
  std::string token;
};
using Credential = std::variant<BasicCredential, BearerCredential>;

// None for another scheme and for what is no credential.
std::optional<Credential> parse_authorization(std::string_view field);

}  // namespace comity::auth
