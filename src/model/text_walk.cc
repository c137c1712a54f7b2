#include "model/text_walk.h"

namespace comity::model {
namespace {

std::string under(std::string const& pointer, size_t index) { return pointer + "/" + std::to_string(index); }

// The functions below are written once for texts that may be changed and for those that may not.

template <class Names, class Visit>
void walk_list(Names& names, std::string const& pointer, Visit const& visit) {
  for (size_t i = 0; i < names.size(); ++i) visit(names[i], under(pointer, i));
}

// Every condition within `condition` that is no combination of others.
template <class AnyCondition, class Visit>
void walk_leaves(AnyCondition& condition, std::string const& pointer, Visit const& visit) {
  if (condition.kind != Condition::Kind::all_of && condition.kind != Condition::Kind::any_of) {
    visit(condition, pointer);
    return;
  }
  std::string const list = pointer + (condition.kind == Condition::Kind::all_of ? "/all_of" : "/any_of");
  for (size_t i = 0; i < condition.parts.size(); ++i) walk_leaves(condition.parts[i], under(list, i), visit);
}

template <class AnyClause, class Visit>
void walk_clause_conditions(AnyClause& clause, std::string const& pointer, Visit const& visit) {
  walk_leaves(clause.applies_from, pointer + "/applies_from", visit);
  if (clause.applies_until) walk_leaves(*clause.applies_until, pointer + "/applies_until", visit);
}

template <class AnyText, class Visit>
void walk_head_names(AnyText& text, Visit const& visit) {
  walk_list(text.sponsors, "/sponsors", visit);
  for (size_t i = 0; i < text.participants.size(); ++i) {
    std::string const pointer = under("/participants", i);
    visit(text.participants[i].party, pointer + "/party");
    walk_list(text.participants[i].offices, pointer + "/offices", visit);
  }
  walk_list(text.eligible.list, "/eligible/list", visit);
}

template <class AnyText, class Visit>
void walk_names(AnyText& text, Visit const& visit) {
  auto const in_condition = [&](auto& condition, std::string const& pointer) {
    walk_list(condition.parties, pointer + "/consents", visit);
  };
  walk_head_names(text, visit);
  walk_leaves(text.entry_into_force, "/entry_into_force", in_condition);
  for (size_t i = 0; i < text.clauses.size(); ++i) {
    auto& clause = text.clauses[i];
    std::string const pointer = under("/clauses", i);
    auto const [from, to] = selector_pointers(clause.type);
    walk_list(clause.from.names, pointer + from, visit);
    walk_list(clause.to.names, pointer + to, visit);
    walk_clause_conditions(clause, pointer, in_condition);
  }
}

template <class AnyText, class Visit>
void walk_agreement_names(AnyText& text, Visit const& visit) {
  auto const in_condition = [&](auto& condition, std::string const& pointer) {
    if (condition.kind == Condition::Kind::in_force) visit(condition, pointer + "/in_force");
  };
  walk_leaves(text.entry_into_force, "/entry_into_force", in_condition);
  for (size_t i = 0; i < text.clauses.size(); ++i)
    walk_clause_conditions(text.clauses[i], under("/clauses", i), in_condition);
}

}  // namespace

std::pair<std::string, std::string> selector_pointers(ClauseType type) {
  if (type == ClauseType::deconflict) return {"/between/0", "/between/1"};
  if (type == ClauseType::contact) return {"/ends/0", "/ends/1"};
  return {"/from", "/to"};
}

void for_each_name(Text& text, std::function<void(Who&, std::string const&)> const& visit) {
  walk_names(text, visit);
}
void for_each_name(Text const& text, std::function<void(Who const&, std::string const&)> const& visit) {
  walk_names(text, visit);
}
void for_each_agreement_name(Text& text, std::function<void(Condition&, std::string const&)> const& visit) {
  walk_agreement_names(text, visit);
}
void for_each_agreement_name(Text const& text,
                             std::function<void(Condition const&, std::string const&)> const& visit) {
  walk_agreement_names(text, visit);
}

}  // namespace comity::model
