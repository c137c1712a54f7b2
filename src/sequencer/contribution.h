// An envelope as commands: the one path by which objects come in, whatever the door (15-forms 4; TAXII 5.4).
//
// Each object is judged on its own and becomes one contribution, or findings. What can be contributed is sent in an
// order in which what is referred to comes first (stix/order.h), so that the order of an envelope decides nothing. All of
// them share one commit, and each has its own ruling.
//
// An envelope's idempotency key K is that of its objects as `K.0`, `K.1` … in the order posted, so an envelope sent
// again is answered as before.
//
// The body was read by stix/envelope.h; bytes are copied, so it may go. Any thread; takes time in proportion to the body,
// so on an event loop only for a small one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "forms/contribution.h"
#include "sequencer/prepare.h"
#include "stix/envelope.h"
#include "stix/tally.h"

namespace comity::sequencer {

// One object of the envelope, in the order posted.
struct PostedObject {
  std::string id, version;                // as far as they could be read; empty otherwise
  stix::Findings findings = {};           // why it is not contributed; empty if it is
  std::optional<size_t> submission = {};  // its place in `submissions`
};

struct Contributions {
  stix::Purpose purpose = stix::Purpose::contribute;
  std::vector<PostedObject> objects;
  std::vector<Submission> submissions;
  stix::Tally warnings = {};  // of those that are contributed
};

Contributions contributions(Centre const& centre, Author author, stix::Envelope const& envelope,
                            std::string_view agreement, std::string_view key);

}  // namespace comity::sequencer
