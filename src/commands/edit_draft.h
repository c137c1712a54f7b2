// edit_draft (26): another text in place of a draft of one's own; of the one that the author has read, if it says which (`was`). Sponsors have
// to sponsor again. Refused: not_permitted, unknown_agreement, own_only, wrong_state, stale_ovn (it is another text by now), and what a
// draft is refused for.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct EditDraft {
  std::string agreement;  // the name by which the author knows it
  model::Text text;
  Digest text_hash;
  std::optional<Digest> was = {};  // the hash of the text that was edited
  auto fields(this auto& self) { return std::tie(self.agreement, self.text, self.text_hash, self.was); }
};

Ruling decide(Sight const& sight, EditDraft const& command);
void apply(State& state, EditDraft const& command, model::Record const& record);

}  // namespace comity::commands
