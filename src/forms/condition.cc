#include <string>

#include "forms/agreement_parts.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

using model::Condition;

class ConditionReader {
 public:
  Condition read(Place const& place, size_t depth) {
    Members members(place);
    auto const consents = members.optional("consents");
    auto const date = members.optional("date");
    auto const in_force = members.optional("in_force");
    auto const adopted = members.optional("adopted");
    auto const all_of = members.optional("all_of");
    auto const any_of = members.optional("any_of");
    int const given = consents.has_value() + date.has_value() + in_force.has_value() + adopted.has_value() +
                      all_of.has_value() + any_of.has_value();
    if (members.is_object() && given != 1) {
      place.refuse("must have exactly one of: consents, date, in_force, all_of, any_of");
      return {};
    }
    if (all_of) return read_parts(*all_of, Condition::Kind::all_of, depth);
    if (any_of) return read_parts(*any_of, Condition::Kind::any_of, depth);
    if (++leaves_ == limits::condition_leaves + 1)
      place.refuse("a condition has at most " + std::to_string(limits::condition_leaves) + " parts");
    if (consents) return read_consents(*consents);
    if (adopted) adopted->refuse("organs and their resolutions come with a later version of this centre");
    Condition condition;
    if (date) {
      condition.kind = Condition::Kind::date;
      condition.date = date->time().value_or(UtcTime{});
    } else if (in_force) {
      condition.kind = Condition::Kind::in_force;
      condition.agreement = read_shaped(*in_force, agreement_name);
    }
    return condition;
  }

 private:
  Condition read_parts(Place const& place, Condition::Kind kind, size_t depth) {
    Condition condition = of_kind(kind);
    if (depth == limits::condition_depth) {
      place.refuse("conditions stand in each other at most " + std::to_string(limits::condition_depth) +
                   " deep");
      return condition;
    }
    auto const* array = place.value().if_array();
    if (array && array->empty()) place.refuse("must name at least one condition");
    for (Place const& part : place.elements(limits::condition_leaves))
      condition.parts.push_back(read(part, depth + 1));
    return condition;
  }

  static Condition read_consents(Place const& place) {
    if (place.value().is_array()) {
      Condition condition = of_kind(Condition::Kind::consents_of);
      condition.parties = read_names(place, party_name, Emptiness::refused);
      return condition;
    }
    if (place.value().is_int64()) {
      Condition condition = of_kind(Condition::Kind::consents_number);
      condition.number = static_cast<uint32_t>(place.integer(1, limits::agreement_names).value_or(0));
      return condition;
    }
    auto const* word = place.value().if_string();
    if (!word || *word != "all") place.refuse("must be \"all\", a number of parties, or a list of parties");
    return of_kind(Condition::Kind::consents_all);
  }

  static Condition of_kind(Condition::Kind kind) {
    Condition condition;
    condition.kind = kind;
    return condition;
  }

  size_t leaves_ = 0;
};

}  // namespace

Condition read_condition(Place const& place) { return ConditionReader().read(place, 1); }

}  // namespace comity::forms
