#include "state/grants.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/contains.h"
#include "model/tlp.h"
#include "state/filter.h"

namespace comity::state {
namespace {

using Why = Disclosure::Why;

// What an author means by the id of a marking definition: what it had under it from whoever it had it from first. Another
// party that gives it a milder one under the same id changes nothing. Of several the strictest (A19).
bool is_statement(Question const& q, PartyKey author, std::string const& id) {
  if (auto const published =
          q.holdings.frameworks.marking(id))  // everybody has it, and nobody gives it another meaning
    return *published == model::MarkingKind::statement;
  PartyKey const first = first_originator(q, author, id);
  bool statement = false, other = false;
  auto const consider = [&](ItemKey key) {
    Item const& definition = q.item(key);
    auto const is_authors = [&](Had const& had) { return q.law.party_of(had.office) == author; };
    bool const has = definition.originator == author || std::ranges::any_of(definition.had, is_authors) ||
                     q.is_coming_to(author, key);
    if (definition.originator != first || !has) return;
    statement |= definition.facts.marking_kind == model::MarkingKind::statement;
    other |= definition.facts.marking_kind == model::MarkingKind::other;
  };
  for (ItemKey key : q.holdings.with_id(id)) consider(key);
  // A definition may be marked by itself, while it is only just coming.
  bool const is_new = q.ahead && q.ahead->fresh && q.ahead->fresh_key.value >= q.holdings.items.size();
  if (is_new && q.ahead->fresh->head.id == id) consider(q.ahead->fresh_key);
  return statement && !other;
}

// Whether one marking lets the viewer have what it marks, under this grant (A19).
bool marking_allows(Question const& q, OfficeKey viewer, Contribution const& contribution,
                    Agreement const& agreement, model::Clause const& grant, std::string const& marking) {
  if (auto const level = model::fixed_tlp(marking)) {
    if (grant.items.marking_max && *level > *grant.items.marking_max) return false;
    if (*level == model::Tlp::red) return contains_sorted(contribution.to_offices, viewer);
    if (*level != model::Tlp::amber_strict) return true;
    return named_by_office(agreement, viewer) ||
           std::ranges::any_of(grant.to.names, [&](model::Who const& who) { return who.office == viewer; });
  }
  if (contains(grant.items.other_markings, marking)) return true;
  return is_statement(q, q.law.party_of(contribution.office), marking);
}

struct OneGrant {
  model::Clause const& clause;
  std::vector<std::string> cut;

  bool gives(std::string_view property) const { return clause.fields_given.all || lists(property); }
  bool lists(std::string_view property) const {
    return !clause.fields_given.all && contains(clause.fields_given.only, property);
  }
};

// What markings take out under one grant.
OneGrant one_grant(Item const& item, model::Clause const& clause, auto&& allows) {
  OneGrant given{clause, {}};
  for (model::GranularMarking const& granular : item.facts.granular)
    if (!allows(granular.marking))
      given.cut.insert(given.cut.end(), granular.selectors.begin(), granular.selectors.end());
  return given;
}

// How exactly something is given. 0 is exact, and so the finest.
struct Exactness {
  uint32_t grid_m = UINT32_MAX, step_s = UINT32_MAX;
  auto operator<=>(Exactness const&) const = default;
};

// Several grants add up: of each part of an item what some grant gives of it, as finely as the finest of those that do
// (20-release). What a marking takes out under a grant is not given by that one at all, neither it nor what lies in it,
// nor does that grant's finer step count for it.
class Sum {
 public:
  Sum(Item const& item, std::vector<OneGrant> const& grants) : item_(item), grants_(grants) {}

  void write(model::EditionForm& form) const {
    form.all_fields =
        std::ranges::any_of(grants_, [](auto const& one) { return one.clause.fields_given.all; });
    for (std::string const& name : item_.facts.properties) {
      if (!is_listed(name)) continue;
      auto const how = given(name).value_or(listed(name));
      if (!form.all_fields || (given(name) && how != exact)) add(form, name, how);
    }
    for (std::string const& selector : cuts()) {
      auto const how = given(selector);
      if (!how)
        form.cut.push_back(selector);
      else if (selector.find('.') != std::string::npos && how != given(top_level(selector)))
        add(form, selector, *how);
    }
    std::ranges::sort(form.granted);
  }

 private:
  static constexpr Exactness exact{0, 0};

  static void add(model::EditionForm& form, std::string const& name, Exactness how) {
    form.granted.push_back({name, how.grid_m, how.step_s});
  }
  static void add_up(Exactness& sum, model::Clause const& clause) {
    sum = {std::min(sum.grid_m, clause.location_grid_m), std::min(sum.step_s, clause.time_round_s)};
  }

  bool is_listed(std::string_view name) const {
    return std::ranges::any_of(grants_, [&](OneGrant const& one) { return one.lists(name); });
  }
  Exactness listed(std::string_view name) const {
    Exactness sum;
    for (OneGrant const& one : grants_)
      if (one.lists(name)) add_up(sum, one.clause);
    return sum;
  }

  // None if no grant gives this part.
  std::optional<Exactness> given(std::string_view part) const {
    std::optional<Exactness> sum;
    for (OneGrant const& one : grants_) {
      bool const gives = is_base_property(top_level(part)) || one.gives(top_level(part));
      if (!gives || std::ranges::any_of(one.cut, [&](auto const& cut) { return is_part_of(part, cut); }))
        continue;
      if (!sum) sum = Exactness();
      add_up(*sum, one.clause);
    }
    return sum;
  }

