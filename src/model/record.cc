#include "model/record.h"

#include "codec/codec.h"

namespace comity::model {
namespace {

struct Envelope {
  Index index = 0;
  UtcTime time;
  uint32_t ruleset = 0;
  CommandKind kind = CommandKind::pulse;
  OfficeKey office;
  PayloadKey payload = 0;
  auto fields(this auto& self) {
    return std::tie(self.index, self.time, self.ruleset, self.kind, self.office, self.payload);
  }
};

struct Sealed {
  Bytes facts;
  Digest payload_salt, payload_commitment;
  auto fields(this auto& self) { return std::tie(self.facts, self.payload_salt, self.payload_commitment); }
};

struct Told {
  Outcome outcome = Outcome::accepted;
  std::vector<Reason> reasons;
  auto fields(this auto& self) { return std::tie(self.outcome, self.reasons); }
};

}  // namespace

std::vector<Part> parts_of(Record const& record) {
  std::vector<Part> parts;
  Command const& command = record.command;
  parts.push_back(
      {PartKind::envelope, codec::encode(Envelope{record.index, record.time, record.ruleset, command.kind,
                                                  command.office, record.payload})});
  Command bare = command;
  bare.sealed.clear();
  parts.push_back({PartKind::command, codec::encode(bare)});
  bool const committed = record.payload != 0 || !record.payload_commitment.is_none();
  if (!record.sealed_destroyed && (!command.sealed.empty() || committed)) {
    Sealed const sealed{command.sealed, record.payload_salt, record.payload_commitment};
    parts.push_back({PartKind::sealed, codec::encode(sealed)});
  }
  parts.push_back({PartKind::ruling, codec::encode(Told{record.ruling.outcome, record.ruling.reasons})});
  if (!record.ruling.effects.empty())
    parts.push_back({PartKind::effects, codec::encode(record.ruling.effects)});
  for (Release const& release : record.ruling.releases)
    parts.push_back({PartKind::told, codec::encode(release)});
  return parts;
}

Result<Record> record_of(std::vector<Part> const& parts) {
  Record record;
  std::optional<Envelope> envelope;
  bool command = false, sealed = false, ruling = false;
  for (Part const& part : parts) {
    switch (part.kind) {
      case PartKind::envelope: envelope = TRY(codec::decode<Envelope>(part.bytes)); break;
      case PartKind::command: {
        Bytes const facts = std::move(record.command.sealed);
        record.command = TRY(codec::decode<Command>(part.bytes));
        record.command.sealed = facts;
        command = true;
        break;
      }
      case PartKind::sealed: {
        auto content = TRY(codec::decode<Sealed>(part.bytes));
        record.command.sealed = std::move(content.facts);
        record.payload_salt = content.payload_salt;
        record.payload_commitment = content.payload_commitment;
        sealed = true;
        break;
      }
      case PartKind::ruling: {
        auto told = TRY(codec::decode<Told>(part.bytes));
        record.ruling.outcome = told.outcome;
        record.ruling.reasons = std::move(told.reasons);
        ruling = true;
        break;
      }
      case PartKind::effects:
        record.ruling.effects = TRY(codec::decode<std::vector<Effect>>(part.bytes));
        break;
      case PartKind::told: record.ruling.releases.push_back(TRY(codec::decode<Release>(part.bytes))); break;
      default: return fail(ErrorCode::corrupt, "a record has a part of an unknown kind");
    }
  }
  if (!envelope || !command || !ruling) return fail(ErrorCode::corrupt, "a record lacks a part");
  record.index = envelope->index;
  record.time = envelope->time;
  record.ruleset = envelope->ruleset;
  record.payload = envelope->payload;
  record.sealed_destroyed = record.payload != 0 && !sealed;
  return record;
}

}  // namespace comity::model
