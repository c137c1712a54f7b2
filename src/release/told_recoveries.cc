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
  return eyes.office() && (is_host || party == eyes.view.party() || shares_agreement(eyes, party));
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
  return Teller::tell(eyes, std::move(all));
}

}  // namespace comity::release
