#include "commands/register_issuer.h"

#include <algorithm>

#include "base/contains.h"
#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {
namespace {

constexpr model::Rights all_rights =
    model::right::read | model::right::contribute | model::right::file | model::right::acknowledge;

bool are_sound(std::vector<model::TokenKey> const& keys) {
  if (keys.empty() || keys.size() > limits::issuer_keys) return false;
  return std::ranges::all_of(keys, [&](model::TokenKey const& one) {
    bool const once = std::ranges::count(keys, one.id, &model::TokenKey::id) == 1;
    // Of one algorithm: two of different kinds may share a name (RFC 7517, 4.5).
    bool const named_once =
        one.name.empty() || std::ranges::count_if(keys, [&](model::TokenKey const& other) {
                              return other.name == one.name && other.algorithm == one.algorithm;
                            }) == 1;
    return once && named_once && one.name.size() <= limits::name_bytes &&
           one.octets.size() <= limits::issuer_key_octets;
  });
}

// Of an act's signatures, or did, or is about to; the keys of its other issuers are for the same purpose.
bool signs_acts(state::Law const& law, PartyKey party, std::string const& id) {
  model::Recovery const* const recovery = law.recovery_of(party);
  return contains(law.party(party).keys, id, &model::PublicKeyEntry::id) ||
         contains(law.party(party).ended_officer_keys, id) || (recovery && recovery->key_id == id) ||
         std::ranges::any_of(law.people, [&](model::Person const& one) {
           return one.party == party && one.officer_key.id == id;
         });
}

char const* malformed_at(RegisterIssuer const& command) {
  if (!model::is_slug(command.issuer)) return "/issuer";
  if (!model::is_issuer_url(command.url)) return "/url";
  if ((command.rights == 0 && command.roles == 0) || (command.rights & ~all_rights) != 0) return "/rights";
  if ((command.roles & ~model::role::ordinary) != 0) return "/roles";
  if (!are_sound(command.keys)) return "/keys";
  return "";
}

}  // namespace

Ruling decide(Sight const& sight, RegisterIssuer const& command) {
  state::Law const& law = sight.view.law();
  PartyKey const party = sight.view.party();
  if (!may(sight, model::role::admin) || law.arrangement) return refused(ReasonCode::not_permitted);
  if (char const* at = malformed_at(command); *at) return refused(ReasonCode::malformed, at);
  std::string const& origin = sight.behind.centre.origin;
  if (command.url == origin || command.url.starts_with(origin + "/e"))  // also of epochs to come
    return refused(ReasonCode::reserved_name, command.url);
  for (std::string const& name : command.offices) {
    OfficeKey const office = sight.view.office(name);
    if (office.is_none() || law.party_of(office) != party) return refused(ReasonCode::unknown_office, name);
  }
  auto const own = static_cast<size_t>(std::ranges::count(law.issuers, party, &model::Issuer::party));
  bool const is_new = law.find_issuer(party, command.issuer) == model::no_issuer;
  if (is_new && own >= limits::issuers_per_party) return refused(ReasonCode::quota);
  for (model::TokenKey const& key : command.keys)
    if (signs_acts(law, party, key.id)) return refused(ReasonCode::key_in_use, key.id);
  return model::accepted();
}

void apply(State& state, RegisterIssuer const& command, model::Record const& record) {
  state::Law& law = state.law;
  PartyKey const party = law.party_of(record.command.office);
  uint32_t number = law.find_issuer(party, command.issuer);
  if (number == model::no_issuer) {
    number = static_cast<uint32_t>(law.issuers.size());
    law.issuers.push_back({.party = party, .slug = command.issuer, .url = command.url});
  }
  model::Issuer& issuer = law.issuers[number];
  if (issuer.url != command.url) issuer.allowed = false;
  if (issuer.revoked != 0) issuer.tokens_since = record.time, issuer.allowed = false;
  issuer.revoked = 0;
  issuer.url = command.url;
  issuer.rights = command.rights;
  issuer.roles = command.roles;
  for (model::TokenKey const& old : issuer.keys)
    if (!contains(command.keys, old.id, &model::TokenKey::id))
      model::remember_ended(law.parties[party.value].ended_token_keys, old.id);
  issuer.keys = command.keys;
  issuer.changed = record.index;
  issuer.offices.clear();
  for (std::string const& name : command.offices) issuer.offices.push_back(law.find_office(name));
  std::ranges::sort(issuer.offices);
}

template <class Law>
static auto* named(Law& law, std::string_view name) {
  auto const parts = model::split_office(name);  // party / slug
  uint32_t const number =
      parts ? law.find_issuer(law.find_party(parts->first), parts->second) : model::no_issuer;
  return number == model::no_issuer ? nullptr : &law.issuers[number];
}

model::Issuer const* issuer_named(state::Law const& law, std::string_view name) { return named(law, name); }
model::Issuer* issuer_named(state::Law& law, std::string_view name) { return named(law, name); }

}  // namespace comity::commands