  std::set<std::string> cuts() const {
    std::set<std::string> all;
    for (OneGrant const& one : grants_) all.insert(one.cut.begin(), one.cut.end());
    return all;
  }

  Item const& item_;
  std::vector<OneGrant> const& grants_;
};

}  // namespace

std::string_view top_level(std::string_view selector) { return selector.substr(0, selector.find('.')); }

bool is_part_of(std::string_view part, std::string_view whole) {
  return part.starts_with(whole) && (part.size() == whole.size() || part[whole.size()] == '.');
}

bool is_base_property(std::string_view name) {
  return name == "type" || name == "spec_version" || name == "id" || name == "created" || name == "modified";
}

bool covers(Law const& law, Agreement const& agreement, model::Selector const& selector, OfficeKey office,
            PartyKey apart) {
  if (!participates(law, agreement, office)) return false;
  switch (selector.kind) {
    case model::Selector::Kind::each: return true;
    case model::Selector::Kind::others: return law.party_of(office) != apart;
    case model::Selector::Kind::list: break;
  }
  return std::ranges::any_of(selector.names, [&](model::Who const& who) {
    return who.office ? who.office == office : who.party == law.party_of(office);
  });
}

Grants grants_for(Question const& q, OfficeKey viewer, Item const& item, Contribution const& contribution,
                  AgreementKey agreement_key) {
  Agreement const& agreement = q.law.agreement(agreement_key);
  PartyKey const i = q.law.party_of(contribution.office), j = q.law.party_of(viewer);
  Grants sum;
  sum.form.all_fields = false;
  sum.form.attribution = model::Attribution::centre;
  std::vector<OneGrant> matching;
  for (size_t number = 0; number < agreement.text->clauses.size(); ++number) {
    model::Clause const& clause = agreement.text->clauses[number];
    if (clause.type != model::ClauseType::grant) continue;
    if (!covers(q.law, agreement, clause.from, contribution.office, item.originator)) continue;
    if (!covers(q.law, agreement, clause.to, viewer, item.originator)) continue;
    auto const no = [&](Why why) {
      sum.reasons.push_back({why, agreement_key, static_cast<uint32_t>(number)});
    };
    auto const allows = [&](std::string const& marking) {
      return marking_allows(q, viewer, contribution, agreement, clause, marking);
    };
    if (!in_force(agreement, number, i, j)) {
      no(Why::no_grant_in_force);
    } else if (!matches(clause.items, item, FilterUse::grant)) {
      no(Why::filter);
    } else if (q.now < contribution.time + clause.delay) {
      no(Why::not_yet);
    } else if (!had_joined(agreement, j, contribution.made()) &&
               agreement.text->retroactivity != model::Retroactivity::all) {
      no(Why::before_standing);
    } else if (gap(agreement, number, i, j, contribution.made())) {
      no(Why::in_gap);
    } else if (!std::ranges::all_of(item.facts.markings, allows)) {
      no(Why::marking);
    } else {
      if (!sum.any) sum.first_clause = static_cast<uint32_t>(number);
      sum.any = true;
      matching.push_back(one_grant(item, clause, allows));
      if (clause.attribution == model::Attribution::named) sum.form.attribution = model::Attribution::named;
    }
  }
  if (sum.any) Sum(item, matching).write(sum.form);
  return sum;
}

bool apply_prohibitions(Question const& q, OfficeKey viewer, Item const& item,
                        Contribution const& contribution, AgreementKey agreement_key, Disclosure& answer) {
  PartyKey const i = q.law.party_of(contribution.office), j = q.law.party_of(viewer);
  for (size_t other = 0; other < q.law.agreements.size(); ++other) {
    Agreement const& agreement = q.law.agreements[other];
    if (!agreement.standing.contains(i) || !agreement.standing.contains(j)) continue;
    for (size_t number = 0; number < agreement.text->clauses.size(); ++number) {
      model::Clause const& clause = agreement.text->clauses[number];
      if (clause.type != model::ClauseType::prohibit) continue;
      if (AgreementKey(other) != agreement_key && clause.scope == model::Scope::this_agreement) continue;
      if (!covers(q.law, agreement, clause.from, contribution.office, item.originator)) continue;
      if (!covers(q.law, agreement, clause.to, viewer, item.originator)) continue;
      if (!in_force(agreement, number, i, j) || !matches(clause.items, item, FilterUse::prohibition))
        continue;
      answer.reasons.push_back({Why::prohibited, AgreementKey(other), static_cast<uint32_t>(number)});
      if (clause.fields_given.all) return false;
      for (std::string const& name : clause.fields_given.only)
        if (contains_sorted(item.facts.properties, name) && !contains(answer.form.prohibited, name))
          answer.form.prohibited.push_back(name);
    }
  }
  std::ranges::sort(answer.form.prohibited);
  std::erase_if(answer.form.granted, [&](auto const& field) {
    return contains_sorted(answer.form.prohibited, top_level(field.name));
  });
  // Said by what is granted, but for the properties that come without being listed.
  if (!answer.form.all_fields)
    std::erase_if(answer.form.prohibited, [](auto const& name) { return !is_base_property(name); });
  return true;
}

}  // namespace comity::state
