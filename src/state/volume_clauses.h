// Which agreements speak of volumes (clauses `deconflict` and `notify`), by the parties of their texts, and whom the two sides of each
// such clause name: so that a filing looks at its own party's agreements and walks no other law, and a side is looked up and not worked out.
//
// A function of the texts, the parties and the offices that there are, and of nothing else: whether a clause runs is asked of the
// law each time (in_force.h), so nothing here has to follow suspensions and departures. Made again after each record that may have
// changed law (commands/machine.cc) and after a snapshot was read (state.cc); no part of the encoding. A draft that changes counts
// from the record on by which it does.
//
// Deterministic. Cost of making it: the participants and names of such agreements. Thread rule: as the Law that it is in.
#pragma once

#include <map>
#include <vector>

#include "model/agreement.h"
#include "model/conflict.h"

namespace comity::state {

struct Law;

// As `covers` (grants.h) says it, for all offices at once; sorted.
struct ClauseSides {
  std::vector<OfficeKey> from, to;
  bool to_others = false;              // not to the party that gives
  bool names(OfficeKey office) const;  // on either side
  bool gives(OfficeKey office) const;
  // From a giver of that party; none: from whoever.
  bool takes(OfficeKey office, PartyKey own, PartyKey giver) const;
};

class VolumeClauses {
 public:
  void make(Law const& law);
  // In the order of their keys.
  std::vector<AgreementKey> const& of(PartyKey party) const;
  // Of a clause about volumes; null: it is none.
  ClauseSides const* sides(model::ClauseName clause) const;

 private:
  std::map<PartyKey, std::vector<AgreementKey>> by_party_;
  std::map<model::ClauseName, ClauseSides> sides_;
};

}  // namespace comity::state
