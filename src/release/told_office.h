// What an office is told about itself and its party: who may come in, what was refused, what it did, which acts it signed
// or may see (15-forms 4).
//
//   clients    [{client, office, rights, state}], people [{person, roles, state}] of the viewer's own party; for admins
//   refusals   {counts: [{code, count, detail}], refusals: [{time, kind, about?, reasons}]}, newest first: what clients
//              hide from people (30-exchange)
//   record     one of the office's own: {time, kind, by, idempotency_key?, digest, act?, outcome, reasons, effects}
//   acts       [{time, kind, party, office, act?}] on an agreement, in order, for those who know its acts; one's own
//              always. The signed document itself goes to a reader who knows the agreement by the name that was signed,
//              since another name would tell what its signer can see
//
// What is refused or signed is told in the view of whoever reads it now (G6). Errors: not_found for what the viewer may
// not know, or another office's record. Thread rule: told.h.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/record.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_clients(Eyes const& eyes);
Told tell_people(Eyes const& eyes);

// A refusal of the reader's own.
struct PastRefusal {
  UtcTime time;
  model::CommandKind kind = model::CommandKind::pulse;
  std::string about;
  std::vector<model::Reason> reasons;
};
Told tell_refusals(Eyes const& eyes, std::vector<PastRefusal> const& refusals);

// The digest of a proposal, by which another officer countersigns it (countersign_host_act); none of other commands. Theirs
// is keyed by what the third-party rule compares with, and whoever has a journal could ask a client to confirm guesses.
Digest told_digest(model::CommandKind kind, Digest const& digest);

struct Ruled {
  OfficeKey author;
  Digest digest;  // told_digest
  model::Ruling const& ruling;
};
Result<Told> tell_ruled(Eyes const& eyes, Ruled const& ruled);

// A record of the reader's own office, with the parts that it may be given and the list in which their hashes stand.
Result<Told> tell_record(Eyes const& eyes, model::Record const& record, model::OwnParts const& own);

// `records` are those of Agreement::acts; others are left out.
Result<Told> tell_acts(Eyes const& eyes, AgreementKey agreement, std::vector<model::Record> const& records);

}  // namespace comity::release
