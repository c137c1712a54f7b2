#include "commands/put_back.h"

#include <algorithm>
#include <charconv>

#include "base/contains.h"
#include "base/limits.h"
#include "codec/codec.h"
#include "commands/countersign_host_act.h"
#include "commands/emergency_suspend.h"
#include "commands/propose_host_act.h"
#include "commands/rotate_key.h"
#include "commands/set_roles.h"

namespace comity::commands {
namespace {

using model::CommandKind;

constexpr CommandKind presentable[] = {
    CommandKind::revoke_client, CommandKind::revoke_person, CommandKind::revoke_token,
    CommandKind::revoke_key,    CommandKind::revoke_issuer, CommandKind::delete_item,
    CommandKind::suspend,       CommandKind::withdraw,      CommandKind::object_to_recovery,
    CommandKind::rotate_key,
};

bool suspends(BytesView body) {
  auto const act = codec::decode<EmergencySuspend>(body);
  return act && act->lasts > Duration{};
}

// An officer loses the role, or has another key; nobody has a role that she had not.
bool narrows_officers(State const& state, BytesView body) {
  auto const act = codec::decode<SetRoles>(body);
  if (!act) return false;
  PersonKey const person = state.law.find_person(act->person);
  OfficeKey const office = state.law.find_office(act->office);
  if (person.is_none() || office.is_none()) return false;
  model::Roles const now = roles_in(state.law, person, office);
  return (now & model::role::host) != 0 && (act->roles & ~now) == 0;
}

// What two officers do meanwhile: say what was lost, suspend (not end a suspension), or mend who is an officer.
bool is_meant(State const& state, CommandKind kind, BytesView body) {
  switch (kind) {
    case CommandKind::restored: return true;
    case CommandKind::emergency_suspend: return suspends(body);
    case CommandKind::set_roles: return narrows_officers(state, body);
    default: return false;
  }
}

bool is_of_officers(State const& state, Command const& command) {
  if (command.kind == CommandKind::propose_host_act) {
    auto const body = codec::decode<ProposeHostAct>(command.body);
    return body && is_meant(state, body->kind, body->body);
  }
  if (command.kind != CommandKind::countersign_host_act) return false;
  auto const body = codec::decode<CountersignHostAct>(command.body);
  auto const found = body ? state.proposals.find(body->proposal) : state.proposals.end();
  return found != state.proposals.end() && is_meant(state, found->second.kind, found->second.body);
}

// Every new key stands in the place of one that ends, and may no more.
bool only_replaces(State const& state, Command const& command) {
  auto const body = codec::decode<RotateKey>(command.body);
  if (!body || command.office.is_none() || body->recovery_needed != 0) return false;
  if (body->keys.size() > body->ends.size()) return false;
  auto const& keys = state.law.party(state.law.party_of(command.office)).keys;
  return std::ranges::all_of(body->keys, [&](NewKey const& made) {
    return std::ranges::any_of(keys, [&](model::PublicKeyEntry const& key) {
      return key.purpose == made.purpose && contains(body->ends, key.id) && key.covers(made.entry(0));
    });
  });
}

bool only_takes_away(State const& state, Command const& command) {
  if (!may_be_presented(command.kind)) return false;
  return command.kind != CommandKind::rotate_key || only_replaces(state, command);
}

}  // namespace

bool may_be_presented(CommandKind kind) { return contains(presentable, kind); }

bool is_presented(State const& state, Command const& command) {
  return state.restoring.has_value() && only_takes_away(state, command);
}

std::optional<uint32_t> epoch_of_act(State const& state, Command const& command) {
  model::SignedAct const& act = *command.act;
  if (act.centre == state.centre.origin_now()) return state.centre.epoch;
  if (!is_presented(state, command)) return std::nullopt;
  std::string const before = state.centre.origin + "/e";
  uint32_t epoch = 0;
  if (!act.centre.starts_with(before)) return std::nullopt;
  char const *begin = act.centre.data() + before.size(), *end = act.centre.data() + act.centre.size();
  if (auto const read = std::from_chars(begin, end, epoch); read.ec != std::errc() || read.ptr != end)
    return std::nullopt;
  bool const is_lost = epoch > state.centre.epoch && epoch - state.centre.epoch <= limits::epochs_ahead;
  return is_lost && act.centre == state.centre.origin_of(epoch) ? std::optional(epoch) : std::nullopt;
}

bool is_seq_used(State const& state, UsedSeq const& of) {
  auto const last = state.law.party(of.party).last_seq_of(of.purpose);
  if (!state.restoring) return of.seq <= last;
  auto const found = state.restoring->presented.find({of.party, model::counts_as(of.purpose)});
  if (found == state.restoring->presented.end()) return of.seq <= last;
  return of.seq <= found->second.last_seq || found->second.seqs.contains(of.seq);
}

void note_presented(State& state, UsedSeq const& of, uint32_t epoch) {
  if (!state.restoring) return;
  state.restoring->epoch = std::max(state.restoring->epoch, epoch);
  auto const entry = state.restoring->presented.try_emplace(
      {of.party, model::counts_as(of.purpose)},
      state::Presented{state.law.party(of.party).last_seq_of(of.purpose), {}});
  entry.first->second.seqs.insert(of.seq);
}

bool is_taken_meanwhile(State const& state, Command const& command) {
  if (command.actor.kind == model::Actor::Kind::system) return true;
  if (is_of_officers(state, command)) return true;
  return only_takes_away(state, command) &&
         (command.act.has_value() || command.actor.kind == model::Actor::Kind::person);
}

Ruling decide(Sight const& sight, PutBack const&) {
  return sight.command.actor.kind == model::Actor::Kind::system ? model::accepted()
                                                                : refused(ReasonCode::not_permitted);
}

// Found again before officers have spoken: what was there at first counts, and the furthest that is known.
void apply(State& state, PutBack const& command, model::Record const& record) {
  if (!state.restoring)
    state.restoring =
        state::Restoring{command.cause, command.size, 0, state.centre.epoch, command.last, record.time, {}};
  state.restoring->known = std::max(state.restoring->known, command.known);
  state.restoring->epoch = std::max(state.restoring->epoch, command.epoch);
}

}  // namespace comity::commands
