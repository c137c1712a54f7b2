#include "forms/act_fields.h"

#include <limits>

#include "base/limits.h"
#include "json/json.h"
#include "json/pointer.h"

namespace comity::forms {
namespace {

std::optional<json::Value> member(model::SignedAct const& act, std::string_view name) {
  auto const value = json::parse(act.text, limits::act_bytes);
  auto const* object = value ? value->if_object() : nullptr;
  auto const* found = object ? object->if_contains(name) : nullptr;
  return found ? std::optional(*found) : std::nullopt;
}

std::unexpected<Error> wrong(std::string_view name, std::string must_be) {
  return fail(ErrorCode::bad_input, std::move(must_be), json::pointer_to("/act", name));
}

}  // namespace

bool has_field(model::SignedAct const& act, std::string_view name) { return member(act, name).has_value(); }

Result<std::string> text_field(model::SignedAct const& act, std::string_view name) {
  auto const value = member(act, name);
  if (!value || !value->is_string()) return wrong(name, "must be a string");
  return std::string(std::string_view(value->get_string()));
}

Result<uint64_t> number_field(model::SignedAct const& act, std::string_view name) {
  auto const value = member(act, name);
  if (!value || !value->is_int64() || value->get_int64() < 0)
    return wrong(name, "must be an integer, not negative");
  return static_cast<uint64_t>(value->get_int64());
}

Result<Digest> digest_field(model::SignedAct const& act, std::string_view name) {
  auto const text = text_field(act, name);
  Digest digest;
  if (!text || !from_hex(*text, digest) || to_hex(digest) != *text)
    return wrong(name, "must be 64 hexadecimal digits in lower case");
  return digest;
}

Result<ActText> text_of(model::SignedAct const& act) {
  ActText text;
  text.agreement = TRY(text_field(act, "agreement"));
  uint64_t const version = TRY(number_field(act, "version"));
  if (version == 0 || version > std::numeric_limits<uint32_t>::max())
    return wrong("version", "is no version of a text");
  text.version = static_cast<uint32_t>(version);
  text.text_hash = TRY(digest_field(act, "text_hash"));
  return text;
}

}  // namespace comity::forms
