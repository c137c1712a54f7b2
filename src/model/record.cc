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
  Actor actor;
  Digest digest;
  bool verified = false;  // of the signed act
  PayloadKey payload = 0;
  std::optional<Comparisons> compare;
  uint32_t withheld = 0;
  auto fields(this auto& self) {
    return std::tie(self.index, self.time, self.ruleset, self.kind, self.office, self.actor, self.digest,
                    self.verified, self.payload, self.compare, self.withheld);
  }
};

struct Sent {
  CommandKind kind = CommandKind::pulse;
  std::string idempotency_key;
  Bytes body;
  std::optional<SignedAct> act;
  auto fields(this auto& self) { return std::tie(self.kind, self.idempotency_key, self.body, self.act); }
};

struct Sealed {
  Bytes facts;
  Digest payload_salt, payload_commitment;
  auto fields(this auto& self) { return std::tie(self.facts, self.payload_salt, self.payload_commitment); }
};

struct RuledReason {
  ReasonCode code = ReasonCode::none;
  bool by_agreement = false;  // of which the author might not know more than "another rule"
  std::string agreement, clause, subject;
  auto fields(this auto& self) {
    return std::tie(self.code, self.by_agreement, self.agreement, self.clause, self.subject);
  }
};

struct Ruled {
  std::string centre, author;
  CommandKind kind = CommandKind::pulse;
  UtcTime time;
  Outcome outcome = Outcome::accepted;
  std::vector<RuledReason> reasons;
  auto fields(this auto& self) {
    return std::tie(self.centre, self.author, self.kind, self.time, self.outcome, self.reasons);
  }
};

// The rule behind a reason, whether or not the author may know it.
struct Behind {
  AgreementKey agreement;
  std::string clause;
  auto fields(this auto& self) { return std::tie(self.agreement, self.clause); }
};

struct Followed {
  std::vector<Behind> behind;  // as many as there are reasons
  std::vector<Effect> effects;
  std::vector<Deletion> deletions;
  std::vector<Release> releases;
  std::vector<Unfinished> unfinished;
  std::optional<AirspaceRuling> airspace;
  auto fields(this auto& self) {
    return std::tie(self.behind, self.effects, self.deletions, self.releases, self.unfinished, self.airspace);
  }
};

Sent sent(Command const& command) {
  return {command.kind, command.idempotency_key, command.body, command.act};
}

Ruled ruled(Record const& record) {
  Ruled made{record.centre, record.author, record.command.kind, record.time, record.ruling.outcome, {}};
  for (Reason const& reason : record.ruling.reasons)
    made.reasons.push_back(
        {reason.code, bool(reason.agreement), reason.known_as, reason.known_clause, reason.subject});
  return made;
}

Followed followed(Ruling const& ruling) {
  Followed made{{}, ruling.effects, ruling.deletions, ruling.releases, ruling.unfinished, ruling.airspace};
  for (Reason const& reason : ruling.reasons) made.behind.push_back({reason.agreement, reason.clause});
  return made;
}

// What record_of has seen so far.
struct Pieces {
  std::optional<Envelope> envelope;
  std::optional<Sent> sent;
  std::optional<Sealed> sealed;
  std::optional<Ruled> ruled;
  std::optional<Followed> followed;
  std::vector<Telling> told;

  Result<void> add(Part const& part) {
    switch (part.kind) {
      case PartKind::envelope: envelope = TRY(codec::decode<Envelope>(part.bytes)); break;
      case PartKind::command: sent = TRY(codec::decode<Sent>(part.bytes)); break;
      case PartKind::sealed: sealed = TRY(codec::decode<Sealed>(part.bytes)); break;
      case PartKind::ruling: ruled = TRY(codec::decode<Ruled>(part.bytes)); break;
      case PartKind::effects: followed = TRY(codec::decode<Followed>(part.bytes)); break;
      case PartKind::told: told.push_back(TRY(codec::decode<Telling>(part.bytes))); break;
      default: return fail(ErrorCode::corrupt, "a record has a part of an unknown kind");
    }
    return {};
  }
};

