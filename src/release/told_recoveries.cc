#include "release/told_recoveries.h"

#include "json/json.h"
#include "release/telling.h"

namespace comity::release {
namespace {

bool shares_agreement(Eyes const& eyes, PartyKey other) {
  for (size_t i = 0; i < eyes.state.law.agreements.size(); ++i) {
    auto const& standing = eyes.state.law.agreements[i].standing;
    if (standing.contains(other) && standing.contains(eyes.view.party()) &&
        eyes.view.knows_membership(AgreementKey(i)))
      return true;
  }
  return false;
}

bool is_told(Eyes const& eyes, PartyKey party) {
  bool const is_host = (eyes.view.viewer().roles & model::role::host) != 0;
  if (!eyes.office()) return false;
  if (is_host || party == eyes.view.party()) return true;
  return !eyes.state.restoring && shares_agreement(eyes, party);
}

// Whom the part waits for, as far as the reader knows them.
json::Array waits_for(Eyes const& eyes, state::Part const& part) {
  json::Array all;
  for (PartyKey const other : part.to_confirm)
    if (eyes.view.knows(other)) all.push_back(json::Value(eyes.view.name_of(other)));
  return all;
}

void add_unconfirmed(Eyes const& eyes, AgreementKey key, json::Array& all) {
  auto const name = eyes.view.name_of(key);
  if (!name || !eyes.view.knows(key)) return;
  for (auto const& [party, part] : eyes.state.law.agreement(key).parts) {
    bool const may_know = party == eyes.view.party() || (eyes.view.knows_acts(key) && eyes.view.knows(party));
    if (part.to_confirm.empty() || !may_know) continue;
    all.push_back(json::Object{{"party", eyes.view.name_of(party)},
                               {"new_key", part.recovered_key},
                               {"agreement", *name},
                               {"waits_for", waits_for(eyes, part)}});
  }
}

}  // namespace

Told tell_recoveries(Eyes const& eyes) {
  json::Array all;
  for (model::Recovery const& one : eyes.state.law.recoveries)
    if (is_told(eyes, one.party))
      all.push_back(json::Object{{"party", eyes.view.name_of(one.party)},
                                 {"new_key", one.key_id},
                                 {"filed", to_text(one.filed)},
                                 {"effective", to_text(one.effective)}});
  size_t const agreements = eyes.state.restoring ? 0 : eyes.state.law.agreements.size();
  for (size_t i = 0; i < agreements; ++i) add_unconfirmed(eyes, AgreementKey(i), all);
  return Teller::tell(eyes, std::move(all));
}

}  // namespace comity::release
