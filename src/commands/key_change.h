// Who may change a party's keys, and what must be left (25-isolation B5, G8; 10-agreements, "Acts are signed").
//
// A change is signed by one valid binding key that may sign this kind of act, or by as many recovery keys together as the
// party has said. Recovery keys outrank binding keys: they may change everything, and once there are any nobody else may touch
// them, so that a stolen binding key does not become the party. A binding key gives and takes no more than it may sign itself.
// Every new key signs too, which shows that somebody holds it. What is left must be able to change the keys again.
#pragma once

#include <expected>

#include "commands/sight.h"

namespace comity::commands {

struct NewKey {
  std::string id;
  std::array<uint8_t, 32> octets{};
  model::KeyPurpose purpose = model::KeyPurpose::bind;
  std::vector<model::CommandKind> acts = {};  // sorted; none: all
  auto fields(this auto& self) { return std::tie(self.id, self.octets, self.purpose, self.acts); }
  model::PublicKeyEntry entry(Index since) const { return {id, octets, purpose, since, 0, acts}; }
};

// By whose hand: of one binding key, or of enough recovery keys.
struct Hand {
  model::PublicKeyEntry const* key = nullptr;
  bool by_recovery() const { return key->purpose == model::KeyPurpose::recovery; }
  bool may_end(model::PublicKeyEntry const& other) const;
  bool may_give(model::Party const& party, NewKey const& made) const;
};

// The reasons of an act, then too_few_signatures, not_proven (a key of `proving` that did not sign).
std::expected<Hand, model::Reason> check_key_act(Sight const& sight, std::vector<NewKey> const& proving,
                                                 Powers powers = Powers::for_kind);

// As many recovery keys that hold have signed as the party has said must sign together.
bool enough_have_signed(model::Party const& party, model::SignedAct const& act);

// Null unless it is a binding or recovery key of the party that holds.
model::PublicKeyEntry const* valid_key(model::Party const& party, std::string_view id);
size_t count_valid(model::Party const& party, model::KeyPurpose purpose);

// As many recovery keys as are needed, or none; and with them or without, somebody who can change the keys.
bool can_go_on(model::Party const& party);

void end_key(model::Party& party, std::string_view id, Index index);

}  // namespace comity::commands
