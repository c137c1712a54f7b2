// Previews: what commands would bring about, on a copy (10-agreements; 25-isolation G5, B13).
//
// The same decide and apply as for real, on a copy of the law. Items are not copied: a command about items is decided on
// what there is, and a contribution that would be accepted is put into the copy, alone, so that it can be asked who
// would see it. Commands see the law as those before them would have left it, and the centre's own steps (adoption,
// dates that have come) follow as they would.
// A binding command without an act is previewed as if its party had signed it. Nothing is recorded, no quota is used, no
// idempotency key is looked at. What is told of it is told by the asker's eyes; a hypothetical grant gives nobody
// anything, since the copy has nobody else's items.
//
// `busy` when it takes longer than `within`. Any thread but an event loop.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "forms/agreement.h"
#include "forms/command.h"
#include "sequencer/prepare.h"

namespace comity::sequencer {

struct Foreseen {
  model::CommandKind kind = model::CommandKind::pulse;
  Digest digest;
  model::Ruling ruling;
  AgreementKey agreement;  // of the copy: the one the command is about; none for others
  ItemKey item;            // of the copy: what would be contributed; none for others
};

struct Preview {
  std::shared_ptr<state::State> copy;
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
