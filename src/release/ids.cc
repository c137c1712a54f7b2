#include "release/ids.h"

#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "stix/ids.h"

namespace comity::release {

std::string edition_id(ReleaseKeys const& keys, state::Law const& law, PartyKey viewer,
                       Original const& original) {
  Digest const digest = crypto::prf(keys.prf, "edition", law.party(viewer).slug,
                                    law.party(original.originator).slug, original.id);
  return std::string(stix::type_of_id(original.id)) + "--" + crypto::uuid_v4_shaped(digest);
}

std::string centre_identity_id(crypto::SymmetricKey const& prf, std::string_view origin) {
  return "identity--" + crypto::uuid_v4_shaped(crypto::prf(prf, "centre identity", origin));
}

std::string party_identity_id(crypto::SymmetricKey const& prf, std::string_view slug) {
  return "identity--" + crypto::uuid_v4_shaped(crypto::prf(prf, "party identity", slug));
}

std::string collection_id(ReleaseKeys const& keys, state::Law const& law, OfficeKey office,
                          AgreementKey agreement, std::string_view name) {
  std::string drafter, id;
  if (agreement) {
    drafter = law.office(law.agreement(agreement).drafter).name;
    id = law.agreement(agreement).id;
  }
  return crypto::uuid_v4_shaped(
      crypto::prf(keys.prf, "collection", law.office(office).name, drafter, id, name));
}

std::string duty_id(ReleaseKeys const& keys, state::State const& state, OfficeKey office, uint64_t number) {
  std::string const& name = state.law.office(office).name;
  Digest const digest = state.centre.epoch == 0
                            ? crypto::prf(keys.prf, "duty", name, number)
                            : crypto::prf(keys.prf, "duty", name, number, state.centre.origin_now());
  return crypto::uuid_v4_shaped(digest);
}

std::string status_id(ReleaseKeys const& keys, state::Law const& law, OfficeKey office,
                      std::string_view idempotency_key) {
  return crypto::uuid_v4_shaped(crypto::prf(keys.prf, "status", law.office(office).name, idempotency_key));
}

}  // namespace comity::release
