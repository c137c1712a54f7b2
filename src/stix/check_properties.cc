// Rules about single properties: their names, whether they are there, what they hold.
#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/time.h"
#include "json/pointer.h"
#include "stix/rules.h"
#include "stix/types.h"

namespace comity::stix {
namespace {

using model::StixClass;

constexpr size_t name_size_max = 250;

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

// How far a property name follows the standard.
enum class NameForm { good, odd, bad };

NameForm form_of(std::string_view name) {
  using enum NameForm;
  if (name == "id") return good;
  if (name.size() < 3 || name.size() > name_size_max || name[0] < 'a' || name[0] > 'z') return bad;
  if (std::ranges::all_of(name, is_name_letter)) return good;
  bool const begins_well = is_name_letter(name[1]) && is_name_letter(name[2]);
  bool const printable = std::ranges::all_of(name, [](char c) { return c >= ' ' && c <= '~'; });
  return begins_well && printable ? odd : bad;
}

template <class Row>
bool applies(Row const& row, Subject const& subject) {
  return row.type.empty() || row.type == subject.type;
}

bool has(Subject const& subject, std::string_view property) { return subject.object.contains(property); }

std::string pointer(std::string_view property) { return json::pointer_to("", property); }

void require(Subject const& subject, Judge& judge, std::string_view property) {
  if (!has(subject, property))
    judge.refuse("required_property", pointer(property), fmt::format("`{}` is required", property));
}

std::optional<UtcTime> time_of(json::Value const* value) {
  if (!value || !value->is_string()) return std::nullopt;
  return parse_stix_time(value->get_string());
}

// The first place in `value` that holds nothing, as the end of a pointer; where the search ends is undone in reverse.
struct Nothing {
  std::string_view code, what;
  std::string pointer;
};

std::optional<Nothing> find_nothing(json::Value const& value);

std::optional<Nothing> find_nothing(json::Object const& object) {
  for (auto const& member : object) {
    if (auto found = find_nothing(member.value())) {
      found->pointer = json::pointer_to("", std::string_view(member.key())) + found->pointer;
      return found;
    }
  }
  return std::nullopt;
}

std::optional<Nothing> find_nothing(json::Array const& array) {
  if (array.empty()) return Nothing{"empty_list", "a list is never empty: leave the property out", ""};
  for (size_t i = 0; i < array.size(); ++i) {
    if (auto found = find_nothing(array[i])) {
      found->pointer = json::pointer_to("", i) + found->pointer;
      return found;
    }
  }
  return std::nullopt;
}

std::optional<Nothing> find_nothing(json::Value const& value) {
  if (value.is_null()) return Nothing{"null_value", "STIX has no null: leave the property out", ""};
  if (auto const* object = value.if_object()) return find_nothing(*object);
  if (auto const* array = value.if_array()) return find_nothing(*array);
  return std::nullopt;
}

}  // namespace

void check_names(Subject const& subject, Judge& judge) {
  for (std::string const& name : subject.properties) {
    auto const form = form_of(name);
    if (name.starts_with("x_comity_"))  // C10
      judge.refuse("unknown_comity_member", pointer(name),
                   "members beginning with x_comity_ are the centre's");
    else if (form == NameForm::bad)
      judge.refuse("property_name", pointer(name),
                   "a property's name is 3 to 250 of a-z, 0-9 and _, a letter first");
    else if (form == NameForm::odd)
      judge.warn("property_name", pointer(name), "a property's name has only a-z, 0-9 and _");
    else if (is_reserved_property(name))
      judge.refuse("reserved_property", pointer(name),
                   fmt::format("the standard reserves the name `{}`", name));
  }
}

void check_required(Subject const& subject, Judge& judge) {
  if (subject.stix_class != StixClass::observable) {
    require(subject, judge, "spec_version");
    require(subject, judge, "created");
    if (subject.type != "marking-definition") require(subject, judge, "modified");
  }
  for (auto const property : model::required_properties(subject.type)) require(subject, judge, property);
  for (auto const& row : if_true_rows()) {
    auto const* flag = subject.object.if_contains(row.flag);
    if (applies(row, subject) && flag && flag->is_bool() && flag->get_bool() && !has(subject, row.required))
      judge.refuse("required_if_true", pointer(row.required),
                   fmt::format("`{}` is required where `{}` is true", row.required, row.flag));
  }
  auto const alternatives = model::required_alternatives(subject.type);
  auto const all_there = [&](model::Names names) {
    return std::ranges::all_of(names, [&](std::string_view name) { return has(subject, name); });
  };
  if (alternatives.empty() || std::ranges::any_of(alternatives, all_there)) return;
  std::string words;
  for (auto const names : alternatives)
    words += fmt::format("{}{}", words.empty() ? "" : ", or ", fmt::join(names, " and "));
  judge.refuse("required_alternative", "", "one of these is required: " + words);
}

void check_spec_version(Subject const& subject, Judge& judge) {
  auto const* version = subject.object.if_contains("spec_version");
  if (!version || (version->is_string() && version->get_string() == "2.1")) return;
  constexpr auto detail = "`spec_version` must be \"2.1\"";
  bool const organisation =
      subject.type == "identity" && text_of(subject.object, "identity_class") == "organization";
  if (organisation)
    judge.warn("spec_version", "/spec_version", detail);
  else
    judge.refuse("spec_version", "/spec_version", detail);
}

void check_orders(Subject const& subject, Judge& judge) {
  for (auto const& row : order_rows()) {
    if (!applies(row, subject)) continue;
    auto const earlier = time_of(subject.object.if_contains(row.earlier));
    auto const later = time_of(subject.object.if_contains(row.later));
    if (!earlier || !later) continue;
    if (row.order == Order::after ? *later > *earlier : *later >= *earlier) continue;
    judge.refuse("time_order", pointer(row.later),
                 fmt::format("`{}` must {} `{}`", row.later,
                             row.order == Order::after ? "be after" : "not be before", row.earlier));
  }
}

void check_ranges(Subject const& subject, Judge& judge) {
  for (auto const& row : range_rows()) {
    auto const* value = subject.object.if_contains(row.property);
    if (!applies(row, subject) || !value || !value->is_number()) continue;
    auto const number = value->to_number<double>();
    if (number >= row.least && number <= row.greatest) continue;
    judge.refuse("number_range", pointer(row.property),
                 fmt::format("`{}` must be from {} to {}", row.property, row.least, row.greatest));
  }
}

void check_together(Subject const& subject, Judge& judge) {
  for (auto const& row : together_rows())
    if (applies(row, subject) && has(subject, row.property) && !has(subject, row.also))
      judge.refuse("property_alone", pointer(row.property),
                   fmt::format("`{}` may only stand with `{}`", row.property, row.also));
}

void check_excluded(Subject const& subject, Judge& judge) {
  for (auto const& row : excludes_rows()) {
    auto const* value = subject.object.if_contains(row.property);
    if (!applies(row, subject) || !value || !has(subject, row.excluded)) continue;
    bool const wanted = row.when == When::is_true;
    if (row.when != When::there && (!value->is_bool() || value->get_bool() != wanted)) continue;
    auto const* const when = row.when == When::there ? "is there" : wanted ? "is true" : "is false";
    judge.refuse("property_excluded", pointer(row.excluded),
                 fmt::format("`{}` may not stand where `{}` {}", row.excluded, row.property, when));
  }
  // Section 7.3: names of properties are for those extensions that put them at the top.
  if (subject.type != "extension-definition" || !has(subject, "extension_properties")) return;
  auto const* types = subject.object.if_contains("extension_types");
  auto const* list = types ? types->if_array() : nullptr;
  if (!list || std::ranges::find(*list, json::Value("toplevel-property-extension")) != list->end()) return;
  judge.refuse("property_excluded", "/extension_properties",
               "`extension_properties` is for extensions that add properties at the top");
}

void check_empties(Subject const& subject, Judge& judge) {
  if (auto found = find_nothing(subject.object))
    judge.refuse(found->code, std::move(found->pointer), std::string(found->what));
}

void check_limits(Subject const& subject, Judge& judge) {
  auto const* labels = subject.object.if_contains("labels");
  if (!labels || !labels->is_array()) return;
  auto const& list = labels->get_array();
  if (list.size() > limits::object_labels)
    judge.refuse("too_many_labels", "/labels", fmt::format("at most {} labels", limits::object_labels));
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i].is_string() && list[i].get_string().size() > limits::label_bytes)
      judge.refuse("label_too_long", json::pointer_to("/labels", i),
                   fmt::format("a label has at most {} bytes", limits::label_bytes));
}

}  // namespace comity::stix
