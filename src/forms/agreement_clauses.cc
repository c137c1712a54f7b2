#include <algorithm>
#include <set>

#include "base/contains.h"
#include "forms/agreement_parts.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

using model::Clause;
using model::ClauseType;

enum class TypeWord { text, grant, prohibit, deconflict, notify, contact, later };

constexpr Word<TypeWord> type_words[] = {
    {"text", TypeWord::text},         {"grant", TypeWord::grant},
    {"prohibit", TypeWord::prohibit}, {"deconflict", TypeWord::deconflict},
    {"notify", TypeWord::notify},     {"contact", TypeWord::contact},
    {"consult", TypeWord::later}};
constexpr Word<model::Attribution> attribution_words[] = {{"named", model::Attribution::named},
                                                          {"centre", model::Attribution::centre}};
constexpr Word<model::Onward> onward_words[] = {{"none", model::Onward::none},
                                                {"originator_consent", model::Onward::originator_consent},
                                                {"free", model::Onward::free}};
constexpr Word<model::RecallRule> recall_words[] = {{"none", model::RecallRule::none},
                                                    {"request", model::RecallRule::request},
                                                    {"oblige", model::RecallRule::oblige}};
constexpr Word<model::Scope> scope_words[] = {{"this_agreement", model::Scope::this_agreement},
                                              {"between_participants", model::Scope::between_participants}};
constexpr Word<model::Selector::Kind> selector_words[] = {{"each", model::Selector::Kind::each},
                                                          {"others", model::Selector::Kind::others}};

void read_precision(Place const& place, Clause& clause) {
  Members members(place);
  if (auto const location = members.optional("location")) {
    Members of_location(*location);
    take_step(of_location, "grid_m", clause.location_grid_m, 1, limits::coarsest_grid_m);
  }
  if (auto const time = members.optional("time")) {
    Members of_time(*time);
    take_step(of_time, "round_s", clause.time_round_s, 1, limits::coarsest_round_s);
  }
}

// What grants and prohibitions have in common. Gives the place of `fields`, of which more may be asked.
std::optional<Place> read_reach(Members& members, Clause& clause) {
  if (auto const from = members.required("from")) clause.from = read_selector(*from);
  if (auto const to = members.required("to")) clause.to = read_selector(*to);
  if (auto const items = members.required("items")) clause.items = read_filter(*items, clause.type);
  auto const fields = members.required("fields");
  if (fields) clause.fields_given = read_fields(*fields);
  return fields;
}

void read_grant(Members& members, Clause& clause) {
  auto const fields = read_reach(members, clause);
  if (auto const precision = members.required("precision")) read_precision(*precision, clause);
  members.take_word("attribution", clause.attribution, attribution_words);
  members.take_duration("delay", clause.delay);
  members.take_word("onward", clause.onward, onward_words);
  if (auto const retention = members.optional("retention")) clause.retention = retention->duration();
  members.take_word("recall", clause.recall, recall_words);
  // A7: free text would carry what the precision hides.
  bool const coarse = clause.location_grid_m > 0 || clause.time_round_s > 0;
  if (fields && clause.fields_given.all && (coarse || clause.attribution == model::Attribution::centre))
    fields->refuse(
        "a grant with a precision, or with attribution \"centre\", lists its fields: {\"only\": "
        "[properties]}");
}

void read_prohibition(Members& members, Clause& clause) {
  members.take_word("scope", clause.scope, scope_words);  // no default: see 15-forms 2
  auto const fields = read_reach(members, clause);
  if (fields && fields->value().is_object() && clause.fields_given.only.empty())
    fields->refuse("prohibits nothing; name a property, or say \"all\"");
  for (std::string_view const always : {"type", "spec_version"})
    if (fields && contains(clause.fields_given.only, always))
      fields->refuse(
          "\"" + std::string(always) +
          "\" comes with every object, so it cannot be prohibited; prohibit the items, by \"types\" and "
          "\"all\"");
}

void read_by_type(Members& members, Clause& clause) {
  auto const place = members.required("type");
  auto const type = place ? place->word(type_words) : std::nullopt;
  if (!type || *type == TypeWord::later) {
    members.allow_others();
    if (type)
      place->refuse("clause type \"" + std::string(*place->text()) +
                    "\" comes with a later version of this centre");
    return;
  }
  switch (*type) {
    case TypeWord::grant: clause.type = ClauseType::grant; return read_grant(members, clause);
    case TypeWord::prohibit: clause.type = ClauseType::prohibit; return read_prohibition(members, clause);
    case TypeWord::deconflict: clause.type = ClauseType::deconflict; return read_deconflict(members, clause);
    case TypeWord::notify: clause.type = ClauseType::notify; return read_notify(members, clause);
    case TypeWord::contact: clause.type = ClauseType::contact; return read_contact(members, clause);
    case TypeWord::text:
    case TypeWord::later: return;
  }
}

Clause read_clause(Place const& place) {
  Clause clause;
  Members members(place);
  take_shaped(members, "id", clause_name, clause.id);
  read_by_type(members, clause);
  members.take_text("text", clause.text);
  if (auto const humanitarian = members.optional("humanitarian"))
    clause.humanitarian = humanitarian->yes_or_no().value_or(false);
  if (auto const from = members.optional("applies_from")) clause.applies_from = read_condition(*from);
  if (auto const until = members.optional("applies_until")) clause.applies_until = read_condition(*until);
  return clause;
}

}  // namespace

model::Selector read_selector(Place const& place) {
  model::Selector selector;
  if (place.value().is_array()) {
    selector.names = read_names(place, party_or_office, Emptiness::allowed);  // an empty list is nobody
  } else if (place.value().is_string()) {
    selector.kind = place.word(selector_words).value_or(selector.kind);
  } else if (auto const* object = place.value().if_object(); object && object->contains("seats")) {
    place.refuse("seats of an organ come with a later version of this centre");
  } else {
    place.refuse("must be \"each\", \"others\" or a list of parties and offices");
  }
  return selector;
}

std::vector<Clause> read_clauses(Place const& place) {
  std::vector<Clause> clauses;
  std::set<std::string> ids;
  for (Place const& element : place.elements(limits::agreement_clauses)) {
    clauses.push_back(read_clause(element));
    std::string const& id = clauses.back().id;
    if (!id.empty() && !ids.insert(id).second)
      place.problems().add(element.pointer() + "/id", "is the id of another clause of this agreement");
  }
  return clauses;
}

}  // namespace comity::forms
