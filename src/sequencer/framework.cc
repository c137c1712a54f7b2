#include "sequencer/framework.h"

#include "codec/codec.h"
#include "commands/load_framework_object.h"
#include "merkle/inclusion.h"
#include "merkle/tree.h"

namespace comity::sequencer {

bool is_in_framework(model::Command const& command, BytesView payload) {
  if (command.kind != model::CommandKind::load_framework_object) return false;
  auto const body = codec::decode<commands::LoadFrameworkObject>(command.body);
  return body && body->size == payload.size() &&
         merkle::is_included(merkle::hash_of_leaf_data(payload), body->place, body->objects, body->proof,
                             body->root);
}

}  // namespace comity::sequencer
