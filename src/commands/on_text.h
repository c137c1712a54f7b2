// What commands about one version of one text have in common: sponsor, unsponsor, table, sign. The act names agreement,
// version and text hash (G8), so that nobody signs what it has not read.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct OnText {
  std::string agreement;  // the name by which the author knows it
  uint32_t version = 0;
  Digest text_hash;
  auto fields(this auto& self) { return std::tie(self.agreement, self.version, self.text_hash); }
};

struct Found {
  AgreementKey key;
  std::optional<Ruling> refusal;
};

// Rights, signature, the agreement in the author's view, participation, version and hash, in this order: not_permitted,
// the reasons of an act, unknown_agreement, not_a_participant, wrong_text.
Found find_text(Sight const& sight, OnText const& command);

// The same agreement when the record is applied.
AgreementKey find_applied(State const& state, OnText const& command, model::Record const& record);

}  // namespace comity::commands
