// The machine: decide and apply (50-ledger).
//
// decide(state, command, context) is pure: the same inputs give the same answer for ever. apply(state, record) is
// total: it only ever sees what decide accepted, and boot calls it with the rulings as recorded. Previews, the question
// "would this be refused?" and `comity replay --decide` are this same decide.
//
// To add a command: a line in model/commands.inc and a pair of files here that define a struct with `fields()` and
//     Ruling decide(Sight const&, S const&);
//     void apply(State&, S const&, model::Record const&);   // called for accepted commands only
// The switch in machine.cc is generated from the list, so a missing function is a compile or link error.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Verdict {
  enum class Kind : uint8_t {
    record,      // keep command and ruling
    repeat,      // the office has sent this very command before: answer with the ruling of record `earlier`
    over_quota,  // too many refusals this hour: no record (15-forms 3)
    unrecorded,  // a refusal of preset `dss`, whose clients learn what they lack by being refused: told, and no record
  };
  Kind kind = Kind::record;
  Ruling ruling;
  Index earlier = 0;
};

Verdict decide(State const& state, Command const& command, Context const& context);

// Decides the body of a command as if its author had sent it: for acts inside other acts and for previews.
Ruling decide_body(Sight const& sight, model::CommandKind kind, BytesView body);
void apply_body(State& state, model::CommandKind kind, BytesView body, model::Record const& record);

void apply(State& state, model::Record const& record);

// The office's eyes: roles and rights of the actor as the law has them; none of one that was revoked, whose command may
// have been on its way.
state::Viewer viewer_of(state::Law const& law, Command const& command);

// What the sequencer has to send by itself now: a pulse that is due, or an adoption that is complete.
std::optional<Command> next_system_command(State const& state, UtcTime now);

}  // namespace comity::commands
