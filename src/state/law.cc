#include "state/law.h"

#include <algorithm>

#include "base/contains.h"
#include "state/settle.h"
#include "state/standing.h"

namespace comity::state {

char const* name_of(AgreementState state) {
  static constexpr char const* names[] = {"",       "draft",     "tabled",    "adopted",
                                          "open",   "in_force",  "suspended", "terminated",
                                          "lapsed", "withdrawn", "superseded"};
  return names[static_cast<size_t>(state)];
}

char const* name_of(Standing standing) {
  static constexpr char const* names[] = {"none",   "negotiating", "signatory", "contracting",
                                          "party",  "provisional", "suspended", "withdrawing",
                                          "former", "declined",    "expelled",  "suspended_withdrawing"};
  return names[static_cast<size_t>(standing)];
}

Standing Agreement::standing_of(PartyKey party) const {
  auto const found = standing.find(party);
  return found == standing.end() || found->second.empty() ? Standing::none : found->second.back().standing;
}

Part const& Agreement::part_of(PartyKey party) const {
  static Part const nothing;
  auto const found = parts.find(party);
  return found == parts.end() ? nothing : found->second;
}

uint32_t Law::quota(model::Quota of) const {
  auto const set = quotas.find(of);
  return set == quotas.end() ? model::range_of(of).usual : set->second;
}

template <class Key, class Table>
static Key find(Table const& table, auto member, std::string_view name) {
  for (size_t i = 0; i < table.size(); ++i)
    if (table[i].*member == name) return Key(i);
  return {};
}

PartyKey Law::find_party(std::string_view slug) const {
  return find<PartyKey>(parties, &model::Party::slug, slug);
}
OfficeKey Law::find_office(std::string_view name) const {
  return find<OfficeKey>(offices, &model::Office::name, name);
}
ClientKey Law::find_client(std::string_view name) const {
  return find<ClientKey>(clients, &model::Client::name, name);
}
PersonKey Law::find_person(std::string_view name) const {
  return find<PersonKey>(people, &model::Person::name, name);
}

model::Destination* Law::find_destination(PartyKey party, std::string_view slug) {
  auto const found = std::ranges::find_if(
      destinations, [&](model::Destination const& one) { return one.party == party && one.slug == slug; });
  return found == destinations.end() ? nullptr : &*found;
}
model::Destination const* Law::find_destination(PartyKey party, std::string_view slug) const {
  return const_cast<Law*>(this)->find_destination(party, slug);
}

uint32_t Law::find_issuer(PartyKey party, std::string_view slug) const {
  auto const found = std::ranges::find_if(
      issuers, [&](model::Issuer const& one) { return one.party == party && one.slug == slug; });
  return found == issuers.end() ? model::no_issuer : static_cast<uint32_t>(found - issuers.begin());
}

model::Recovery const* Law::recovery_of(PartyKey party) const {
  auto const found = std::ranges::find(recoveries, party, &model::Recovery::party);
  return found == recoveries.end() ? nullptr : &*found;
}
void Law::end_recovery(PartyKey party, UtcTime now) {
  auto const ended =
      std::erase_if(recoveries, [&](model::Recovery const& one) { return one.party == party; });
  if (ended != 0) parties[party.value].objected = now;
}

// By the rule by which it would be let in: all others that are parties, or about to be. Who waits to be confirmed itself is asked
// only where there is nobody else (confirm_recovery.h).
static void await_confirmation(Agreement& agreement, model::Recovery const& recovery) {
  if (!has_consented(agreement.standing_of(recovery.party))) return;
  Part& part = agreement.parts[recovery.party];
  part.recovered_key = recovery.key_id;
  part.to_confirm.clear();
  for (auto const& [other, spans] : agreement.standing)
    if (other != recovery.party && has_consented(spans.back().standing)) part.to_confirm.insert(other);
  std::set<PartyKey> confirmed = part.to_confirm;
  std::erase_if(confirmed, [&](PartyKey other) { return is_unconfirmed(agreement, other); });
  if (!confirmed.empty()) part.to_confirm = std::move(confirmed);
}

void Law::lengthen_recoveries(Duration outage) {
  for (model::Recovery& one : recoveries) one.effective = one.effective + outage;
}

void Law::take_recoveries(UtcTime now, Index index) {
  for (model::Recovery const& one : recoveries) {
    if (one.effective > now) continue;
    model::Party& party = parties[one.party.value];
    for (model::PublicKeyEntry& key : party.keys)
      if (key.revoked == 0) key.revoked = index;
    party.recovery_needed = 0;
    party.keys.push_back({one.key_id, one.octets, model::KeyPurpose::bind, index, 0});
    for (Agreement& agreement : agreements)
      if (agreement.standing.contains(one.party)) await_confirmation(agreement, one);
  }
  std::erase_if(recoveries, [&](model::Recovery const& one) { return one.effective <= now; });
}

bool Law::is_key_of(PartyKey of, std::string_view id) const {
  auto const is_it = [&](auto const& key) { return key.id == id; };
  model::Recovery const* const recovery = recovery_of(of);
  return std::ranges::any_of(party(of).keys, is_it) || (recovery && recovery->key_id == id) ||
         contains(party(of).ended_token_keys, id) || contains(party(of).ended_officer_keys, id) ||
         std::ranges::any_of(people,
                             [&](auto const& one) { return one.party == of && is_it(one.officer_key); }) ||
         std::ranges::any_of(issuers, [&](auto const& one) {
           return one.party == of && std::ranges::any_of(one.keys, is_it);
         });
}

bool Law::is_minted(std::string_view id) const {
  return id.starts_with("identity--") && identities.contains(std::string(id));
}
bool Law::is_identity_of_another(PartyKey than, std::string_view id) const {
  if (!id.starts_with("identity--")) return false;
  auto const found = identities.find(std::string(id));
  return found != identities.end() && found->second != than;
}

void Law::enter_in_log(Index index) {
  auto const enter = [&](auto& spans) {
    for (auto span = spans.rbegin(); span != spans.rend() && span->index == not_in_the_log; ++span)
      span->index = index;
  };
  for (Agreement& one : agreements) {
    enter(one.history);
    for (auto& [party, spans] : one.standing) enter(spans);
    enter(one.filled);
  }
}

void Law::make_volume_clauses() {
  auto made = std::make_shared<VolumeClauses>();
  made->make(*this);
  volume_clauses = std::move(made);
}

bool participates(Law const& law, Agreement const& agreement, OfficeKey office) {
  PartyKey const party = law.party_of(office);
  for (model::Participant const& participant : agreement.text->participants) {
    if (participant.party.party != party) continue;
    if (participant.offices.empty()) return true;
    return std::ranges::any_of(participant.offices,
                               [&](model::Who const& who) { return who.office == office; });
  }
  return false;
}

bool named_by_office(Agreement const& agreement, OfficeKey office) {
  for (model::Participant const& participant : agreement.text->participants)
    for (model::Who const& who : participant.offices)
      if (who.office == office) return true;
  return false;
}

std::vector<OfficeKey> Law::participating(Agreement const& agreement) const {
  std::vector<OfficeKey> all;
  for (model::Participant const& participant : agreement.text->participants) {
    if (participant.offices.empty()) {
      for (size_t i = 0; i < offices.size(); ++i)
        if (offices[i].party == participant.party.party) all.push_back(OfficeKey(i));
    } else {
      for (model::Who const& who : participant.offices) all.push_back(who.office);
    }
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace comity::state