Command command_of(Sent&& sent, Envelope const& envelope) {
  Command command;
  command.kind = sent.kind;
  command.office = envelope.office;
  command.actor = envelope.actor;
  command.idempotency_key = std::move(sent.idempotency_key);
  command.digest = envelope.digest;
  command.compare = envelope.compare;
  command.withheld = envelope.withheld;
  command.body = std::move(sent.body);
  command.act = std::move(sent.act);
  if (command.act) command.act->verified = envelope.verified;
  return command;
}

Ruling ruling_of(Ruled&& ruled, Followed&& followed) {
  Ruling ruling;
  ruling.outcome = ruled.outcome;
  for (size_t i = 0; i < ruled.reasons.size(); ++i) {
    RuledReason& told = ruled.reasons[i];
    Behind& behind = followed.behind[i];
    ruling.reasons.push_back({told.code, behind.agreement, std::move(behind.clause), std::move(told.subject),
                              std::move(told.agreement), std::move(told.clause)});
  }
  ruling.effects = std::move(followed.effects);
  ruling.deletions = std::move(followed.deletions);
  ruling.releases = std::move(followed.releases);
  ruling.unfinished = std::move(followed.unfinished);
  ruling.airspace = std::move(followed.airspace);
  return ruling;
}

}  // namespace

std::vector<Part> parts_of(Record const& record) {
  std::vector<Part> parts;
  Command const& command = record.command;
  Envelope const envelope{
      record.index,   record.time,     record.ruleset,  command.kind,
      command.office, command.actor,   command.digest,  command.act && command.act->verified,
      record.payload, command.compare, command.withheld};
  parts.push_back({PartKind::envelope, codec::encode(envelope)});
  parts.push_back({PartKind::command, codec::encode(sent(command))});
  bool const committed = record.payload != 0 || !record.payload_commitment.is_none();
  if (!record.sealed_destroyed && (!command.sealed.empty() || committed)) {
    Sealed const sealed{command.sealed, record.payload_salt, record.payload_commitment};
    parts.push_back({PartKind::sealed, codec::encode(sealed)});
  }
  parts.push_back({PartKind::ruling, codec::encode(ruled(record))});
  parts.push_back({PartKind::effects, codec::encode(followed(record.ruling))});
  for (Telling const& told : record.told) parts.push_back({PartKind::told, codec::encode(told)});
  return parts;
}

Result<Record> record_of(std::vector<Part> const& parts) {
  Pieces pieces;
  for (Part const& part : parts) TRY_VOID(pieces.add(part));
  if (!pieces.envelope || !pieces.sent || !pieces.ruled || !pieces.followed)
    return fail(ErrorCode::corrupt, "a record lacks a part");
  Envelope const& envelope = *pieces.envelope;
  if (pieces.sent->kind != envelope.kind || pieces.ruled->kind != envelope.kind ||
      pieces.ruled->time != envelope.time || pieces.ruled->reasons.size() != pieces.followed->behind.size())
    return fail(ErrorCode::corrupt, "the parts of a record are not of one record");
  Record record;
  record.index = envelope.index;
  record.time = envelope.time;
  record.ruleset = envelope.ruleset;
  record.payload = envelope.payload;
  record.command = command_of(std::move(*pieces.sent), envelope);
  record.centre = std::move(pieces.ruled->centre);
  record.author = std::move(pieces.ruled->author);
  record.ruling = ruling_of(std::move(*pieces.ruled), std::move(*pieces.followed));
  record.told = std::move(pieces.told);
  if (pieces.sealed) {
    record.command.sealed = std::move(pieces.sealed->facts);
    record.payload_salt = pieces.sealed->payload_salt;
    record.payload_commitment = pieces.sealed->payload_commitment;
  }
  record.sealed_destroyed = record.payload != 0 && !pieces.sealed;
  return record;
}

}  // namespace comity::model
