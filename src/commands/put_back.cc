#include "commands/put_back.h"

#include <algorithm>
#include <charconv>

#include "base/contains.h"
#include "base/limits.h"
#include "codec/codec.h"
#include "commands/countersign_host_act.h"
#include "commands/emergency_suspend.h"
#include "commands/propose_host_act.h"

namespace comity::commands {
namespace {

using model::CommandKind;

constexpr CommandKind presentable[] = {
    CommandKind::revoke_client, CommandKind::revoke_person, CommandKind::revoke_token,
    CommandKind::revoke_key,    CommandKind::revoke_issuer, CommandKind::delete_item,
    CommandKind::suspend,       CommandKind::withdraw,      CommandKind::object_to_recovery,
};

// What two officers do meanwhile: say what was lost, or suspend (not end a suspension).
bool is_meant(CommandKind kind, BytesView body) {
  if (kind != CommandKind::emergency_suspend) return kind == CommandKind::restored;
  auto const act = codec::decode<EmergencySuspend>(body);
  return act && act->lasts > Duration{};
}

bool is_of_officers(State const& state, Command const& command) {
  if (command.kind == CommandKind::propose_host_act) {
    auto const body = codec::decode<ProposeHostAct>(command.body);
    return body && is_meant(body->kind, body->body);
  }
  if (command.kind != CommandKind::countersign_host_act) return false;
  auto const body = codec::decode<CountersignHostAct>(command.body);
  auto const found = body ? state.proposals.find(body->proposal) : state.proposals.end();
  return found != state.proposals.end() && is_meant(found->second.kind, found->second.body);
}

}  // namespace

bool may_be_presented(CommandKind kind) { return contains(presentable, kind); }

bool is_presented(State const& state, model::CommandKind kind) {
  return state.restoring.has_value() && may_be_presented(kind);
}

std::optional<uint32_t> epoch_of_act(State const& state, model::SignedAct const& act,
                                     model::CommandKind kind) {
  if (act.centre == state.centre.origin_now()) return state.centre.epoch;
  if (!is_presented(state, kind)) return std::nullopt;
  std::string const before = state.centre.origin + "/e";
  uint32_t epoch = 0;
  if (!act.centre.starts_with(before)) return std::nullopt;
  char const *begin = act.centre.data() + before.size(), *end = act.centre.data() + act.centre.size();
  if (auto const read = std::from_chars(begin, end, epoch); read.ec != std::errc() || read.ptr != end)
    return std::nullopt;
  bool const is_lost = epoch > state.centre.epoch && epoch - state.centre.epoch <= limits::epochs_ahead;
  return is_lost && act.centre == state.centre.origin_of(epoch) ? std::optional(epoch) : std::nullopt;
}

bool is_taken_meanwhile(State const& state, Command const& command) {
  if (command.actor.kind == model::Actor::Kind::system) return true;
  if (is_of_officers(state, command)) return true;
  return may_be_presented(command.kind) &&
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
        state::Restoring{command.cause, command.size, 0, state.centre.epoch, command.last, record.time};
  state.restoring->known = std::max(state.restoring->known, command.known);
  state.restoring->epoch = std::max(state.restoring->epoch, command.epoch);
}

}  // namespace comity::commands
