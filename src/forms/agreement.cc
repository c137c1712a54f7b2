#include "forms/agreement.h"

#include "base/ensure.h"
#include "crypto/sha256.h"
#include "forms/agreement_parts.h"
#include "json/canonical.h"

namespace comity::forms {
namespace {

Digest hash_of(json::Value const& agreement) {
  json::Value hashed = agreement;
  hashed.get_object().erase("status");
  auto const canonical = json::canonical(hashed);
  ensure(canonical.has_value());  // what json::parse took is never refused
  return crypto::sha256(*canonical);
}

model::Text read_text(json::Value const& agreement, Problems& problems) {
  model::Text text;
  Members members(Place(agreement, "", problems));
  read_head(members, text);
  if (auto const clauses = members.required("clauses")) text.clauses = read_clauses(*clauses);
  members.optional("status");  // served, not part of the text
  if (members.is_object()) check_whole(text, problems);
  return text;
}

}  // namespace

CompileResult compile(BytesView source) {
  // Numbers with a point are read, so that they are told together with everything else.
  auto const agreement = json::parse(source, limits::agreement_bytes, json::Numbers::any);
  if (!agreement)
    return std::unexpected(std::vector{Problem{agreement.error().pointer, agreement.error().detail}});
  Problems problems;
  model::Text text = read_text(*agreement, problems);
  if (!problems.none()) return std::unexpected(problems.take());
  return Compiled{std::move(text), hash_of(*agreement)};
}

}  // namespace comity::forms
