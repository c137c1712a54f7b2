// What a ruling says of the airspace beyond yes or no: whom the author of a change has to tell, what a key lacks, which conflicts begin,
// change and end by it, which notices follow from that, and whether what was reported of a place conforms to what was filed.
//
// Effects of the ruling (50-ledger): boot applies them and compares no volumes. Plain structs. Thread rule: as any value.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "model/conflict.h"
#include "model/telemetry.h"

namespace comity::model {

// Where the same volumes would meet nothing of what is disclosed: the least step in whole units that gets there; none: there is none
// within limits::later_by_s and shifted_by_m, or nothing is disclosed that would be met where they are.
struct Alternatives {
  std::optional<uint32_t> later_s, higher_m, lower_m;
  bool operator==(Alternatives const&) const = default;
  auto fields(this auto& self) { return std::tie(self.later_s, self.higher_m, self.lower_m); }
};
// Of a preview: the notices that its office would have of the intent if it were filed.
struct Previewed {
  std::vector<RaisedNotice> notices;
  Alternatives alternatives;
  auto fields(this auto& self) { return std::tie(self.notices, self.alternatives); }
};

struct AirspaceRuling {
  // Of a native filing: intents of others that its author is shown and with which it shares a cell, a time and an altitude: what the
  // standard's ecosystem would call a conflict.
  uint32_t cells_shared_with = 0;
  uint32_t version = 0;  // of the entity: the new one, or the last one of what was deleted
  std::vector<Notified> notified;
  std::vector<Notified> by_centre;  // whom the centre tells in the author's place
  std::vector<EntityName> missing_intents, missing_constraints;  // of a refusal
  std::vector<Surrogate> missing_surrogates;                     // likewise
  std::vector<ConflictChange> conflicts;
  std::vector<ClosedNotice> closed;
  std::vector<RaisedNotice> raised;
  std::vector<EscalatedNotice> escalated;
  // Of the author's evaluations (25-isolation G10): within the budget of the day; and beyond it, so that it is told of no conflict.
  std::vector<ClauseName> charged, not_answered;
  std::vector<ShortNotice> short_notice;  // told to its author alone
  bool misunderstood = false;             // of an acknowledgement: its read-back is not what was told
  std::vector<AnswerGiven> answers;       // of a pulse: the same of whosever intents it looked at
  std::optional<Previewed> previewed;
  std::optional<TelemetryRuling> telemetry;
  bool lacks_ovns() const {
    return !missing_intents.empty() || !missing_constraints.empty() || !missing_surrogates.empty();
  }
  bool is_empty() const {
    return cells_shared_with == 0 && version == 0 && notified.empty() && by_centre.empty() &&
           missing_surrogates.empty() && missing_intents.empty() && missing_constraints.empty() &&
           conflicts.empty() && closed.empty() && raised.empty() && escalated.empty() && charged.empty() &&
           not_answered.empty() && answers.empty() && short_notice.empty() && !misunderstood && !telemetry &&
           !previewed;
  }
  auto fields(this auto& self) {
    return std::tie(self.cells_shared_with, self.version, self.notified, self.by_centre, self.missing_intents,
                    self.missing_constraints, self.missing_surrogates, self.conflicts, self.closed,
                    self.raised, self.escalated, self.charged, self.not_answered, self.answers,
                    self.short_notice, self.misunderstood, self.telemetry, self.previewed);
  }
};

}  // namespace comity::model
