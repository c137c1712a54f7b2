// The machine's whole state: law, holdings, and the few tables that commands themselves need.
//
// Deterministic: two states that applied the same records are equal, and their encodings are equal bytes. No floats,
// clock, randomness, locale, threads, I/O or unordered iteration in state/ and commands/ (50-ledger).
// Thread rule: apply runs alone; any number of readers may look in between (the sequencer's lock).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "base/ids.h"
#include "base/limits.h"
#include "base/time.h"
#include "model/command.h"
#include "model/record.h"
#include "state/airspace.h"
#include "state/cuts.h"
#include "state/holdings.h"
#include "state/law.h"
#include "state/view.h"

namespace comity::state {

// What record 0 says and nothing ever changes, but for the epoch.
struct CentreFacts {
  std::string name, origin;
  bool demo = false;     // written in record 0: the host holds the parties' keys (25-isolation B16)
  std::string identity;  // the centre's own STIX id
  UtcTime founded;
  uint32_t epoch = 0;  // raised each time that the log was put back (commands/restored.h)
  // The name under which the centre signs and for which acts are signed: that of record 0, after a restore with `/e1`.
  std::string origin_now() const { return origin_of(epoch); }
  std::string origin_of(uint32_t of) const { return of == 0 ? origin : origin + "/e" + std::to_string(of); }
  auto fields(this auto& self) {
    return std::tie(self.name, self.origin, self.demo, self.identity, self.founded, self.epoch);
  }
};

// Acts that a party has signed and presented of what was lost, which come in any order: their numbers, and the highest that
// there was before.
struct Presented {
  uint64_t last_seq = 0;
  std::set<uint64_t> seqs;
  auto fields(this auto& self) { return std::tie(self.last_seq, self.seqs); }
};

// The journal was put back, and two officers have not said yet what was lost (commands/put_back.h).
struct Restoring {
  enum class Cause : uint8_t {
    shorter = 1,  // than its head file says
    another,      // it is not the one that its head file speaks of
    no_head,      // there is no head file
    copied,       // the head file has been moved or copied
    restored,     // by `comity restore`
  };
  Cause cause = Cause::restored;
  Index size = 0, known = 0;  // records that were there; how far the log is known to have gone, or 0
  uint32_t epoch = 0;         // the highest that the log, or what was presented, names
  UtcTime last, since;        // the time of the last record that was there, and when that was found
  std::map<std::pair<PartyKey, model::KeyPurpose>, Presented> presented = {};
  auto fields(this auto& self) {
    return std::tie(self.cause, self.size, self.known, self.epoch, self.last, self.since, self.presented);
  }
};

// An idempotency key belongs to the office that chose it (G2): which command it stands for, and where its ruling is.
struct KeyedCommand {
  Digest digest;
  Index index = 0;
  auto fields(this auto& self) { return std::tie(self.digest, self.index); }
};

// A host act one officer has proposed (15-forms 1, two officers).
struct HostProposal {
  PersonKey by;
  UtcTime at;
  model::CommandKind kind = model::CommandKind::pulse;
  Bytes body;
  Bytes sealed;
  PayloadKey payload = 0;
  Index index = 0;  // of the record that proposed it: the act as it was signed
  std::string key;  // id of the officer's key that signed it: with another one it is nobody's any more
  auto fields(this auto& self) {
    return std::tie(self.by, self.at, self.kind, self.body, self.sealed, self.payload, self.index, self.key);
  }
};

// Quotas per office: how much of a window has been used.
struct Used {
  UtcTime since;
  uint32_t count = 0;
  auto fields(this auto& self) { return std::tie(self.since, self.count); }
};

// A rejected kind of command after faults (25-isolation E11).
using FaultName = std::pair<OfficeKey, model::CommandKind>;
struct Faults {
  UtcTime last;
  bool suspended = false;
  auto fields(this auto& self) { return std::tie(self.last, self.suspended); }
};

struct State {
  // Made, copied and destroyed in one place (state.cc): what compilers make of it is large.
  State();
  State(State const&);
  State(State&&) noexcept;
  State& operator=(State const&);
  State& operator=(State&&) noexcept;
  ~State();

  CentreFacts centre;
  Law law;
  Holdings holdings;
  Airspace airspace;
  Index next_index = 0;
  PayloadKey next_payload = 1;
  UtcTime last_time;     // log time never steps back (G14)
  uint32_t ruleset = 1;  // by which commands are ruled on (adopt_ruleset)
  // Up to where two officers believe a clock that is far ahead (advance_time); until log time moves, then none.
  std::optional<UtcTime> believed;
  std::map<OfficeKey, std::map<std::string, KeyedCommand>> keyed;
  std::map<OfficeKey, std::deque<std::string>> keyed_order;  // oldest first: the one that makes room
  std::map<Digest, HostProposal> proposals;
  std::map<OfficeKey, Used> refusals, third_party_hints, contributions, error_reports;
  std::map<FaultName, Faults> faults;
  std::set<Digest> faulted;  // commands on which the centre crashed: not tried again
  std::map<std::string, UtcTime>
      revoked_tokens;  // by jti; until when it is kept, since the token is over then
  std::set<std::pair<UtcTime, std::string>> revoked_until;  // the same, the first to be forgotten first
  std::optional<Restoring> restoring;                       // then nobody is served

  // Moves whenever something may be seen by fewer than before: what was disclosed under an older epoch is asked again
  // before it leaves (G6). Counted per process; not part of the encoding.
  uint64_t epoch = 0;
  Cuts cuts;  // likewise
  // Moves with every record that may have changed the law: for whoever asks whether to look again. Likewise.
  uint64_t law_moved = 0;
  // When the next test of a line is overdue, after the last record; made of law and calls (lines.h), and likewise no part of the encoding.
  UtcTime line_overdue = never;

  View view(Viewer viewer) const { return View(law, viewer); }

  auto fields(this auto& self) {
    return std::tie(self.centre, self.law, self.holdings, self.airspace, self.next_index, self.next_payload,
                    self.last_time, self.ruleset, self.believed, self.keyed, self.proposals, self.refusals,
                    self.third_party_hints, self.contributions, self.error_reports, self.faults, self.faulted,
                    self.revoked_tokens, self.revoked_until, self.restoring);
  }
};

// The next time at which the machine has something to do by itself.
UtcTime next_deadline(State const& state);
// When time alone changes what somebody is told: a site is stale, a test is overdue. A pulse comes then, so that whoever looks is told by
// it and not by the next record of whoever acts (25-isolation G14).
UtcTime next_to_tell(State const& state);
// The next deadline, or that, or the end of a delay: nothing that anybody must wait for.
UtcTime next_due(State const& state);

// After decoding a snapshot: makes what is not part of the encoding.
void complete(State& state);

}  // namespace comity::state
