#include "stix/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
#include "base/limits.h"
#include "stix/codes.h"
#include "stix/ids.h"
#include "stix/rules.h"

namespace comity::stix {
namespace {

constexpr Rule rules[] = {
    check_names,
    check_required,
    check_spec_version,
    check_shapes,
    check_orders,
    check_ranges,
    check_together,
    check_excluded,
    check_empties,
    check_limits,
    check_references,
    check_targets,
    check_object_markings,
    check_granular_markings,
    check_marking_definition,
    check_pattern,
    check_id,
    check_relationship,
    check_custom,
    check_recommended,
};

std::unexpected<Findings> refuse(std::string_view code, std::string pointer, std::string detail) {
  return std::unexpected(Findings{{code, std::move(pointer), std::move(detail)}});
}

Judged<json::Value> read_json(BytesView bytes) {
  if (bytes.size() > limits::stix_object_bytes)
    return refuse("too_large", "", fmt::format("an object has at most {} bytes", limits::stix_object_bytes));
  auto value = json::parse(bytes, limits::stix_object_bytes, json::Numbers::any);
  if (!value) return refuse("not_json", value.error().pointer, value.error().detail);
  if (!value->is_object()) return refuse("not_an_object", "", "a STIX object is a JSON object");
  return std::move(*value);
}

// What one of the extensions says a custom type is.
bool says_new_observable(json::Object const& object) {
  auto const* extensions = object.if_contains("extensions");
  if (!extensions || !extensions->is_object()) return false;
  return std::ranges::any_of(extensions->get_object(), [](auto const& member) {
    auto const* extension = member.value().if_object();
    return extension && text_of(*extension, "extension_type") == "new-sco";
  });
}

model::StixClass class_of(std::string_view type, json::Object const& object) {
  auto const known = model::stix_class(type);
  if (known != model::StixClass::unknown) return known;
  return says_new_observable(object) ? model::StixClass::observable : model::StixClass::domain;
}

std::vector<std::string> names_of(json::Object const& object) {
  std::vector<std::string> names;
  names.reserve(object.size());
  for (auto const& member : object) names.emplace_back(std::string_view(member.key()));
  std::ranges::sort(names);
  return names;
}

// Without a sound type and id nothing else can be said of an object.
Judged<Checked> identify(json::Value value) {
  auto const& object = value.get_object();
  auto const type = text_of(object, "type"), id = text_of(object, "id");
  if (!is_type_name(type))
    return refuse("type_form", "/type", "`type` must be a name of 3 to 250 of a-z, 0-9 and single hyphens");
  if (type == "bundle" || type == "action")
    return refuse("type_not_exchanged", "/type", "this type is not an object that can be exchanged");
  if (!is_stix_id(id))
    return refuse("id_form", "/id", "`id` must be the type, two hyphens and a UUID in lower case");
  if (type_of_id(id) != type) return refuse("id_type", "/id", "`id` must begin with the object's type");
  Checked checked;
  checked.type = type;
  checked.id = id;
  checked.stix_class = class_of(type, object);
  checked.properties = names_of(object);
  checked.value = std::move(value);
  return checked;
}

}  // namespace

void Judge::refuse(std::string_view code, std::string pointer, std::string detail) {
  auto const* row = code_row(code);
  ensure(row != nullptr);
  Finding finding{code, std::move(pointer), std::move(detail), Asked::must};
  if (judging_.strictness == Strictness::permissive && row->waiver == Waiver::permissive) {
    waived_ = true;
    return warn_of(std::move(finding));
  }
  note(refused_, std::move(finding));
}

void Judge::warn(std::string_view code, std::string pointer, std::string detail) {
  ensure(code_row(code) != nullptr);
  warn_of({code, std::move(pointer), std::move(detail), Asked::should});
}

void Judge::warn_of(Finding finding) {
  if (!judging_.unheard.contains(finding.code)) note(warned_, std::move(finding));
}

void Judge::note(Findings& list, Finding finding) {
  if (list.size() >= limits::stix_findings) return;
  if (finding.pointer.size() > limits::finding_pointer_bytes) finding.pointer.clear();
  list.push_back(std::move(finding));
}

std::string_view text_of(json::Object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

Judged<Checked> check(BytesView bytes, Judging const& judging) {
  auto value = TRY(read_json(bytes));
  auto checked = TRY(identify(std::move(value)));
  Subject const subject{checked.object(), checked.type, checked.id, checked.stix_class, checked.properties};
  Judge judge(judging);
  for (auto const rule : rules) rule(subject, judge);
  if (auto refused = judge.take_refused(); !refused.empty()) return std::unexpected(std::move(refused));
  checked.warnings = judge.take_warned();
  checked.permissive = judge.waived();
  return checked;
}

}  // namespace comity::stix
