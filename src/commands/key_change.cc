#include "commands/key_change.h"

#include <algorithm>

#include "base/contains.h"

namespace comity::commands {
namespace {

using model::KeyPurpose;
using model::PublicKeyEntry;
using model::Reason;

PublicKeyEntry const* key_named(model::Party const& party, std::string_view id) {
  auto const found = std::ranges::find(party.keys, id, &PublicKeyEntry::id);
  return found == party.keys.end() ? nullptr : &*found;
}

bool has_signed(model::SignedAct const& act, std::string_view key) {
  return contains(act.signatures, key, &model::ActSignature::key);
}

// Whoever signs beside the act's own key is a recovery key, or one that comes with the act.
std::optional<Reason> check_others(Sight const& sight, std::vector<NewKey> const& proving) {
  model::Party const& party = sight.view.law().party(sight.view.party());
  for (auto const& [id, value] : sight.command.act->signatures) {
    if (id == sight.command.act->key || contains(proving, id, &NewKey::id)) continue;
    PublicKeyEntry const* key = key_named(party, id);
    if (!key || key->purpose != KeyPurpose::recovery) return Reason{ReasonCode::unknown_key, {}, {}, id};
    if (key->revoked != 0) return Reason{ReasonCode::revoked_key, {}, {}, id};
  }
  return std::nullopt;
}

}  // namespace

bool enough_have_signed(model::Party const& party, model::SignedAct const& act) {
  auto const count = std::ranges::count_if(party.keys, [&](PublicKeyEntry const& key) {
    return key.purpose == KeyPurpose::recovery && key.revoked == 0 && has_signed(act, key.id);
  });
  return static_cast<size_t>(count) >= party.recovery_needed;
}

bool Hand::may_end(PublicKeyEntry const& other) const {
  return by_recovery() || (other.purpose == KeyPurpose::bind && key->covers(other));
}

bool Hand::may_give(model::Party const& party, NewKey const& made) const {
  if (by_recovery()) return true;
  if (made.purpose == KeyPurpose::recovery)
    return key->acts.empty() && count_valid(party, KeyPurpose::recovery) == 0;
  return key->covers(made.entry(0));
}

std::expected<Hand, Reason> check_key_act(Sight const& sight, std::vector<NewKey> const& proving,
                                          Powers powers) {
  if (!sight.command.act) return std::unexpected(Reason{ReasonCode::not_signed, {}, {}, {}});
  model::SignedAct const& act = *sight.command.act;
  model::Party const& party = sight.view.law().party(sight.view.party());
  Hand const hand{key_named(party, act.key)};
  if (auto reason = check_act_by(sight, hand.key, powers, check_others(sight, proving)))
    return std::unexpected(std::move(*reason));
  if (hand.by_recovery() && !enough_have_signed(party, act))
    return std::unexpected(Reason{ReasonCode::too_few_signatures, {}, {}, {}});
  for (NewKey const& one : proving)
    if (!has_signed(act, one.id)) return std::unexpected(Reason{ReasonCode::not_proven, {}, {}, one.id});
  return hand;
}

PublicKeyEntry const* valid_key(model::Party const& party, std::string_view id) {
  PublicKeyEntry const* key = key_named(party, id);
  return key && key->revoked == 0 ? key : nullptr;
}

size_t count_valid(model::Party const& party, KeyPurpose purpose) {
  return static_cast<size_t>(std::ranges::count_if(
      party.keys, [&](PublicKeyEntry const& key) { return key.purpose == purpose && key.revoked == 0; }));
}

bool can_go_on(model::Party const& party) {
  size_t const recovery = count_valid(party, KeyPurpose::recovery);
  if (recovery != 0) return party.recovery_needed != 0 && party.recovery_needed <= recovery;
  return std::ranges::any_of(party.keys, [](PublicKeyEntry const& key) {
    return key.purpose == KeyPurpose::bind && key.revoked == 0 &&
           key.may_sign(model::CommandKind::rotate_key);
  });
}

void end_key(model::Party& party, std::string_view id, Index index) {
  for (PublicKeyEntry& key : party.keys)
    if (key.id == id && key.revoked == 0) key.revoked = index;
  if (count_valid(party, KeyPurpose::recovery) == 0) party.recovery_needed = 0;
}

}  // namespace comity::commands
