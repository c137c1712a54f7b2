// draft_agreement (25): a new text. Names compile in the drafter's view: hidden and unknown are one (B2). The JSON as
// drafted is the payload; its id belongs to the drafting office (G2). Refused: not_permitted, malformed, reserved_name,
// quota (open drafts of an office, B13), name_taken, unknown_party, unknown_office, unknown_agreement.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct DraftAgreement {
  model::Text text;  // as compiled by forms/, its keys not filled in
  Digest text_hash;
  auto fields(this auto& self) { return std::tie(self.text, self.text_hash); }
};

// Shared with edit_draft: what is wrong with a text in the author's view.
std::optional<Ruling> check_text(Sight const& sight, model::Text const& text);
// The text with its keys filled in, in the author's view.
std::shared_ptr<model::Text const> resolved(state::View const& view, model::Text text);
// Puts text and hash into an agreement that is a draft: participants negotiate, nobody sponsors.
void set_text(state::Agreement& agreement, std::shared_ptr<model::Text const> text, Digest const& hash,
              model::Record const& record);

Ruling decide(Sight const& sight, DraftAgreement const& command);
void apply(State& state, DraftAgreement const& command, model::Record const& record);

}  // namespace comity::commands
