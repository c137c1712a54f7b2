#include "sequencer/signature.h"

#include <algorithm>

#include "codec/codec.h"
#include "commands/rotate_key.h"
#include "crypto/ed25519.h"
#include "forms/act.h"

namespace comity::sequencer {
namespace {

using Octets = std::array<uint8_t, 32>;

std::optional<Octets> registered(state::Law const& law, model::Command const& command,
                                 std::string const& id) {
  for (model::PublicKeyEntry const& key : law.party(law.party_of(command.office)).keys)
    if (key.id == id) return key.octets;
  if (command.actor.kind != model::Actor::Kind::person || command.actor.key >= law.people.size())
    return std::nullopt;
  model::PublicKeyEntry const& officer = law.people[command.actor.key].officer_key;
  return officer.id == id ? std::optional(officer.octets) : std::nullopt;
}

std::vector<commands::NewKey> keys_brought_by(model::Command const& command) {
  if (command.kind != model::CommandKind::rotate_key) return {};
  auto body = codec::decode<commands::RotateKey>(command.body);
  return body ? std::move(body->keys) : std::vector<commands::NewKey>();
}

}  // namespace

SigningKeys signing_keys(state::Law const& law, model::Command const& command) {
  // A law that lost a batch meanwhile may not have the office any more.
  if (!command.act || command.office.is_none() || command.office.value >= law.offices.size()) return {};
  auto const brought = keys_brought_by(command);
  SigningKeys keys;
  for (model::ActSignature const& one : command.act->signatures) {
    auto octets = registered(law, command, one.key);
    auto const own = std::ranges::find(brought, one.key, &commands::NewKey::id);
    if (!octets && own != brought.end()) octets = own->octets;
    keys.push_back(octets);
  }
  return keys;
}

bool signatures_hold(model::SignedAct const& act, SigningKeys const& keys) {
  if (act.signatures.empty() || keys.size() != act.signatures.size()) return false;
  for (size_t i = 0; i < keys.size(); ++i)
    if (!keys[i] || !forms::verify_signature(act, act.signatures[i], crypto::PublicKey{*keys[i]}))
      return false;
  return true;
}

bool signature_holds(state::Law const& law, model::Command const& command) {
  return command.act && signatures_hold(*command.act, signing_keys(law, command));
}

}  // namespace comity::sequencer
