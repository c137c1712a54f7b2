#include "forms/compact_token.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "crypto/base64.h"

namespace comity::forms {
namespace {

Result<json::Object> object_in(std::string_view segment, size_t most_bytes) {
  auto const text = crypto::from_base64url(segment);
  auto value = text ? json::parse(*text, most_bytes, json::Numbers::any) : no_token("not base64url");
  if (!value || !value->is_object()) return no_token("not an object in I-JSON");
  return std::move(value->as_object());
}

}  // namespace

Result<CompactToken> read_compact_token(std::string_view text, size_t most_bytes) {
  size_t const first = text.find('.'), last = text.rfind('.');
  if (text.size() > most_bytes || first == text.npos || first == last) return no_token("not three segments");
  CompactToken token;
  token.head = TRY(object_in(text.substr(0, first), most_bytes));
  if (token.head.contains("crit")) return no_token("crit");
  token.claims = TRY(object_in(text.substr(first + 1, last - first - 1), most_bytes));
  token.signed_text = text.substr(0, last);
  auto signature = crypto::from_base64url(text.substr(last + 1));
  if (!signature) return no_token("a signature that is not base64url");
  token.signature = std::move(*signature);
  return token;
}

Result<std::string> text_claim(json::Object const& object, std::string_view name, size_t most_bytes) {
  auto const* value = object.if_contains(name);
  if (!value) return std::string();
  auto const* text = value->if_string();
  bool const plain = text && !text->empty() && text->size() <= most_bytes &&
                     std::ranges::none_of(*text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!plain) return no_token(std::string(name) + " is not text of the length it may have");
  return std::string(std::string_view(*text));
}

Result<SigningHead> read_signing_head(json::Object const& head) {
  constexpr size_t longest_algorithm = 128;
  SigningHead read;
  std::string const algorithm = TRY(text_claim(head, "alg", longest_algorithm));
  if (algorithm == "RS256")
    read.algorithm = model::TokenAlgorithm::rs256;
  else if (algorithm == "ES256")
    read.algorithm = model::TokenAlgorithm::es256;
  else if (algorithm == "EdDSA")
    read.algorithm = model::TokenAlgorithm::eddsa;
  else
    return no_token("alg is none of RS256, ES256, EdDSA");
  read.key_name = TRY(text_claim(head, "kid", limits::name_bytes));
  return read;
}

Result<std::optional<UtcTime>> date_claim(json::Object const& claims, std::string_view name) {
  constexpr double latest = 253'402'300'799;  // the end of the year 9999
  auto const* value = claims.if_contains(name);
  if (!value) return std::optional<UtcTime>();
  double const number = value->is_int64()    ? static_cast<double>(value->get_int64())
                        : value->is_double() ? std::floor(value->get_double())
                                             : -1;
  if (!(number >= 0 && number <= latest)) return no_token(std::string(name) + " is no time");
  return std::optional(UtcTime{static_cast<int64_t>(number) * seconds(1).us});
}

}  // namespace comity::forms
