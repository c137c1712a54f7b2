// What one commit will hold; shared by the two sources of Centre and nobody else.
#pragma once

#include <vector>

#include "sequencer/centre.h"

namespace comity::sequencer {

struct Centre::Batch {
  UtcTime time;  // of all its records: equal times are allowed, the index orders (G14)
  std::vector<journal::Entry> entries;
};

inline model::Command system_command(model::CommandKind kind, Bytes body) {
  model::Command command;
  command.kind = kind;
  command.body = std::move(body);
  return command;
}

}  // namespace comity::sequencer
