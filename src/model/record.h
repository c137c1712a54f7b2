// A record: one line of the journal, and its parts.
//
// A record is committed to as a list of separately salted parts (25-isolation G7), so that who is entitled to one part
// can be given that part, its salt and the hashes of the others, and nothing else:
//
//   envelope   index, time, ruleset, kind, office, agreement-free: what stays for ever
//   command    the command as its author sent it
//   sealed     what is destroyed with the payload: its facts, and the salted commitment to the payload's bytes
//   ruling     outcome and reasons, as told to the author
//   effects    what followed in law
//   told       one per distinct content: what those to whom something became visible are told
//
// parts_of and record_of are inverse to one another as long as no part has been destroyed. The encoding of each part is
// that of codec/codec.h and belongs to the journal's format number.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/command.h"
#include "model/ruling.h"

namespace comity::model {

struct Record {
  Index index = 0;
  UtcTime time;
  uint32_t ruleset = 1;
  Command command;
  PayloadKey payload = 0;     // 0: the command had none
  Digest payload_salt;        // 32 octets that the journal draws; none if there is no payload
  Digest payload_commitment;  // SHA-256(payload_salt ‖ payload); alone, without a key, of a payload not kept
  Ruling ruling;
  bool sealed_destroyed = false;  // the sealed part is gone: facts are empty, the ruling stands
};

enum class PartKind : uint8_t { envelope = 1, command, sealed, ruling, effects, told };

struct Part {
  PartKind kind = PartKind::envelope;
  Bytes bytes;
};

std::vector<Part> parts_of(Record const& record);
// Parts in any order; a missing sealed part is a destroyed one, any other that is missing is corruption.
Result<Record> record_of(std::vector<Part> const& parts);

}  // namespace comity::model
