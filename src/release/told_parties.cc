#include <algorithm>

#include "base/limits.h"
#include "model/command.h"
#include "release/telling.h"
#include "release/told_law.h"
#include "release/words.h"

namespace comity::release {
namespace {

char const* name_of(model::PartyKind kind) {
  switch (kind) {
    case model::PartyKind::state: return "state";
    case model::PartyKind::organisation: return "organisation";
    case model::PartyKind::agency: return "agency";
    case model::PartyKind::force: return "force";
    case model::PartyKind::company: return "company";
  }
  return "";
}

struct Bit {
  uint32_t bit;
  char const* name;
};
constexpr Bit role_names[] = {{model::role::watch, "watch"},     {model::role::releasing, "releasing"},
                              {model::role::signing, "signing"}, {model::role::audit, "audit"},
                              {model::role::admin, "admin"},     {model::role::host, "host"}};
constexpr Bit right_names[] = {{model::right::read, "read"},
                               {model::right::contribute, "contribute"},
                               {model::right::file, "file"},
                               {model::right::acknowledge, "acknowledge"}};

json::Array names_of(std::span<Bit const> bits, uint32_t set) {
  json::Array names;
  for (Bit const& one : bits)
    if (set & one.bit) names.emplace_back(one.name);
  return names;
}

json::Array keys_of(model::Party const& party) {
  json::Array keys;
  for (model::PublicKeyEntry const& key : party.keys) {
    json::Object row{{"key", key.id},
                     {"purpose", key.purpose == model::KeyPurpose::recovery ? "recovery" : "bind"},
                     {"state", key.revoked == 0 ? "valid" : "revoked"}};
    json::Array acts;
    for (model::CommandKind const kind : key.acts) acts.emplace_back(model::name_of(kind));
    if (!acts.empty()) row["acts"] = std::move(acts);
    keys.push_back(std::move(row));
  }
  return keys;
}

json::Object party_json(Eyes const& eyes, PartyKey key) {
  model::Party const& party = eyes.state.law.party(key);
  json::Object out{{"party", party.slug},
                   {"kind", name_of(party.kind)},
                   {"name", party.name},
                   {"founding_key", party.founding_key}};
  if (!party.identity.empty()) out["identity"] = party.identity;
  if (key == eyes.view.party()) {
    out["keys"] = keys_of(party);
    if (party.recovery_needed != 0) out["recovery_needed"] = party.recovery_needed;
    out["last_seq"] = party.highest_seq();  // what the next signed act has to be above (G8)
  }
  return out;
}

}  // namespace

json::Array right_words(model::Rights rights) { return names_of(right_names, rights); }
json::Array role_words(model::Roles roles) { return names_of(role_names, roles); }

Told tell_me(Eyes const& eyes, UtcTime now) {
  json::Object out{{"centre", json::Object{{"name", eyes.state.centre.name},
                                           {"origin", eyes.state.centre.origin_now()},
                                           {"demo", eyes.state.centre.demo}}},
                   {"time", to_text(now)}};
  if (eyes.office()) {
    out["office"] = eyes.view.name_of(eyes.office());
    out["party"] = party_json(eyes, eyes.view.party());
    out["roles"] = role_words(eyes.view.viewer().roles);
    out["rights"] = right_words(eyes.view.viewer().rights);
    json::Object limits;
    for (model::Quota const quota : model::all_quotas)
      limits[model::name_of(quota)] = eyes.state.law.quota(quota);
    out["limits"] = std::move(limits);
  }
  return Teller::tell(eyes, std::move(out));
}

Told tell_parties(Eyes const& eyes) {
  json::Array all;
  for (PartyKey key : eyes.view.parties()) all.push_back(party_json(eyes, key));
  return Teller::tell(eyes, std::move(all));
}

Result<Told> tell_party(Eyes const& eyes, PartyKey party) {
  if (!eyes.view.knows(party)) return hidden_or_absent();
  return Teller::tell(eyes, party_json(eyes, party));
}

Result<Told> tell_offices(Eyes const& eyes, PartyKey party) {
  if (!eyes.view.knows(party)) return hidden_or_absent();
  std::vector<std::string> names;
  for (size_t i = 0; i < eyes.state.law.offices.size(); ++i)
    if (eyes.state.law.offices[i].party == party && eyes.view.knows(OfficeKey(i)))
      names.push_back(eyes.view.name_of(OfficeKey(i)));
  std::ranges::sort(names);
  json::Array all;
  for (std::string& name : names) all.push_back(json::Object{{"office", std::move(name)}});
  return Teller::tell(eyes, std::move(all));
}

char const* word_of(model::ClauseType type) {
  switch (type) {
    case model::ClauseType::text: return "text";
    case model::ClauseType::grant: return "grant";
    case model::ClauseType::prohibit: return "prohibit";
    case model::ClauseType::deconflict: return "deconflict";
    case model::ClauseType::notify: return "notify";
    case model::ClauseType::contact: return "contact";
  }
  return "";
}

char const* word_of(model::IntentState state) {
  switch (state) {
    case model::IntentState::accepted: return "Accepted";
    case model::IntentState::activated: return "Activated";
    case model::IntentState::nonconforming: return "Nonconforming";
    case model::IntentState::contingent: return "Contingent";
  }
  return "";
}

}  // namespace comity::release
