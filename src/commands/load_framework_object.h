// load_framework_object (74): an officer of the host puts one object of an allowed framework into the reference set, where it
// is nobody's item (25-isolation A13). One officer is enough, unsigned: what two have allowed fixes the bytes.
//
// The door has read the object; the payload is its bytes as they stand in the bundle. The prepare step checks the proof that
// they are in the tree of which the command says root and number (sequencer/framework.h), and only if they are, the command
// says how they compare: the centre's answer and never the sender's. Whether root and number are those that are allowed is
// ruled on here.
//
// What was given before and refers to the object, or is marked by it, may be released in a finer form now. It is looked at
// by pulses (commands/to_look_at.h), as others have nothing to wait for: under each agreement what refers to all that was
// loaded meanwhile, so that a pulse is for a list of commands and not for an object.
//
// How the door judged the object stands in the command's sealed part, so that its body is what it was.
// Refused: not_permitted, unknown_framework, not_in_framework, already_done (the version is there, or the id is one of those
// that the set has by itself), quota (objects ever loaded).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct LoadFrameworkObject {
  std::string framework;
  Digest root;
  uint32_t objects = 0, place = 0;  // in the tree, from 0
  std::vector<Digest> proof;        // RFC 6962, 2.1.1
  // Of the object:
  std::string type, id, version;
  uint64_t size = 0;
  model::MarkingKind marking_kind = model::MarkingKind::not_a_marking;
  auto fields(this auto& self) {
    return std::tie(self.framework, self.root, self.objects, self.place, self.proof, self.type, self.id,
                    self.version, self.size, self.marking_kind);
  }
};

struct Judgement {
  bool permissive = false;
  std::string spec_version = "2.1";
  auto fields(this auto& self) { return std::tie(self.permissive, self.spec_version); }
};

Ruling decide(Sight const& sight, LoadFrameworkObject const& command);
void apply(State& state, LoadFrameworkObject const& command, model::Record const& record);

}  // namespace comity::commands
