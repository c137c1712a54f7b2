// What stands in the head of a request: Accept and Content-Type, Authorization, the target with its query, and the query of
// the TAXII door. What is accepted keeps its promises: written out again it reads the same, qualities are qualities, a path
// holds nothing that another reader would split, a parameter counts once.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "base/ensure.h"
#include "base/limits.h"
#include "crypto/base64.h"
#include "doors/auth/authorization.h"
#include "doors/http/negotiate.h"
#include "doors/http/target.h"
#include "doors/taxii/query.h"

using namespace comity;

namespace {

std::string quoted(std::string_view value) {
  std::string text = "\"";
  for (char const c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string written(http::MediaType const& media) {
  std::string text = media.type + "/" + media.subtype;
  for (auto const& [name, value] : media.parameters) text += "; " + name + "=" + quoted(value);
  return text;
}

void check_media(std::string_view text) {
  constexpr http::Offer offers[] = {
      {"application/taxii+json", "2.1"}, {"application/json"}, {"text/markdown"}};
  if (auto const media = http::parse_media_type(text)) {
    auto const again = http::parse_media_type(written(*media));
    ensure(again && again->type == media->type && again->subtype == media->subtype);
    ensure(again->parameters == media->parameters);
  }
  auto const ranges = http::parse_accept(text);
  for (auto const& range : ranges) ensure(range.quality >= 0 && range.quality <= 1000);
  auto const best = http::best_of(text, offers);
  for (size_t i = 0; i < std::size(offers); ++i) {
    ensure(http::accepts(text, offers[i]) == http::best_of(text, std::span(&offers[i], 1)).has_value());
    bool const blank = text.find_first_not_of(" \t") == text.npos;
    if (!blank && http::accepts(text, offers[i])) ensure(best.has_value());
    if (http::is_of(text, offers[i])) ensure(http::parse_media_type(text).has_value());
  }
}

void check_authorization(std::string_view text) {
  auto const credential = auth::parse_authorization(text);
  if (!credential) return;
  if (auto const* bearer = std::get_if<auth::BearerCredential>(&*credential)) {
    ensure(!bearer->token.empty() && bearer->token.size() <= limits::token_bytes);
    ensure(text.ends_with(bearer->token));
    return;
  }
  auto const& basic = std::get<auth::BasicCredential>(*credential);
  ensure(basic.user.find(':') == std::string::npos);
  ensure(
      text.ends_with(crypto::to_base64(basic.user + ":" + basic.password)));  // one text for each credential
}

std::string percent(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    auto const octet = static_cast<unsigned char>(c);
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/';
    out += plain ? std::string(1, c) : std::string{'%', digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

void check_query(http::Query const& query) {
  for (auto const matching : {taxii::Matching::all, taxii::Matching::versions, taxii::Matching::none}) {
    auto const wish = taxii::read_query(query, matching);
    if (!wish) continue;
    ensure(wish->query.limit >= 1);
    auto const& match = wish->query.match;
    ensure(matching == taxii::Matching::all || (match.ids.empty() && match.types.empty()));
    for (auto const* list : {&match.ids, &match.types, &match.spec_versions})
      for (auto const& one : *list) ensure(!one.empty() && one.find(',') == std::string::npos);
    for (size_t i = 0; i < query.size(); ++i)  // a known parameter counts once (R34)
      for (size_t j = i + 1; j < query.size(); ++j)
        ensure(query[i].first != query[j].first || (query[i].first != "limit" && query[i].first != "next"));
  }
}

void check_target(std::string_view text) {
  auto const target = http::parse_target(text);
  if (!target || target->path == "*") return;
  ensure(target->path.starts_with('/'));
  for (char const c : target->path) ensure(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  std::string again = percent(target->path) + "?";
  for (auto const& [name, value] : target->query) again += percent(name) + "=" + percent(value) + "&";
  auto const same = http::parse_target(again);
  ensure(same && same->path == target->path && same->query == target->query);
  check_query(target->query);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  if (size == 0) return 0;
  std::string_view const text(reinterpret_cast<char const*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0: check_media(text); break;
    case 1: check_authorization(text); break;
    case 2: check_target(text); break;
    case 3: check_target("/?" + std::string(text)); break;
  }
  if (auto const versions = taxii::read_versions(text)) ensure(!versions->all || versions->exact.empty());
  return 0;
}
