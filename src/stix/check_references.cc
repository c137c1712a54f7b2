// Rules about references: properties whose names end in _ref or _refs.
#include <fmt/format.h>

#include <optional>

#include "json/pointer.h"
#include "stix/ids.h"
#include "stix/rules.h"
#include "stix/types.h"

namespace comity::stix {
namespace {

// Where a reference stands; its pointer is made for a finding only.
struct Spot {
  std::string_view property;
  std::optional<size_t> index = {};
  std::string pointer() const {
    auto const whole = json::pointer_to("", property);
    return index ? json::pointer_to(whole, *index) : whole;
  }
};

// Calls `see(value, spot)` for each reference in a top-level property.
template <class See>
void each_reference(Subject const& subject, See see) {
  for (auto const& member : subject.object) {
    std::string_view const name = member.key();
    if (is_reference(name)) {
      see(member.value(), Spot{name});
    } else if (auto const* list = member.value().if_array(); list && is_reference_list(name)) {
      for (size_t i = 0; i < list->size(); ++i) see((*list)[i], Spot{name, i});
    }
  }
}

// Where published data holds strings that are no ids: they name nothing, so nothing can come of them.
bool is_lenient(Subject const& subject, std::string_view property) {
  return subject.stix_class == model::StixClass::observable || property.starts_with("x_");
}

// `words` holds `word` between spaces.
bool holds_word(std::string_view words, std::string_view word) {
  for (size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    auto const end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

bool may_refer_to(TargetRow const& row, std::string_view type) {
  switch (row.targets) {
    case Targets::only: return holds_word(row.types, type);
    case Targets::never: return !holds_word(row.types, type);
    case Targets::domain: {
      auto const target = model::stix_class(type);
      return type != "bundle" && (target == model::StixClass::domain || target == model::StixClass::unknown);
    }
    case Targets::observable: {
      auto const target = model::stix_class(type);
      return target == model::StixClass::observable || target == model::StixClass::unknown;
    }
    case Targets::observed: {
      auto const target = model::stix_class(type);
      return type != "bundle" && target != model::StixClass::domain && target != model::StixClass::meta;
    }
  }
  return false;
}

}  // namespace

void check_references(Subject const& subject, Judge& judge) {
  for (auto const& member : subject.object) {
    if (is_reference_list(member.key()) && !member.value().is_array())
      judge.refuse("reference_form", json::pointer_to("", std::string_view(member.key())),
                   "a property that ends in _refs is a list of ids");
  }
  each_reference(subject, [&](json::Value const& value, Spot const& spot) {
    if (value.is_string() && is_stix_id(value.get_string())) return;
    constexpr auto detail = "a reference is a type, two hyphens and a UUID in lower case";
    if (value.is_string() && is_lenient(subject, spot.property))
      judge.warn("reference_form", spot.pointer(), detail);
    else
      judge.refuse("reference_form", spot.pointer(), detail);
  });
}

void check_targets(Subject const& subject, Judge& judge) {
  for (auto const& row : target_rows()) {
    if (!row.type.empty() && row.type != subject.type) continue;
    each_reference(subject, [&](json::Value const& value, Spot const& spot) {
      if (spot.property != row.property || !value.is_string() || !is_stix_id(value.get_string())) return;
      auto const type = type_of_id(value.get_string());
      if (may_refer_to(row, type)) return;
      judge.refuse("reference_target", spot.pointer(),
                   fmt::format("`{}` may not refer to a {}", spot.property, type));
    });
  }
}

}  // namespace comity::stix
