#include "release/told_issuers.h"

#include "release/telling.h"
#include "release/words.h"

namespace comity::release {
namespace {

char const* name_of(model::TokenAlgorithm algorithm) {
  switch (algorithm) {
    case model::TokenAlgorithm::rs256: return "RS256";
    case model::TokenAlgorithm::es256: return "ES256";
    case model::TokenAlgorithm::eddsa: return "EdDSA";
  }
  return "";
}

}  // namespace

json::Object issuer_object(state::Law const& law, model::Issuer const& issuer) {
  json::Array offices, keys;
  for (OfficeKey const office : issuer.offices) offices.push_back(json::Value(law.office(office).name));
  for (model::TokenKey const& key : issuer.keys) {
    json::Object row{{"key", key.id}, {"algorithm", name_of(key.algorithm)}};
    if (!key.name.empty()) row["name"] = key.name;
    keys.push_back(std::move(row));
  }
  return {{"issuer", issuer.slug},
          {"url", issuer.url},
          {"allowed", issuer.allowed},
          {"offices", std::move(offices)},
          {"rights", right_words(issuer.rights)},
          {"roles", role_words(issuer.roles)},
          {"keys", std::move(keys)}};
}

Told tell_issuers(Eyes const& eyes) {
  bool const is_admin = (eyes.view.viewer().roles & model::role::admin) != 0;  // the door asks too
  json::Array all;
  for (model::Issuer const& one : eyes.state.law.issuers)
    if (is_admin && eyes.office() && one.party == eyes.view.party()) {
      json::Object row = issuer_object(eyes.state.law, one);
      if (one.revoked != 0) row["revoked"] = true;
      all.push_back(std::move(row));
    }
  return Teller::tell(eyes, std::move(all));
}

}  // namespace comity::release
