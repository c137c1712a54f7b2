// Rules about markings. They decide who may have an object, so nothing in them is passed over.
#include <fmt/format.h>

#include "base/limits.h"
#include "json/pointer.h"
#include "model/tlp.h"
#include "stix/ids.h"
#include "stix/rules.h"
#include "stix/selectors.h"

namespace comity::stix {
namespace {

constexpr auto granular_form = "granular_form";

// Exactly one of marking_ref and lang, a list of selectors, and nothing else.
void check_members(Subject const& subject, Judge& judge, json::Object const& marking,
                   std::string const& pointer) {
  for (auto const& member : marking) {
    std::string_view const name = member.key();
    if (name != "marking_ref" && name != "lang" && name != "selectors")
      judge.refuse(granular_form, json::pointer_to(pointer, name), "a granular marking has no such member");
  }
  bool const has_marking = marking.contains("marking_ref"), has_lang = marking.contains("lang");
  if (has_marking == has_lang)
    judge.refuse(granular_form, pointer, "a granular marking has either `marking_ref` or `lang`");
  auto const id = text_of(marking, "marking_ref");
  if (has_marking && (!is_stix_id(id) || type_of_id(id) != "marking-definition"))
    judge.refuse(granular_form, json::pointer_to(pointer, "marking_ref"),
                 "`marking_ref` is a marking definition's id");
  if (has_marking && id == subject.id)
    judge.refuse("marking_circular", json::pointer_to(pointer, "marking_ref"),
                 "a marking does not mark itself");
  if (has_lang && text_of(marking, "lang").empty())
    judge.refuse(granular_form, json::pointer_to(pointer, "lang"), "`lang` is a language's code");
}

struct Selectors {
  std::vector<std::string_view> texts;
  std::vector<std::string> pointers;
};

void collect_selectors(Judge& judge, json::Object const& marking, std::string const& pointer,
                       Selectors& out) {
  auto const at = json::pointer_to(pointer, "selectors");
  auto const* value = marking.if_contains("selectors");
  auto const* list = value ? value->if_array() : nullptr;
  if (!list || list->empty())
    return judge.refuse(granular_form, at, "`selectors` is a list of strings, never empty");
  if (out.texts.size() + list->size() > limits::granular_selectors)
    return judge.refuse("too_many_markings", at,
                        fmt::format("at most {} selectors", limits::granular_selectors));
  for (size_t i = 0; i < list->size(); ++i) {
    auto const* text = (*list)[i].if_string();
    if (!text) {
      judge.refuse(granular_form, json::pointer_to(at, i), "a selector is a string");
      continue;
    }
    out.texts.emplace_back(*text);
    out.pointers.push_back(json::pointer_to(at, i));
  }
}

void check_statement(Subject const& subject, Judge& judge) {
  auto const* definition = subject.object.if_contains("definition");
  auto const* body = definition ? definition->if_object() : nullptr;
  auto const* statement = body ? body->if_contains("statement") : nullptr;
  if (!statement || !statement->is_string())
    judge.refuse("marking_form", "/definition/statement", "a statement marking holds its `statement`");
}

}  // namespace

void check_object_markings(Subject const& subject, Judge& judge) {
  auto const* value = subject.object.if_contains("object_marking_refs");
  if (!value || !value->is_array()) return;
  auto const& list = value->get_array();
  if (list.size() > limits::object_markings)
    judge.refuse("too_many_markings", "/object_marking_refs",
                 fmt::format("at most {} markings", limits::object_markings));
  for (size_t i = 0; i < list.size(); ++i) {
    auto const pointer = json::pointer_to("/object_marking_refs", i);
    if (!list[i].is_string() || !is_stix_id(list[i].get_string()))
      judge.refuse("reference_form", pointer, "a marking is named by its id");  // also in an observable
    else if (std::string_view(list[i].get_string()) == subject.id)
      judge.refuse("marking_circular", pointer, "a marking does not mark itself");
  }
}

void check_granular_markings(Subject const& subject, Judge& judge) {
  auto const* value = subject.object.if_contains("granular_markings");
  if (!value || !value->is_array()) return;
  auto const& list = value->get_array();
  if (list.size() > limits::granular_markings)
    return judge.refuse("too_many_markings", "/granular_markings",
                        fmt::format("at most {} granular markings", limits::granular_markings));
  Selectors selectors;
  for (size_t i = 0; i < list.size(); ++i) {
    auto const pointer = json::pointer_to("/granular_markings", i);
    auto const* marking = list[i].if_object();
    if (!marking) continue;  // value_shape
    check_members(subject, judge, *marking, pointer);
    collect_selectors(judge, *marking, pointer, selectors);
  }
  for (auto const i : selecting_nothing(subject.object, selectors.texts))
    judge.refuse("granular_selector", selectors.pointers[i], "the selector selects nothing in this object");
}

void check_marking_definition(Subject const& subject, Judge& judge) {
  if (subject.type != "marking-definition" || model::fixed_tlp(subject.id)) return;  // A19
  auto const kind = text_of(subject.object, "definition_type");
  if (kind == "statement") check_statement(subject, judge);
  if (kind == "tlp")
    judge.refuse("marking_tlp", "/id", "a TLP marking is one of those with the ids that the standard gives");
}

}  // namespace comity::stix
