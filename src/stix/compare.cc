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
  auto const value = TRY(json::parse(bytes, limits::stix_object_bytes, json::Numbers::any));
  if (!value.is_object()) return fail(ErrorCode::bad_input, "a STIX object is a JSON object");
  return comparisons(key, bytes, value.get_object());
}

Result<model::Comparisons> comparisons(crypto::SymmetricKey const& key, BytesView bytes,
                                       json::Object const& object) {
  auto const text = TRY(json::canonical_without(object, not_substance));
  return model::Comparisons{crypto::hmac_under(key, bytes), crypto::hmac_under(key, text.whole),
                            crypto::hmac_under(key, text.rest)};
}

}  // namespace comity::stix
