#include "stix/compare.h"

#include <array>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "json/canonical.h"

namespace comity::stix {
namespace {

constexpr std::array<std::string_view, 11> not_substance = {
    "id",      "created",    "modified", "created_by_ref", "object_marking_refs", "granular_markings",
    "revoked", "confidence", "lang",     "labels",         "external_references",
};

}  // namespace

Result<model::Comparisons> comparisons(crypto::SymmetricKey const& key, BytesView bytes) {
  auto value = TRY(json::parse(bytes, limits::stix_object_bytes, json::Numbers::any));
  if (!value.is_object()) return fail(ErrorCode::bad_input, "a STIX object is a JSON object");
  return comparisons(key, bytes, std::move(value.get_object()));
}

Result<model::Comparisons> comparisons(crypto::SymmetricKey const& key, BytesView bytes,
                                       json::Object object) {
  model::Comparisons made;
  made.bytes = crypto::hmac_sha256(key.view(), bytes);
  json::Value whole(std::move(object));
  made.canonical = crypto::hmac_sha256(key.view(), TRY(json::canonical(whole)));
  for (auto const name : not_substance) whole.get_object().erase(name);
  made.substance = crypto::hmac_sha256(key.view(), TRY(json::canonical(whole)));
  return made;
}

}  // namespace comity::stix
