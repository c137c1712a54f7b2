#include "stix/read.h"

#include "stix/check.h"
#include "stix/compare.h"
#include "stix/facts.h"
#include "stix/rules.h"

namespace comity::stix {
namespace {

std::string version_of(json::Object const& object) {
  auto const modified = text_of(object, "modified");
  return std::string(modified.empty() ? text_of(object, "created") : modified);
}

bool is_revoked(json::Object const& object) {
  auto const* revoked = object.if_contains("revoked");
  return revoked && revoked->is_bool() && revoked->get_bool();
}

}  // namespace

Judged<Reading> read_object(BytesView bytes, crypto::SymmetricKey const& key, Judging const& judging) {
  auto checked = TRY(check(bytes, judging));
  Reading reading;
  reading.facts = TRY(facts_of(checked));
  reading.facts.permissive = checked.permissive;
  reading.head.type = std::move(checked.type);
  reading.head.id = std::move(checked.id);
  reading.head.version = version_of(checked.object());
  reading.head.size = bytes.size();
  reading.revoked = is_revoked(checked.object());
  if (auto const version = text_of(checked.object(), "spec_version"); !version.empty())
    reading.spec_version = version;
  auto compare = comparisons(key, bytes, checked.object());
  if (!compare)
    return std::unexpected(Findings{{"not_json", compare.error().pointer, compare.error().detail}});
  reading.head.compare = *compare;
  reading.warnings = std::move(checked.warnings);
  return reading;
}

}  // namespace comity::stix
