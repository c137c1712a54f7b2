#include "state/view.h"

#include <algorithm>
#include <set>

#include "base/contains.h"
#include "base/mutant.h"
#include "model/text_walk.h"
#include "state/leaving.h"
#include "state/standing.h"

namespace comity::state {

bool View::is_drafter(Agreement const& agreement) const {
  return viewer_.office && agreement.drafter == viewer_.office;
}

bool View::is_named_sponsor(Agreement const& agreement) const {
  if (!viewer_.office || !participates(law_, agreement, viewer_.office)) return false;
  return std::ranges::any_of(agreement.text->sponsors,
                             [&](model::Who const& who) { return who.party == party(); });
}

bool View::sees(Agreement const& agreement, model::Visible aspect) const {
  if (is_drafter(agreement)) return true;
  bool const tabled = agreement.state() != AgreementState::draft;
  if (aspect == model::Visible::to_public && tabled) return true;
  if (aspect == model::Visible::to_negotiators && !has_negotiated(agreement, party())) return false;
  return tabled && viewer_.office && participates(law_, agreement, viewer_.office);
}

bool View::knows(AgreementKey key) const {
  if (key.is_none() || key.value >= law_.agreements.size()) return false;
  Agreement const& agreement = law_.agreement(key);
  if (law_.arrangement && viewer_.client) return reads_collection(key) || writes_collection(key);
  if (viewer_.office && participates(law_, agreement, viewer_.office)) return true;
  return sees(agreement, agreement.text->visibility.existence);
}

bool View::reads_text(AgreementKey key) const {
  if (!knows(key)) return false;
  Agreement const& agreement = law_.agreement(key);
  bool const bound =
      viewer_.office && agreement.state() != AgreementState::draft &&
      participates(law_, agreement, viewer_.office);  // whoever may join reads what it would join (B9)
  return bound || is_named_sponsor(agreement) || sees(agreement, agreement.text->visibility.text);
}

bool View::knows_membership(AgreementKey key) const {
  return reads_text(key) ||
         (knows(key) && sees(law_.agreement(key), law_.agreement(key).text->visibility.membership));
}

bool View::knows_acts(AgreementKey key) const {
  if (!knows(key)) return false;
  Agreement const& agreement = law_.agreement(key);
  model::Visible const acts = agreement.text->visibility.acts;
  if (left_at(agreement, party()))  // B9; its own acts it is told of all the same
    return acts == model::Visible::to_public && agreement.state() != AgreementState::draft;
  return is_named_sponsor(agreement) || sees(agreement, acts);
}

bool View::is_among(model::Users const& users) const {
  if (!viewer_.client || viewer_.office != law_.arrangement->office) return false;
  return users.everyone || contains_sorted(users.listed, viewer_.client);
}

bool View::reads_collection(AgreementKey key) const {
  return law_.arrangement && key && is_among(law_.arrangement->collections[key.value].readers);
}

bool View::writes_collection(AgreementKey key) const {
  return law_.arrangement && key && is_among(law_.arrangement->collections[key.value].writers);
}

bool View::has_root(AgreementKey key) const {
  if (!knows(key) || !viewer_.office) return false;
  Agreement const& agreement = law_.agreement(key);
  if (!participates(law_, agreement, viewer_.office)) return false;
  if (!belongs(agreement.standing_of(party())) && !mutated(Mutant::former_keeps_root)) return false;
  return agreement.state() == AgreementState::in_force || agreement.state() == AgreementState::suspended;
}

bool View::shares_agreement_with(PartyKey other) const {
  for (size_t i = 0; i < law_.agreements.size(); ++i) {
    AgreementKey const key(i);
    Agreement const& agreement = law_.agreement(key);
    if (!agreement.standing.contains(other) || !knows_membership(key)) continue;
    auto const left = left_at(agreement, party());
    if (!left || standing_before(agreement, other, *left) != Standing::none) return true;
  }
  return false;
}

bool View::knows(PartyKey key) const {
  if (key.is_none() || key.value >= law_.parties.size()) return false;
  if (law_.party(key).listing == model::Listing::listed || key == party()) return true;
  return shares_agreement_with(key);
}

bool View::knows(OfficeKey key) const {
  if (key.is_none() || key.value >= law_.offices.size()) return false;
  model::Office const& office = law_.office(key);
  if (office.party == party()) return true;
  if (!knows(office.party)) return false;
  if (office.listing == model::Listing::listed) return true;
  for (size_t i = 0; i < law_.agreements.size(); ++i)
    if (shows_office(AgreementKey(i), key)) return true;
  return false;
}

// An unlisted office shows where a text names it, or, to offices that take part, where its party takes part as a whole and has
// consented, as the viewer's has. That a text says so of a party is not enough: anybody can draft one. Nor is it that the text
// is public and another office of the viewer's party takes part.
bool View::shows_office(AgreementKey key, OfficeKey office) const {
  Agreement const& agreement = law_.agreement(key);
  if (!participates(law_, agreement, office) || !knows_membership(key)) return false;
  if (named_by_office(agreement, office)) return true;
  auto const has_consented = [&](PartyKey party) {
    Standing const standing = agreement.standing_of(party);
    return standing != Standing::none && standing != Standing::negotiating && standing != Standing::declined;
  };
  return viewer_.office && participates(law_, agreement, viewer_.office) && !left_at(agreement, party()) &&
         has_consented(law_.party_of(office)) && has_consented(party());
}

PartyKey View::party(std::string_view slug) const {
  PartyKey const key = law_.find_party(slug);
  return knows(key) ? key : PartyKey{};
}

OfficeKey View::office(std::string_view name) const {
  OfficeKey const key = law_.find_office(name);
  return knows(key) ? key : OfficeKey{};
}

// never_known where the viewer never could.
constexpr Index never_known = UINT64_MAX;

Index View::known_since(AgreementKey key) const {
  Known const& known = law_.agreement(key).known;
  Index since = known.everybody != 0 ? known.everybody : never_known;
  if (!viewer_.office) return since;
  if (auto const found = known.offices.find(viewer_.office); found != known.offices.end())
    since = std::min(since, found->second);
  if (auto const found = known.parties.find(party()); found != known.parties.end())
    since = std::min(since, found->second);
  return since;
}

namespace {

// `ru.x`, `ru.x-2` and `ru.x-2-3` are of one family: a name that a viewer is given and an id that a drafter chose can be
// equal only within one.
std::string_view family_of(std::string_view name) {
  for (;;) {
    size_t const last = name.find_last_not_of("0123456789");
    bool const numbered = last != std::string_view::npos && last + 1 < name.size() && name[last] == '-';
    if (!numbered) return name;
    name = name.substr(0, last);
  }
}

}  // namespace

// In the order in which the viewer came to know them each gets its id or, where an earlier one bears that, the first
// free number behind it. Whatever is known later comes later in this order, and what is gone from the view keeps its
// place in it, so a name never passes to another agreement, be it chosen or given (G2).
std::vector<View::Named> View::family(std::string_view name) const {
  std::string_view const family = family_of(name);
  std::vector<std::pair<Index, AgreementKey>> members;
  for (size_t i = 0; i < law_.agreements.size(); ++i) {
    std::string const& id = law_.agreements[i].id;
    if (!id.starts_with(family) || family_of(id) != family) continue;
    AgreementKey const key(i);
    Index const since = known_since(key);
    if (since != never_known || knows(key)) members.emplace_back(since, key);
  }
  std::ranges::sort(members);
  std::vector<Named> named;
  std::set<std::string> taken;
  for (auto const& [since, key] : members) {
    std::string const& id = law_.agreement(key).id;
    std::string free = id;
    for (size_t nth = 2; taken.contains(free); ++nth) free = id + "-" + std::to_string(nth);
    taken.insert(free);
    named.push_back({key, std::move(free)});
  }
  return named;
}

std::optional<std::string> View::name_of(AgreementKey key) const {
  if (!knows(key)) return std::nullopt;
  for (Named& one : family(law_.agreement(key).id))
    if (one.agreement == key) return std::move(one.name);
  return std::nullopt;
}

AgreementKey View::agreement(std::string_view name) const {
  for (Named const& one : family(name))
    if (one.name == name && knows(one.agreement)) return one.agreement;
  return {};
}

std::vector<AgreementKey> View::agreements() const {
  std::vector<AgreementKey> all;
  for (size_t i = 0; i < law_.agreements.size(); ++i)
    if (knows(AgreementKey(i))) all.push_back(AgreementKey(i));
  std::ranges::sort(all, {}, [this](AgreementKey key) { return *name_of(key); });
  return all;
}

std::vector<PartyKey> View::parties() const {
  std::vector<PartyKey> all;
  for (size_t i = 0; i < law_.parties.size(); ++i)
    if (knows(PartyKey(i))) all.push_back(PartyKey(i));
  std::ranges::sort(all, {}, [this](PartyKey key) { return law_.party(key).slug; });
  return all;
}

std::vector<UnresolvedName> resolve_names(View const& view, model::Text& text) {
  std::vector<UnresolvedName> missing;
  auto const miss = [&](model::ReasonCode code, std::string const& name, std::string const& pointer) {
    for (UnresolvedName const& known : missing)
      if (known.name == name) return;
    missing.push_back({code, name, pointer});
  };
  model::for_each_name(text, [&](model::Who& who, std::string const& pointer) {
    if (who.name.find('/') == std::string::npos) {
      who.party = view.party(who.name);
      if (who.party.is_none()) miss(model::ReasonCode::unknown_party, who.name, pointer);
    } else {
      who.office = view.office(who.name);
      if (who.office.is_none()) return miss(model::ReasonCode::unknown_office, who.name, pointer);
      who.party = view.law().party_of(who.office);
    }
  });
  for (size_t i = 0; i < text.participants.size(); ++i) {
    model::Participant const& participant = text.participants[i];
    if (participant.founding_key.empty() || participant.party.party.is_none()) continue;
    if (view.law().party(participant.party.party).founding_key != participant.founding_key)  // G8
      miss(model::ReasonCode::unknown_party, participant.founding_key,
           "/participants/" + std::to_string(i) + "/founding_key");
  }
  model::for_each_agreement_name(text, [&](model::Condition& condition, std::string const& pointer) {
    condition.agreement_key = view.agreement(condition.agreement);
    if (condition.agreement_key.is_none())
      miss(model::ReasonCode::unknown_agreement, condition.agreement, pointer);
  });
  return missing;
}

}  // namespace comity::state
