#include "commands/rotate_key.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::commands {
namespace {

using model::KeyPurpose;

void change(model::Party& party, RotateKey const& command, Index index) {
  for (NewKey const& one : command.keys) party.keys.push_back(one.entry(index));
  if (command.recovery_needed != 0) party.recovery_needed = command.recovery_needed;
  for (std::string const& id : command.ends) end_key(party, id, index);
}

bool is_sound(NewKey const& key) {
  bool const for_parties = key.purpose == KeyPurpose::bind || key.purpose == KeyPurpose::recovery;
  bool const plain = key.purpose == KeyPurpose::bind || key.acts.empty();
  return for_parties && plain && std::ranges::is_sorted(key.acts, std::less_equal());
}

// The first thing that is out of shape; empty: nothing.
char const* malformed_at(RotateKey const& command) {
  size_t const most = limits::keys_in_act;
  if (command.keys.size() > most || command.ends.size() > most) return "/keys";
  if (command.keys.empty() && command.recovery_needed == 0) return "/keys";
  for (size_t i = 0; i < command.keys.size(); ++i) {
    bool const twice = std::ranges::count(command.keys, command.keys[i].id, &NewKey::id) > 1;
    if (twice || !is_sound(command.keys[i])) return "/keys";
  }
  return "";
}

bool too_many(model::Party const& after, Hand const& hand) {
  if (count_valid(after, KeyPurpose::bind) + count_valid(after, KeyPurpose::recovery) >
      limits::keys_per_party)
    return true;
  return after.keys.size() > limits::keys_ever_of_party && !hand.by_recovery();
}

Ruling check_powers(Hand const& hand, model::Party const& party, RotateKey const& command) {
  for (NewKey const& one : command.keys)
    if (!hand.may_give(party, one)) return refused(ReasonCode::key_not_allowed, one.id);
  for (std::string const& id : command.ends)
    if (!hand.may_end(*valid_key(party, id))) return refused(ReasonCode::key_not_allowed, id);
  bool const guarded = count_valid(party, KeyPurpose::recovery) != 0 && !hand.by_recovery();
  if (command.recovery_needed != 0 && guarded)
    return refused(ReasonCode::key_not_allowed, "/recovery_needed");
  return model::accepted();
}

}  // namespace

Ruling decide(Sight const& sight, RotateKey const& command) {
  if (!may(sight, model::role::signing)) return refused(ReasonCode::not_permitted);
  auto const hand = check_key_act(sight, command.keys);
  if (!hand) return refused(hand.error());
  if (char const* at = malformed_at(command); *at) return refused(ReasonCode::malformed, at);
  state::Law const& law = sight.view.law();
  model::Party const& party = law.party(sight.view.party());
  model::Party after = party;
  change(after, command, sight.context.index);
  if (command.recovery_needed != 0 && count_valid(after, KeyPurpose::recovery) == 0)
    return refused(ReasonCode::malformed, "/recovery_needed");
  if (too_many(after, *hand)) return refused(ReasonCode::quota);
  for (NewKey const& one : command.keys)
    if (law.is_key_of(sight.view.party(), one.id)) return refused(ReasonCode::key_in_use, one.id);
  for (std::string const& id : command.ends)
    if (!valid_key(party, id)) return refused(ReasonCode::no_such_key, id);
  if (Ruling beyond = check_powers(*hand, party, command); !beyond.accepted()) return beyond;
  if (!can_go_on(after)) return refused(ReasonCode::last_key);
  return model::accepted();
}

void apply(State& state, RotateKey const& command, model::Record const& record) {
  PartyKey const party = state.law.party_of(record.command.office);
  change(state.law.parties[party.value], command, record.index);
  state.law.end_recovery(party, record.time);
}

}  // namespace comity::commands
