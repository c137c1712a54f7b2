// Previews: what commands would bring about, on a copy (10-agreements; 25-isolation G5, B13).
//
// The same decide and apply as for real, on a copy: of the law all of it, of the items those that the commands look at
// (preview_items.h). Each command sees law and items as those before it would have left them, and the centre's own steps
// (adoption, dates that have come) follow as they would.
// A binding command without an act is previewed as if its party had signed it. Nothing is recorded, no quota is used, no
// idempotency key is looked at. So the one guard whose hints are counted says less here: that only another office of the
// party holds a thing is not told by a preview, which foresees such a contribution as accepted (25-isolation A12).
//
// What is told of a preview is told by the actual state (G5): `known` is the law as it is, and of what the commands would
// make anew or what the asker drafted itself, as they would leave it. A hypothetical grant gives nobody anything: the copy
// releases nothing, and has nobody else's items but those the asker's party was released.
//
// A filing of an intent, a site or a constraint is judged without what others have filed (preview_filings.h), so it foresees no conflict;
// what it would meet is asked by preview_conflicts, which is recorded and charged.
//
// `then` is the law by which a grant diff is worked out: the copy's, and with at most one text in force that the commands are
// about and that is not in force yet, between all its participants and with all its clauses begun (`assumed`).
//
// `busy` when it takes longer than `within`, or if the law moves meanwhile. Any thread but an event loop.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "forms/agreement.h"
#include "forms/command.h"
#include "model/would_tell.h"
#include "sequencer/prepare.h"

namespace comity::sequencer {

struct Foreseen {
  model::CommandKind kind = model::CommandKind::pulse;
  Digest digest;
  model::Ruling ruling;
  AgreementKey agreement;              // of the copy: the one the command is about; none for others
  ItemKey item;                        // of the copy: what would be contributed; none for others
  std::vector<model::WouldTell> told;  // of a filing: who would be told of it, as the law is now
};

using SharedState = std::shared_ptr<state::State>;

struct Preview {
  SharedState copy, known;  // of `known`, the law alone
  state::Law before, then;
  AgreementKey assumed;                  // none: `then` is the law of the copy
  std::map<PayloadKey, Bytes> payloads;  // of the commands, by their keys in the copy
  std::vector<Foreseen> steps;           // one for each command
};

Result<Preview> preview(Centre const& centre, Author author, std::vector<forms::Prepared> commands,
                        Duration within);

// The same of submissions that have been prepared.
Result<Preview> preview(Centre const& centre, std::vector<Submission> submissions, Duration within);

// A text as if the author had drafted it, with nothing asked but what its names mean in the author's view (B2): those
// that mean nothing come back as problems. The draft is the newest agreement of the copy.
std::expected<Preview, std::vector<forms::Problem>> preview_text(Centre const& centre, Author author,
                                                                 forms::Compiled compiled, BytesView source);

}  // namespace comity::sequencer
