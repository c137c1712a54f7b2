// A ruling: the answer to a command, accepted or refused with ordered reasons, and what follows from it.
//
// Effects stand in the ruling (50-ledger), so boot applies what was ruled and never decides again: changes of law that
// the accepted command brought about beyond itself (an agreement enters into force, a clause begins to apply), and
// releases. A refusal has no effects. What a reader may see of a ruling is decided when it is told (25-isolation G6), so
// reasons hold keys; the name by which the author knew the agreement when it was ruled stands beside, for the part of the
// record that the author may be given (G7), where no key of the machine may stand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/airspace_ruling.h"
#include "model/item.h"

namespace comity::model {

enum class ReasonCode : uint16_t {
  none = 0,
#define REASON(number, name, text) name = number,
#include "model/reasons.inc"
#undef REASON
};

char const* name_of(ReasonCode code);
char const* advice_of(ReasonCode code);

struct Reason {
  ReasonCode code = ReasonCode::none;
  AgreementKey agreement;  // none, or one that bears on it; told only to who may know it, else "another rule"
  std::string clause;      // clause id in that agreement
  std::string subject;     // what the caller sent that this is about (an id, a name, a JSON pointer)
  std::string known_as = {};      // the agreement, as the author knew it then; empty: it might not know it
  std::string known_clause = {};  // the clause, if the author could read it then
  auto fields(this auto& self) {
    return std::tie(self.code, self.agreement, self.clause, self.subject, self.known_as, self.known_clause);
  }
};

enum class EffectKind : uint8_t {
  agreement_state = 1,  // value: state::AgreementState
  standing,             // party, value: state::Standing
  clause_applies,       // clause: its number in the text
  clause_ends,
  suspension_declared,  // of the agreement, since all its parties want it
  suspension_ended,     // party: of its part; none: of the agreement
  prohibition_ended,    // clause, party, value: the PartyKey of the other
  too_few_left,         // so that the agreement ends
};

struct Effect {
  EffectKind kind = EffectKind::agreement_state;
  AgreementKey agreement;
  PartyKey party;
  uint32_t clause = 0;
  uint32_t value = 0;
  UtcTime at;
  auto fields(this auto& self) {
    return std::tie(self.kind, self.agreement, self.party, self.clause, self.value, self.at);
  }
};

// One thing becoming visible.
struct ReleasedItem {
  ItemKey item;
  AgreementKey agreement;
  uint32_t clause = 0;  // number of the deciding grant in the agreement's text
  EditionForm form;
  OfficeKey by;  // who contributed it so
  auto fields(this auto& self) {
    return std::tie(self.item, self.agreement, self.clause, self.form, self.by);
  }
};

// The same content told to several offices: one part of the record, shared by all who are told it (25-isolation G7).
struct Release {
  std::vector<OfficeKey> offices;  // sorted
  std::vector<ReleasedItem> items;
  auto fields(this auto& self) { return std::tie(self.offices, self.items); }
};

// Whoever gave an item under an agreement to these offices has deleted it (25-isolation G9). It stands in the ruling, since what
// it was decided by is destroyed with the item.
struct Heir {
  OfficeKey office, by;  // who has it from now on by whose contribution
  auto fields(this auto& self) { return std::tie(self.office, self.by); }
};
struct Deletion {
  ItemKey item;
  AgreementKey agreement;
  std::vector<OfficeKey> offices;  // sorted
  std::vector<Heir> heirs;         // are given as much by another
  auto fields(this auto& self) { return std::tie(self.item, self.agreement, self.offices, self.heirs); }
};

// More contributions are to be looked at than one record does: these wait for pulses (state/due.h). Either all under the
// agreement, from a place in their order on; or those under it that refer to what `referred` is, from an item on; or, if
// that is `published`, those that refer to what frameworks have, from one object of theirs on. `hops`:
// how many portions after this one may still follow what an office has back without its being news.
inline constexpr ItemKey published{0xfffffffeu};  // no item
struct Unfinished {
  AgreementKey agreement;
  ItemKey referred;
  uint32_t from = 0, hops = 0;
  auto fields(this auto& self) { return std::tie(self.agreement, self.referred, self.from, self.hops); }
};

enum class Outcome : uint8_t { accepted = 1, refused };

struct Ruling {
  Outcome outcome = Outcome::accepted;
  std::vector<Reason> reasons;
  std::vector<Effect> effects;
  std::vector<Deletion> deletions;
  std::vector<Release> releases;
  std::vector<Unfinished> unfinished;
  std::optional<AirspaceRuling> airspace;

  bool accepted() const { return outcome == Outcome::accepted; }
  auto fields(this auto& self) {
    return std::tie(self.outcome, self.reasons, self.effects, self.deletions, self.releases, self.unfinished,
                    self.airspace);
  }
};

inline Ruling accepted() { return {}; }
Ruling refused(ReasonCode code, std::string subject = {});
Ruling refused(Reason reason);

}  // namespace comity::model
