// contribute (100): one STIX object given under one agreement, with its audience decided before anything leaves.
//
// The door has read the object: `head` names it, the command's sealed part holds the Facts, the payload is the bytes as
// posted. What the office contributed under the agreement before is accepted and changes nothing (R41), but that to
// further addressees it is contributed too, from then on. Each office of a party contributes for itself. Bytes equal to
// those of an item of another party's that the author's party holds, with that originator's consent, are a further
// contribution of that item (A16).
// Refused: not_permitted, unknown_agreement, not_a_party, unknown_addressee, other_content, object_revoked, quota (of
// versions, but for the last, which revokes), identity_of_another (A24: as id or as creator; listed parties are known to
// all, so nothing hidden is told), third_party_rule (third_party.h; one of the guards that look behind the view).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Contribute {
  std::string agreement;  // the name by which the author knows it
  model::ItemHead head;
  bool revoked = false;                 // the object says `revoked: true`
  std::vector<std::string> to_offices;  // for TLP RED (15-forms 2)
  // How the item compares is no part of what was sent: it comes with the command, and stands in the host's part of the
  // record.
  auto fields(this auto& self) {
    return std::tie(self.agreement, self.head.type, self.head.id, self.head.version, self.head.size,
                    self.revoked, self.to_offices);
  }
};

Ruling decide(Sight const& sight, Contribute const& command);
void apply(State& state, Contribute const& command, model::Record const& record);

// What contribute and seed_item share, once it is known that the author may: `dated` is the date_added it is to have.
using Dated = std::optional<UtcTime>;
Ruling decide_contribution(Sight const& sight, Contribute const& command, AgreementKey agreement,
                           Dated dated);
void apply_contribution(State& state, Contribute const& command, model::Record const& record, Dated dated);

}  // namespace comity::commands
