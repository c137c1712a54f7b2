#include "stix/envelope.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "json/json.h"
#include "json/pointer.h"
#include "json/split.h"
#include "json/validate.h"
#include "model/names.h"

namespace comity::stix {
namespace {

Result<std::vector<std::string>> read_offices(json::RawMember const& member) {
  auto const pointer = json::pointer_to("", member.name);
  auto const value = TRY(json::parse(member.value, limits::request_body_bytes, json::Numbers::any));
  auto const* list = value.if_array();
  if (!list) return fail(ErrorCode::bad_input, "a list of offices is expected", pointer);
  if (list->size() > limits::to_offices)
    return fail(ErrorCode::too_large, fmt::format("at most {} offices", limits::to_offices), pointer);
  std::vector<std::string> offices;
  for (size_t i = 0; i < list->size(); ++i) {
    auto const* name = (*list)[i].if_string();
    if (!name || !model::split_office(*name))
      return fail(ErrorCode::bad_input, "an office is named `party/office`", json::pointer_to(pointer, i));
    offices.emplace_back(std::string_view(*name));
  }
  std::ranges::sort(offices);
  auto const repeated = std::ranges::unique(offices);
  offices.erase(repeated.begin(), repeated.end());
  return offices;
}

// true is `yes`, false is `no`.
template <class T>
Result<T> read_choice(json::RawMember const& member, T yes, T no) {
  if (member.value == "true") return yes;
  if (member.value == "false") return no;
  return fail(ErrorCode::bad_input, "true or false is expected", json::pointer_to("", member.name));
}

}  // namespace

Result<Envelope> read_envelope(BytesView body) {
  TRY_VOID(json::validate_ijson(body));
  auto split = TRY(json::split(body));
  Envelope envelope;
  envelope.objects = std::move(split.elements);
  size_t audiences = 0;
  for (auto const& member : split.others) {
    if (member.name == "x_comity_to_offices" || member.name == "to_offices") {
      if (++audiences > 1)
        return fail(ErrorCode::bad_input, "offices are named twice", json::pointer_to("", member.name));
      envelope.to_offices = TRY(read_offices(member));
    } else if (member.name == "x_comity_preview")
      envelope.purpose = TRY(read_choice(member, Purpose::preview, Purpose::contribute));
    else if (member.name == "x_comity_permissive")
      envelope.strictness = TRY(read_choice(member, Strictness::permissive, Strictness::strict));
    else if (member.name.starts_with("x_comity_"))
      return fail(ErrorCode::bad_input, "unknown member", json::pointer_to("", member.name));
  }
  return envelope;
}

}  // namespace comity::stix
