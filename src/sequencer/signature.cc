#include "sequencer/signature.h"

#include "crypto/ed25519.h"
#include "forms/act.h"

namespace comity::sequencer {

std::optional<std::array<uint8_t, 32>> signing_key(state::Law const& law, model::Command const& command) {
  if (!command.act || command.office.is_none()) return std::nullopt;
  for (model::PublicKeyEntry const& key : law.party(law.party_of(command.office)).keys)
    if (key.id == command.act->key) return key.octets;
  if (command.actor.kind != model::Actor::Kind::person) return std::nullopt;
  model::PublicKeyEntry const& officer = law.people[command.actor.key].officer_key;
  return officer.id == command.act->key ? std::optional(officer.octets) : std::nullopt;
}

bool signature_holds(state::Law const& law, model::Command const& command) {
  auto const octets = signing_key(law, command);
  return octets && forms::verify_act(*command.act, crypto::PublicKey{*octets});
}

}  // namespace comity::sequencer
