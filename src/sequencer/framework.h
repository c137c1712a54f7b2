// Whether what a load_framework_object brings is in the tree that it names: pure, (command, payload) → yes or no. Asked before
// the sequencer, which is told of it by how the payload compares, and again by `comity replay --decide`. Whether two officers
// allowed that tree is the machine's ruling. Of any other command: no.
#pragma once

#include "model/command.h"

namespace comity::sequencer {

bool is_in_framework(model::Command const& command, BytesView payload);

}  // namespace comity::sequencer
