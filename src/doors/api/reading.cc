#include <charconv>

#include "base/limits.h"
#include "doors/api/endpoint.h"

namespace comity::api {

std::string_view Call::param(std::string_view name) const {
  for (auto const& [known, value] : params)
    if (known == name) return value;
  return {};
}

std::string_view Call::query(std::string_view name) const {
  for (auto const& [known, value] : request.query)
    if (known == name) return value;
  return {};
}

Result<size_t> limit_of(Call const& call) {
  std::string_view const text = call.query("limit");
  if (text.empty()) return limits::page_objects_default;
  size_t limit = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (wrong != std::errc() || end != text.data() + text.size() || limit == 0)
    return fail(ErrorCode::bad_input, "`limit` is a number from 1");
  return std::min(limit, limits::page_objects);
}

Result<AgreementKey> agreement_of(release::Eyes const& eyes, std::string_view name) {
  AgreementKey const key = eyes.view.agreement(name);
  if (key.is_none()) return not_there();
  return key;
}

Result<Page> page_of(release::Eyes const& eyes, Result<release::Told> told) {
  if (!told) return std::unexpected(std::move(told).error());
  release::Composer body(eyes);
  body.told(*told);
  return page_of(body.finish());
}

}  // namespace comity::api
