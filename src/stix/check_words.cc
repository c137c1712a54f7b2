// Rules about what an object says as a whole: patterns, relationships, ids that are made from content, and what the
// standard only recommends.
#include <fmt/format.h>

#include <algorithm>

#include "json/pointer.h"
#include "stix/deterministic.h"
#include "stix/ids.h"
#include "stix/pattern.h"
#include "stix/properties.h"
#include "stix/rules.h"
#include "stix/vocabularies.h"

namespace comity::stix {
namespace {

using model::StixClass;

// The version of the UUID in a sound id: the first digit of its third group.
char version_of(std::string_view id) { return id[type_of_id(id).size() + 2 + 14]; }

bool has_extension_at_top(json::Object const& object) {
  auto const* extensions = object.if_contains("extensions");
  if (!extensions || !extensions->is_object()) return false;
  return std::ranges::any_of(extensions->get_object(), [](auto const& member) {
    auto const* body = member.value().if_object();
    auto const type = body ? text_of(*body, "extension_type") : std::string_view();
    return type == "toplevel-property-extension" || type.starts_with("new-");
  });
}

}  // namespace

void check_pattern(Subject const& subject, Judge& judge) {
  if (subject.type != "indicator" || text_of(subject.object, "pattern_type") != "stix") return;
  auto const* value = subject.object.if_contains("pattern");
  if (!value || !value->is_string()) return;
  auto const pattern = read_pattern(value->get_string());
  if (!pattern)
    return judge.refuse("pattern_form", "/pattern",
                        fmt::format("{} at byte {}", pattern.error().detail, pattern.error().at));
  if (pattern->never_matches)
    judge.warn("pattern_never_matches", "/pattern", "an AND of objects of different types never matches");
}

void check_relationship(Subject const& subject, Judge& judge) {
  if (subject.type != "relationship") return;
  auto const source = text_of(subject.object, "source_ref"), target = text_of(subject.object, "target_ref");
  if (!is_stix_id(source) || !is_stix_id(target)) return;
  auto const from = type_of_id(source), to = type_of_id(target);
  auto const word = text_of(subject.object, "relationship_type");
  bool const custom =
      model::stix_class(from) == StixClass::unknown || model::stix_class(to) == StixClass::unknown;
  if (custom || is_known_relationship(from, word, to)) return;
  judge.warn("relationship_table", "/relationship_type",
             fmt::format("the standard has no `{}` from {} to {}", word, from, to));
}

// Section 2.9. A mismatch is no error: the examples of the standard's own text have it.
void check_id(Subject const& subject, Judge& judge) {
  auto const version = version_of(subject.id);
  if (model::stix_class(subject.type) != StixClass::observable) {
    if (version != '4' && subject.stix_class != StixClass::observable)
      judge.warn("uuid_version", "/id", "the UUID should be of version 4");
    return;
  }
  auto const made = deterministic_id(subject.type, subject.object);
  if (!made) {
    if (version != '4')
      judge.refuse("uuid_version", "/id", "without a property that makes the id, the UUID is of version 4");
    return;
  }
  if (version != '5')
    judge.warn("uuid_version", "/id", "the UUID should be of version 5, made from the content");
  else if (*made != subject.id)
    judge.warn("deterministic_id", "/id", fmt::format("the id made from the content is {}", *made));
}

void check_custom(Subject const& subject, Judge& judge) {
  bool const known = model::stix_class(subject.type) != StixClass::unknown;
  bool const extended = has_extension_at_top(subject.object);
  if (!known && !extended)
    judge.warn("custom_type", "/type", "a type of one's own should be defined by an extension");
  if (!known || extended) return;
  Properties const properties(subject.type);
  for (std::string const& name : subject.properties)
    if (!properties.find(name))
      judge.warn("custom_property", json::pointer_to("", name),
                 "a property of one's own should be defined by an extension");
}

void check_recommended(Subject const& subject, Judge& judge) {
  if (subject.type == "indicator" && !subject.object.contains("name"))
    judge.warn("indicator_name", "/name", "an indicator should have a `name` and a `description`");
  else if (subject.type == "indicator" && !subject.object.contains("description"))
    judge.warn("indicator_name", "/description", "an indicator should have a `name` and a `description`");
  if (subject.type == "observed-data" && subject.object.contains("objects"))
    judge.warn("deprecated_property", "/objects", "`objects` is deprecated: use `object_refs`");
  auto const country = text_of(subject.object, "country");
  if (subject.type == "location" && !country.empty() && country.size() != 2)
    judge.warn("country_code", "/country", "should be a code of ISO 3166-1 alpha-2");
}

}  // namespace comity::stix
