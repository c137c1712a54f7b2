#include "cli/token_keys.h"

#include "base/contains.h"
#include "base/limits.h"
#include "cli/members.h"
#include "cli/remote.h"
#include "crypto/base64.h"
#include "crypto/token_key.h"

namespace comity::cli {
namespace {

using crypto::PublicTokenKey;

constexpr size_t longest_file = 256u << 10;

char const* name_of(crypto::TokenAlgorithm algorithm) {
  switch (algorithm) {
    case crypto::TokenAlgorithm::rs256: return "RS256";
    case crypto::TokenAlgorithm::es256: return "ES256";
    case crypto::TokenAlgorithm::eddsa: return "EdDSA";
  }
  return "";
}

json::Object row_of(PublicTokenKey const& key, std::string const& name) {
  json::Object row{{"algorithm", name_of(key.algorithm)}, {"key", crypto::to_base64(key.der)}};
  if (!name.empty()) row["name"] = name;
  return row;
}

Result<Bytes> octets_at(json::Value const& key, std::string_view name) {
  return crypto::from_base64url(text_at(key, name));
}

Result<PublicTokenKey> key_of(json::Value const& key) {
  std::string const kind = text_at(key, "kty"), curve = text_at(key, "crv");
  if (kind == "RSA") return crypto::token_key_of_rsa({TRY(octets_at(key, "n")), TRY(octets_at(key, "e"))});
  if (kind == "EC" && curve == "P-256")
    return crypto::token_key_of_point({TRY(octets_at(key, "x")), TRY(octets_at(key, "y"))});
  if (kind == "OKP" && curve == "Ed25519") return crypto::token_key_of_ed25519(TRY(octets_at(key, "x")));
  return fail(ErrorCode::bad_input, "of a kind that is not taken: " + kind + " " + curve);
}

Result<PublicTokenKey> signing_key_of(json::Value const& key) {
  std::string const use = text_at(key, "use"), algorithm = text_at(key, "alg");
  if (!use.empty() && use != "sig") return fail(ErrorCode::bad_input, "not for signatures");
  auto const* uses = key.is_object() ? key.as_object().if_contains("key_ops") : nullptr;
  if (uses && !(uses->is_array() && contains(uses->as_array(), json::Value("verify"))))
    return fail(ErrorCode::bad_input, "not for verifying signatures");
  auto made = TRY(key_of(key));
  if (!algorithm.empty() && algorithm != name_of(made.algorithm))
    return fail(ErrorCode::bad_input, "for the algorithm " + algorithm);
  return made;
}

bool has_private_half(json::Value const& key) { return key.is_object() && key.as_object().contains("d"); }

Result<TokenKeys> of_set(BytesView file) {
  json::Value const set = TRY(json::parse(file, longest_file, json::Numbers::any));
  auto const* keys = set.if_object() ? set.as_object().if_contains("keys") : nullptr;
  if (!keys || !keys->is_array()) return fail(ErrorCode::bad_input, "a JSON Web Key Set has a list `keys`");
  TokenKeys all;
  for (json::Value const& one : keys->as_array()) {
    if (has_private_half(one))
      all.warnings.push_back(
          "key " + text_at(one, "kid") +
          ": the file has its private half, with which anybody makes tokens; it is not sent, "
          "and belongs nowhere but to the issuer");
    auto const key = signing_key_of(one);
    if (key)
      all.keys.push_back(row_of(*key, text_at(one, "kid")));
    else
      all.left_out.push_back("key " + text_at(one, "kid") + ": " + key.error().detail);
  }
  return all;
}

Result<TokenKeys> of_pem(BytesView file) {
  TokenKeys all;
  constexpr std::string_view begin = "-----BEGIN ", certificate = "-----BEGIN CERTIFICATE";
  size_t certificates = 0;
  for (size_t at = file.find(begin); at != file.npos;) {
    size_t const next = file.find(begin, at + 1);
    if (file.substr(at).starts_with(certificate) && ++certificates > 1)
      all.left_out.push_back("certificate " + std::to_string(certificates) +
                             ": of who vouches for the first; register an issuer's other keys one by one");
    else
      all.keys.push_back(row_of(TRY(crypto::token_key_of_pem(file.substr(at, next - at))), ""));
    at = next;
  }
  return all;
}

}  // namespace

Result<TokenKeys> token_keys(BytesView file) {
  size_t const first = file.find_first_not_of(" \t\r\n");
  bool const is_json = first != file.npos && file[first] == '{';
  auto all = TRY(is_json ? of_set(file) : of_pem(file));
  if (all.keys.empty())
    return fail(ErrorCode::bad_input, "no key of an issuer: neither PEM nor a JSON Web Key Set");
  return all;
}

}  // namespace comity::cli
