// One posted object as a contribution (15-forms 3, number 100): the same for every door.
//
// The door's part of a contribution ends here: the object is judged (stix/read.h), its Facts become the command's sealed
// part, its bytes as posted the payload, and nothing else of it is carried on. Names are kept as the sender wrote them;
// what they mean is looked up by the machine, in the sender's view.
// Refusals are the findings of stix/check.h. Thread-safe, no state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "crypto/secret.h"
#include "model/command.h"
#include "model/item.h"
#include "stix/finding.h"
#include "stix/judging.h"

namespace comity::forms {

// A command as its sender wrote it. Who sends it, its digest and whether its signature holds are for sequencer/prepare.h.
struct Prepared {
  model::Command command;
  std::optional<Bytes> payload = {};
};

struct Audience {
  std::string agreement;  // the name by which the sender knows it
  std::vector<std::string> to_offices = {};
};

struct Contribution {
  std::string id, version;
  std::vector<model::Reference> references;
  Prepared prepared;
  stix::Findings warnings = {};
};

// How many of them are worth a thread (base/in_parallel.h), which takes as long to start as three objects to be judged.
inline constexpr size_t contributions_worth_a_thread = 100;

// `comparison` is the centre's key of that name.
stix::Judged<Contribution> contribution(BytesView object, Audience const& audience,
                                        crypto::SymmetricKey const& comparison,
                                        stix::Judging const& judging = {});

}  // namespace comity::forms
