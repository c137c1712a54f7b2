// put_back (78): the centre found, when it started, that its journal is not the one it had: an older state was restored, or the
// directory was copied (25-isolation G15). From here on it serves nobody, until two officers record what was lost
// (restored.h). Meanwhile parties present what they signed in the lost range and only narrows: may_be_presented below.
//
// Recorded by the centre itself: not_permitted to everyone else.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct PutBack {
  state::Restoring::Cause cause = state::Restoring::Cause::restored;
  Index size = 0;      // records that are there
  Index known = 0;     // how far the log is known to have gone; 0: nobody knows
  uint32_t epoch = 0;  // the highest that it is known to have had
  UtcTime last;        // of the last record that is there
  auto fields(this auto& self) { return std::tie(self.cause, self.size, self.known, self.epoch, self.last); }
};

// What a party may present of the lost range: commands that take away and give nobody anything. To add one is a line in
// put_back.cc. rotate_key is among them for the answer to a stolen key: only where every new key stands in the place of one
// that ends with it, and may no more than that one.
bool may_be_presented(model::CommandKind kind);

// Whether such a command counts as presented: nobody is served. Its act may have expired since, though not before the last
// record that is there; that it was recorded already shows by its seq (is_seq_used).
bool is_presented(State const& state, Command const& command);

// For which epoch of this centre the command's act was signed; none: for none that counts. One that is presented may be of an
// epoch that is lost.
std::optional<uint32_t> epoch_of_act(State const& state, Command const& command);

// Whether an act with this number would be a repetition (25-isolation G8). Acts are presented in any order: while nobody is
// served every number counts by itself, once, above the last one that was there.
// Recovery keys count by themselves (model/party.h).
struct UsedSeq {
  PartyKey party;
  model::KeyPurpose purpose;
  uint64_t seq;
};
bool is_seq_used(State const& state, UsedSeq const& of);
// Before the party's last number is raised.
void note_presented(State& state, UsedSeq const& of, uint32_t epoch);

// Whether the machine takes this command while nobody is served: what it sends itself, the two parts of `restored`, of an
// emergency suspension, and of set_roles where it takes the role of an officer or replaces her key and gives nothing; and what
// is presented. What is not signed may have been taken back for a reason that is lost, so a client, whose own revocation may
// be what was lost, presents nothing. Whether it is accepted is not asked.
bool is_taken_meanwhile(State const& state, Command const& command);

Ruling decide(Sight const& sight, PutBack const& command);
void apply(State& state, PutBack const& command, model::Record const& record);

}  // namespace comity::commands
