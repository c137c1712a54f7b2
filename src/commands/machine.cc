#include "commands/machine.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/limits.h"
#include "base/mutant.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "commands/conflicts.h"
#include "commands/cutting.h"
#include "commands/key_change.h"
#include "commands/telling_systems.h"
#include "commands/to_look_at.h"
#include "state/lines.h"
#include "state/settle.h"

namespace comity::commands {
namespace {

// A window of an hour or a day in which an office may do something so many times.
bool used_up(state::Used const& used, UtcTime now, Duration window, uint32_t most) {
  return now - used.since < window && used.count >= most;
}

void use(state::Used& used, UtcTime now, Duration window) {
  if (now - used.since >= window) used = {now, 0};
  ++used.count;
}

template <class Map, class Key>
typename Map::mapped_type value_or_none(Map const& map, Key const& key) {
  auto const found = map.find(key);
  return found == map.end() ? typename Map::mapped_type{} : found->second;
}

std::optional<state::KeyedCommand> keyed(State const& state, Command const& command) {
  auto const office = state.keyed.find(command.office);
  if (command.idempotency_key.empty() || office == state.keyed.end()) return std::nullopt;
  auto const found = office->second.find(command.idempotency_key);
  if (found == office->second.end()) return std::nullopt;
  return found->second;
}

// What an office may do so often in a day: guess at what others hold (A12), and fill the disk.
bool spent_its_day(State const& state, Command const& command, UtcTime now) {
  if (command.kind == model::CommandKind::file_error_report)
    return used_up(value_or_none(state.error_reports, command.office), now, days(1),
                   limits::error_reports_per_office_and_day);
  if (command.kind != model::CommandKind::contribute) return false;
  auto const spent = [&](std::map<OfficeKey, state::Used> const& of, model::Quota quota) {
    return used_up(value_or_none(of, command.office), now, days(1), state.law.quota(quota));
  };
  return spent(state.third_party_hints, model::Quota::hints) ||
         spent(state.contributions, model::Quota::contributions);
}

// The one kind that ends a suspension is never suspended itself: an officer could not get out of it.
bool is_suspended(State const& state, Command const& command) {
  if (command.kind == model::CommandKind::lift_fault_suspension) return false;
  auto const fault = state.faults.find(state::FaultName{command.office, command.kind});
  return fault != state.faults.end() && fault->second.suspended;
}

Ruling rule_on(State const& state, Command const& command, Context const& context,
               std::optional<state::KeyedCommand> const& earlier) {
  if (state.faulted.contains(command.digest)) return refused(ReasonCode::fault);
  if (is_suspended(state, command)) return refused(ReasonCode::suspended_by_fault);
  if (earlier && earlier->digest != command.digest) return refused(ReasonCode::key_reused);
  if (spent_its_day(state, command, context.time)) return refused(ReasonCode::quota);
  Sight const sight{state.view(viewer_of(state.law, command)), command, context, state};
  return decide_body(sight, command.kind, command.body);
}

// By which names the author knew what stands behind the reasons (G5): for the part of the record that it may be given.
void name_for_author(State const& state, Command const& command, Ruling& ruling) {
  state::View const view = state.view(viewer_of(state.law, command));
  for (model::Reason& reason : ruling.reasons) {
    auto const name = reason.agreement ? view.name_of(reason.agreement) : std::optional<std::string>();
    if (name) reason.known_as = *name;
    bool const of_what_was_sent = !reason.agreement;
    if (of_what_was_sent || (name && view.reads_text(reason.agreement))) reason.known_clause = reason.clause;
  }
}

void remember_key(State& state, model::Record const& record) {
  Command const& command = record.command;
  if (command.idempotency_key.empty()) return;
  auto& keys = state.keyed[command.office];
  if (!keys.emplace(command.idempotency_key, state::KeyedCommand{command.digest, record.index}).second)
    return;
  auto& order = state.keyed_order[command.office];
  order.push_back(command.idempotency_key);
  if (order.size() <= limits::idempotency_keys_per_office) return;
  keys.erase(order.front());
  order.pop_front();
}

// Filed as what it says it is, and by somebody who may file it: another one of the party does not use up what she found.
bool is_filed_by_right(State const& state, Command const& command) {
  using model::role::admin, model::role::host, model::role::signing;
  model::SignedAct const& act = *command.act;
  if (act.kind != model::name_of(command.kind) || act.office != state.law.office(command.office).name)
    return false;
  model::Roles const needed = command.kind == model::CommandKind::register_office ? admin : signing | host;
  return (viewer_of(state.law, command).roles & needed) != 0;
}

// The seq of a good act is used whatever becomes of the command: a refused act cannot be filed again later (G8, B6). Looked at
// before the command takes effect, which may end the very key that signed it. What is not recorded (429) leaves it unused. A
// recovery key uses up the numbers of recovery keys, and only with as many others as must sign together.
void use_seq(State& state, model::Record const& record) {
  if (!record.command.act || !record.command.act->verified || record.command.office.is_none()) return;
  if (!is_filed_by_right(state, record.command)) return;
  model::SignedAct const& act = *record.command.act;
  auto const epoch = epoch_of_act(state, record.command);
  if (!epoch || act.not_after > record.time + limits::act_life) return;
  if (seq_is_too_high(act, record.time)) return;
  PartyKey const number = state.law.party_of(record.command.office);
  model::Party& party = state.law.parties[number.value];
  auto const is_key = [&](model::PublicKeyEntry const& key) { return key.id == act.key && key.revoked == 0; };
  auto const own = std::ranges::find_if(party.keys, is_key);
  bool const officers = is_key(state.law.people[record.command.actor.key].officer_key);
  if (act.party != party.slug || (own == party.keys.end() && !officers)) return;
  auto const purpose = own == party.keys.end() ? model::KeyPurpose::officer : own->purpose;
  bool const too_few = purpose == model::KeyPurpose::recovery && !enough_have_signed(party, act);
  if (too_few && !mutated(Mutant::one_safe_uses_up_numbers)) return;
  note_presented(state, {number, purpose, act.seq}, *epoch);
  party.use_seq(purpose, act.seq);
}

void count_refusal(State& state, model::Record const& record) {
  if (record.command.office.is_none()) return;
  use(state.refusals[record.command.office], record.time, hours(1));
  for (model::Reason const& reason : record.ruling.reasons)  // A12: a hint is a refusal that names nothing
    if (reason.code == ReasonCode::third_party_rule && reason.agreement.is_none())
      use(state.third_party_hints[record.command.office], record.time, days(1));
}

bool is_of_airspace(model::CommandKind kind) {
  using Kind = model::CommandKind;
  return kind >= Kind::put_intent && kind <= Kind::note_told;
}

bool narrows(model::Record const& record) {
  if (is_of_airspace(record.command.kind) || record.command.kind == model::CommandKind::enrol_subject)
    return false;
  return record.command.kind != model::CommandKind::contribute &&
         record.command.kind != model::CommandKind::seed_item &&
         record.command.kind != model::CommandKind::note_served &&
         record.command.kind != model::CommandKind::load_framework_object;
}

}  // namespace

state::Viewer viewer_of(state::Law const& law, Command const& command) {
  state::Viewer viewer{command.office};
  if (command.actor.kind == model::Actor::Kind::client) {
    model::Client const& client = law.clients[command.actor.key];
    if (client.revoked == 0)
      viewer.rights = client.rights & ~command.withheld, viewer.client = ClientKey(command.actor.key);
  } else if (command.actor.kind == model::Actor::Kind::person) {
    model::Person const& person = law.people[command.actor.key];
    if (person.revoked == 0) viewer.roles = value_or_none(person.roles, command.office) & ~command.withheld;
  }
  return viewer;
}

Ruling decide_body(Sight const& sight, model::CommandKind kind, BytesView body) {
  switch (kind) {
#define COMMAND(number, name, type)                                            \
  case model::CommandKind::name: {                                             \
    auto const decoded = codec::decode<type>(body);                            \
    return decoded ? decide(sight, *decoded) : refused(ReasonCode::malformed); \
  }
#include "model/commands.inc"
#undef COMMAND
  }
  return refused(ReasonCode::malformed);
}

void apply_body(State& state, model::CommandKind kind, BytesView body, model::Record const& record) {
  switch (kind) {
#define COMMAND(number, name, type)                 \
  case model::CommandKind::name: {                  \
    auto const decoded = codec::decode<type>(body); \
    ensure(decoded.has_value());                    \
    return apply(state, *decoded, record);          \
  }
#include "model/commands.inc"
#undef COMMAND
  }
  ensure(!"a command that is in the list");
}

// A refusal that answered a question is recorded whatever the quota, or who has used it up would ask for nothing (G10); the clause's
// budget bounds these.
static bool is_charged(Ruling const& ruling) { return ruling.airspace && !ruling.airspace->charged.empty(); }

Verdict decide(State const& state, Command const& command, Context const& context) {
  record_at_work = context.index;
  Verdict verdict;
  auto const earlier = keyed(state, command);
  if (earlier && earlier->digest == command.digest) {
    verdict.kind = Verdict::Kind::repeat;
    verdict.earlier = earlier->index;
  } else {
    verdict.ruling = rule_on(state, command, context, earlier);
    name_for_author(state, command, verdict.ruling);
    if (!verdict.ruling.accepted() && state.airspace.one_namespace && is_of_airspace(command.kind))
      verdict.kind = Verdict::Kind::unrecorded;
    else if (!verdict.ruling.accepted() && !command.office.is_none() && !is_charged(verdict.ruling) &&
             used_up(value_or_none(state.refusals, command.office), context.time, hours(1),
                     state.law.quota(model::Quota::refusals)))
      verdict.kind = Verdict::Kind::over_quota;
  }
  record_at_work = 0;
  return verdict;
}

// All others leave every agreement as it was; they are nearly all there are.
static bool may_change_law(model::Record const& record) {
  if (!record.ruling.effects.empty()) return true;
  using Kind = model::CommandKind;
  Kind const kind = record.command.kind;
  if (is_of_airspace(kind) || kind == Kind::enrol_subject) return false;
  return kind != Kind::contribute && kind != Kind::seed_item && kind != Kind::delete_item &&
         kind != Kind::note_served && kind != Kind::load_framework_object && kind != Kind::pulse;
}

// What decides when the next test is overdue: which lines there are, what was called, and the time.
static void set_line_overdue(State& state, uint64_t law_moved, uint64_t calls_made) {
  bool const moved = state.law_moved != law_moved || state.airspace.watches.changes != calls_made;
  if (moved || state.line_overdue <= state.last_time)
    state.line_overdue = state::next_line_overdue(state.law, state.airspace.watches, state.last_time);
}

void apply(State& state, model::Record const& record) {
  uint64_t const law_moved = state.law_moved, calls_made = state.airspace.watches.changes;
  record_at_work = record.index;
  ensure(record.index == state.next_index);
  ensure(record.time >= state.last_time);
  state.next_index = record.index + 1;
  if (record.time > state.last_time)
    state.believed.reset();  // time has moved: nothing is left to believe (G14)
  state.last_time = record.time;
  if (record.payload != 0) {
    ensure(record.payload == state.next_payload);
    state.next_payload = record.payload + 1;
  }
  use_seq(state, record);
  if (record.ruling.accepted()) {
    bool const cuts = narrows(record);
    CarriedOut const act = cuts ? carried_out(state, record) : CarriedOut{};
    tell_of_ended_surrogates(state, record);
    apply_body(state, record.command.kind, record.command.body, record);
    defer(state, record);
    for (model::Effect const& effect : record.ruling.effects) state::apply_effect(state.law, effect);
    apply_airspace(state, record);
    look_again_after(state, record.ruling.effects);
    for (model::Deletion const& deletion : record.ruling.deletions)
      state.holdings.add_duties(deletion, record.time);
    for (model::Release const& release : record.ruling.releases)
      state.holdings.release(release, record.index, record.time);
    if (may_change_law(record)) {
      state.law.enter_in_log(record.index), state.law.make_volume_clauses();
      ++state.law_moved;
    }
    if (record.command.kind == model::CommandKind::contribute)
      use(state.contributions[record.command.office], record.time, days(1));
    if (record.command.kind == model::CommandKind::file_error_report)
      use(state.error_reports[record.command.office], record.time, days(1));
    if (cuts) ++state.epoch, cut_sessions(state, record, act);
  } else {
    count_refusal(state, record);
    charge_alone(state, record);
  }
  remember_key(state, record);
  set_line_overdue(state, law_moved, calls_made);
  record_at_work = 0;
}

std::optional<Command> next_system_command(State const& state, UtcTime now) {
  if (AgreementKey const key = state::due_for_authentication(state.law)) {
    Command command;
    command.kind = model::CommandKind::authenticate;
    command.body = codec::encode(Authenticate{key});
    return command;
  }
  if (state::next_deadline(state) > now) return std::nullopt;
  Command command;
  command.kind = model::CommandKind::pulse;
  command.body = codec::encode(Pulse{});
  return command;
}

}  // namespace comity::commands
