// A record: one line of the journal, and its parts.
//
// A record is committed to as a list of separately salted parts (25-isolation G7), so that who is entitled to one part
// can be given that part, its salt and the hashes of the others, and nothing else:
//
//   envelope   index, time, ruleset, kind, who, digests, payload: the host's, and of no use to anybody else
//   command    the command as its author sent it
//   sealed     what is destroyed with the payload: its facts, and the salted commitment to the payload's bytes
//   ruling     centre, author, kind, time, outcome and reasons, as told to the author
//   effects    what followed, in keys: effects, releases with their audience, the rules behind the reasons
//   told       one per distinct content: what those to whom something became visible are told
//
// Keys of the machine count things that nobody may count (G3), so they stand in envelope and effects alone; those two
// leave the host never. command, sealed and ruling are the author's; each told part is for those whom it concerns.
//
// parts_of and record_of are inverse to one another as long as no part has been destroyed. The encoding of each part is
// that of codec/codec.h and belongs to the journal's format number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/command.h"
#include "model/ruling.h"

namespace comity::model {

// An item that became visible. Of one that is given whole, which one; of an edition the clause alone, since every party
// knows it by an id of its own. An agreement is named by the hash of its text, which all who are told have read.
struct ToldItem {
  Digest text_hash;
  std::string clause;
  std::string id, version;
  Digest commitment;  // to the payload; its salt stands in the sealed part of the contribution
  auto fields(this auto& self) {
    return std::tie(self.text_hash, self.clause, self.id, self.version, self.commitment);
  }
};

// A change of law, by the names that its parties have for ever.
struct ToldEffect {
  EffectKind kind = EffectKind::agreement_state;
  Digest text_hash;
  std::string party, clause;
  uint32_t value = 0;
  UtcTime at;
  auto fields(this auto& self) {
    return std::tie(self.kind, self.text_hash, self.party, self.clause, self.value, self.at);
  }
};

// A notice that was raised, with what it says, or that ended; to the office whose it is, and with that what proves it (40-deconfliction). It says
// no more than the office is told of it: of the other one who and which where `other` is an intent.
struct ToldNotice {
  Digest text_hash;
  std::string clause;
  std::string office;   // whose it is
  uint64_t number = 0;  // the office's own
  EntityId intent;
  std::string other_office;
  EntityId other;
  NoticeAbout about = NoticeAbout::intent;
  NoticeEnd end = NoticeEnd::open;
  NoticeContent content;  // of one that ended: as it was
  UtcTime answer_by = never;
  bool exercise = false;
  auto fields(this auto& self) {
    return std::tie(self.text_hash, self.clause, self.office, self.number, self.intent, self.other_office,
                    self.other, self.about, self.end, self.content, self.answer_by, self.exercise);
  }
};

struct Telling {
  UtcTime time;
  std::vector<ToldItem> items;
  std::vector<ToldEffect> effects;
  std::vector<ToldNotice> notices;
  auto fields(this auto& self) { return std::tie(self.time, self.items, self.effects, self.notices); }
};

struct Record {
  Index index = 0;
  UtcTime time;
  uint32_t ruleset = 1;
  std::string centre, author;  // whose ruling it is, in words: origin of the centre, name of the office
  Command command;
  PayloadKey payload = 0;     // 0: the command had none
  Digest payload_salt;        // 32 octets drawn at random; none if there is no payload
  Digest payload_commitment;  // SHA-256(payload_salt ‖ payload); alone, without a key, of a payload not kept
  Ruling ruling;
  std::vector<Telling> told;      // of each release in order, then of each effect, then of each notice
  bool sealed_destroyed = false;  // the sealed part is gone: facts are empty, the ruling stands
};

enum class PartKind : uint8_t { envelope = 1, command, sealed, ruling, effects, told };

struct Part {
  PartKind kind = PartKind::envelope;
  Bytes bytes;
};

// What the author of a record may be given of it, and with what it proves that these are the record's parts
// (merkle/record_hash.h): a part hash stands at its place in the list, and the record hash is that of the list.
struct OwnPart {
  PartKind kind = PartKind::command;
  uint32_t place = 0;
  Digest salt;
  Bytes bytes;
};
struct OwnParts {
  std::vector<OwnPart> parts;
  std::vector<Digest> list;
};

std::vector<Part> parts_of(Record const& record);
// Parts in any order; a missing sealed part is a destroyed one, any other that is missing is corruption.
Result<Record> record_of(std::vector<Part> const& parts);

}  // namespace comity::model
