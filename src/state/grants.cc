#include "state/grants.h"

#include <algorithm>

#include "base/contains.h"
#include "model/tlp.h"
#include "state/filter.h"

namespace comity::state {
namespace {

using Why = Disclosure::Why;

// Whether one marking lets the viewer have what it marks, under this grant (A19).
bool marking_allows(Question const& q, OfficeKey viewer, Item const& item, Contribution const& contribution,
                    Agreement const& agreement, model::Clause const& grant, std::string const& marking) {
  if (auto const level = model::fixed_tlp(marking)) {
    if (grant.items.marking_max && *level > *grant.items.marking_max) return false;
    if (*level == model::Tlp::red) return contains_sorted(contribution.to_offices, viewer);
    if (*level != model::Tlp::amber_strict) return true;
    return named_by_office(agreement, viewer) ||
           std::ranges::any_of(grant.to.names, [&](model::Who const& who) { return who.office == viewer; });
  }
  if (contains(grant.items.other_markings, marking)) return true;
  PartyKey const author = q.law.party_of(contribution.office);
  for (ItemKey key : q.holdings.with_id(marking)) {
    Item const& definition = q.item(key);
    bool const has =
        definition.originator == author || std::ranges::any_of(definition.had, [&](Had const& had) {
          return q.law.party_of(had.office) == author;
        });
    if (has && definition.facts.marking_kind == model::MarkingKind::statement) return true;
  }
  // A statement may be its own object: a marking-definition is marked by nothing but itself.
  return item.head.id == marking && item.facts.marking_kind == model::MarkingKind::statement;
}

struct OneGrant {
  std::vector<model::GrantedField> fields;  // if not all
  std::vector<std::string> cut;
};

// What this grant gives of the item's fields.
OneGrant one_grant(Item const& item, model::Clause const& clause, auto&& allows) {
  OneGrant given;
  for (model::GranularMarking const& granular : item.facts.granular)
    if (!allows(granular.marking))
      given.cut.insert(given.cut.end(), granular.selectors.begin(), granular.selectors.end());
  if (!clause.fields_given.all)
    for (std::string const& name : clause.fields_given.only)
      if (contains_sorted(item.facts.properties, name))
        given.fields.push_back({name, clause.location_grid_m, clause.time_round_s});
  std::ranges::sort(given.cut);
  given.cut.erase(std::unique(given.cut.begin(), given.cut.end()), given.cut.end());
  return given;
}

// Grants add up: the finest precision of each field (20-release). 0 is exact, and so the finest.
void add_fields(std::vector<model::GrantedField>& sum, std::vector<model::GrantedField> const& more) {
  for (model::GrantedField const& field : more) {
    auto const place = std::ranges::lower_bound(sum, field.name, {}, &model::GrantedField::name);
    if (place == sum.end() || place->name != field.name) {
      sum.insert(place, field);
    } else {
      place->location_grid_m = std::min(place->location_grid_m, field.location_grid_m);
      place->time_round_s = std::min(place->time_round_s, field.time_round_s);
    }
  }
}

bool gives(OneGrant const& grant, bool all, std::string_view property) {
  return all || std::ranges::any_of(grant.fields, [&](auto const& field) { return field.name == property; });
}

// A selector stays cut unless a grant that gives its property does not cut it.
void add_up_cuts(std::vector<std::pair<OneGrant, bool>> const& grants, std::vector<std::string>& cut) {
  for (auto const& [grant, all] : grants)
    for (std::string const& selector : grant.cut) {
      bool const freed = std::ranges::any_of(grants, [&](auto const& other) {
        return gives(other.first, other.second, top_level(selector)) &&
               !contains_sorted(other.first.cut, selector);
      });
      if (!freed && !contains(cut, selector)) cut.push_back(selector);
    }
  std::ranges::sort(cut);
}

}  // namespace

std::string_view top_level(std::string_view selector) { return selector.substr(0, selector.find('.')); }

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
  std::vector<std::pair<OneGrant, bool>> matching;
  for (size_t number = 0; number < agreement.text->clauses.size(); ++number) {
    model::Clause const& clause = agreement.text->clauses[number];
    if (clause.type != model::ClauseType::grant) continue;
    if (!covers(q.law, agreement, clause.from, contribution.office, item.originator)) continue;
    if (!covers(q.law, agreement, clause.to, viewer, item.originator)) continue;
    auto const no = [&](Why why) {
      sum.reasons.push_back({why, agreement_key, static_cast<uint32_t>(number)});
    };
    auto const allows = [&](std::string const& marking) {
      return marking_allows(q, viewer, item, contribution, agreement, clause, marking);
    };
    if (!in_force(agreement, number, i, j)) {
      no(Why::no_grant_in_force);
    } else if (!matches(clause.items, item, FilterUse::grant)) {
      no(Why::filter);
    } else if (q.now < contribution.time + clause.delay) {
      no(Why::not_yet);
    } else if (contribution.time < standing_since(agreement, j) &&
               agreement.text->retroactivity != model::Retroactivity::all) {
      no(Why::before_standing);
    } else if (gap(agreement, number, i, j, contribution.time)) {
      no(Why::in_gap);
    } else if (!std::ranges::all_of(item.facts.markings, allows)) {
      no(Why::marking);
    } else {
      if (!sum.any) sum.first_clause = static_cast<uint32_t>(number);
      sum.any = true;
      matching.emplace_back(one_grant(item, clause, allows), clause.fields_given.all);
      add_fields(sum.form.granted, matching.back().first.fields);
      sum.form.all_fields |= clause.fields_given.all;
      if (clause.attribution == model::Attribution::named) sum.form.attribution = model::Attribution::named;
    }
  }
  if (sum.form.all_fields) sum.form.granted.clear();
  add_up_cuts(matching, sum.form.cut);
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
  std::erase_if(answer.form.granted,
                [&](auto const& field) { return contains_sorted(answer.form.prohibited, field.name); });
  // Said by what is granted, but for the properties that come without being listed.
  if (!answer.form.all_fields)
    std::erase_if(answer.form.prohibited, [](auto const& name) { return !is_base_property(name); });
  return true;
}

}  // namespace comity::state
