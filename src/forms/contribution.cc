#include "forms/contribution.h"

#include "codec/codec.h"
#include "commands/contribute.h"
#include "stix/read.h"

namespace comity::forms {

stix::Judged<Contribution> contribution(BytesView object, Audience const& audience,
                                        crypto::SymmetricKey const& comparison,
                                        stix::Judging const& judging) {
  stix::Reading reading = TRY(stix::read_object(object, comparison, judging));
  Contribution made{reading.head.id, reading.head.version, reading.facts.references, {}};
  model::Command& command = made.prepared.command;
  command.kind = model::CommandKind::contribute;
  command.compare = reading.head.compare;
  command.body = codec::encode(commands::Contribute{audience.agreement, std::move(reading.head),
                                                    reading.revoked, audience.to_offices});
  command.sealed = codec::encode(reading.facts);
  made.prepared.payload = Bytes(object);
  made.warnings = std::move(reading.warnings);
  return made;
}

}  // namespace comity::forms
