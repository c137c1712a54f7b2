#include "state/volume_clauses.h"

#include <algorithm>

#include "base/contains.h"
#include "state/law.h"

namespace comity::state {
namespace {

using OfficesOfParties = std::map<PartyKey, std::vector<OfficeKey>>;

bool is_about_volumes(model::Clause const& clause) {
  return clause.type == model::ClauseType::deconflict || clause.type == model::ClauseType::notify;
}

// By party: of a party that stands there twice, what the first entry says.
OfficesOfParties participants_of(model::Text const& text, OfficesOfParties const& all) {
  OfficesOfParties taking_part;
  for (model::Participant const& one : text.participants) {
    auto const [place, is_new] = taking_part.try_emplace(one.party.party);
    if (!is_new) continue;
    if (auto const found = all.find(one.party.party); one.offices.empty() && found != all.end())
      place->second = found->second;
    for (model::Who const& who : one.offices)
      if (auto const found = all.find(one.party.party);
          found != all.end() && contains(found->second, who.office))
        place->second.push_back(who.office);
  }
  return taking_part;
}

std::vector<OfficeKey> side_of(model::Selector const& selector, OfficesOfParties const& taking_part,
                               Law const& law) {
  std::vector<OfficeKey> side;
  auto const add_party = [&](std::vector<OfficeKey> const& offices) {
    side.insert(side.end(), offices.begin(), offices.end());
  };
  if (selector.kind != model::Selector::Kind::list)
    for (auto const& [party, offices] : taking_part) add_party(offices);
  else
    for (model::Who const& who : selector.names) {
      auto const found = taking_part.find(who.office ? law.party_of(who.office) : who.party);
      if (found == taking_part.end()) continue;
      if (!who.office)
        add_party(found->second);
      else if (contains(found->second, who.office))
        side.push_back(who.office);
    }
  std::ranges::sort(side);
  side.erase(std::ranges::unique(side).begin(), side.end());
  return side;
}

}  // namespace

bool ClauseSides::gives(OfficeKey office) const { return std::ranges::binary_search(from, office); }
bool ClauseSides::takes(OfficeKey office, PartyKey own, PartyKey giver) const {
  return std::ranges::binary_search(to, office) && !(to_others && own == giver);
}
bool ClauseSides::names(OfficeKey office) const {
  return gives(office) || std::ranges::binary_search(to, office);
}

void VolumeClauses::make(Law const& law) {
  by_party_.clear(), sides_.clear();
  OfficesOfParties all;
  for (size_t i = 0; i < law.agreements.size(); ++i) {
    model::Text const& text = *law.agreements[i].text;
    if (std::ranges::none_of(text.clauses, is_about_volumes)) continue;
    if (all.empty())
      for (size_t office = 0; office < law.offices.size(); ++office)
        all[law.offices[office].party].push_back(OfficeKey(office));
    OfficesOfParties const taking_part = participants_of(text, all);
    for (auto const& [party, offices] : taking_part) by_party_[party].push_back(AgreementKey(i));
    for (uint32_t number = 0; number < text.clauses.size(); ++number) {
      model::Clause const& clause = text.clauses[number];
      if (is_about_volumes(clause))
        sides_[{AgreementKey(i), number}] = {side_of(clause.from, taking_part, law),
                                             side_of(clause.to, taking_part, law),
                                             clause.to.kind == model::Selector::Kind::others};
    }
  }
}

std::vector<AgreementKey> const& VolumeClauses::of(PartyKey party) const {
  static std::vector<AgreementKey> const none;
  auto const found = by_party_.find(party);
  return found == by_party_.end() ? none : found->second;
}

ClauseSides const* VolumeClauses::sides(model::ClauseName clause) const {
  auto const found = sides_.find(clause);
  return found == sides_.end() ? nullptr : &found->second;
}

}  // namespace comity::state
