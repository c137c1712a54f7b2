// A ruling as its reader may have it (15-forms 4): what doors answer to a command.
//
//     {"outcome": "refused",
//      "reasons": [{"code": "wrong_text", "agreement": "ru.x", "clause": "share-core", "subject": "…", "detail": "…"}],
//      "effects": [{"agreement": "ru.x", "kind": "standing", "party": "iq", "value": "party", "at": "…"}]}
//
// Inside a ruling are keys; the names they get are those of whoever reads it, at the moment in which it is told
// (25-isolation G4, G6), also when a stored ruling is told again. An agreement the reader may not know is "another rule"
// (G5), and a clause is named to readers of its text only; an effect on an agreement, clause or standing the reader may not know is left out whole.
// Releases are never told here: what became visible to others is nobody's answer. Both lists are always there; what
// was told to the author of a refusal in `subject` is what the author sent. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>

#include "json/json.h"
#include "model/ruling.h"

namespace comity::forms {

// What one reader may know, under the names by which that reader knows it. None is "may not know it".
class NamesInView {
 public:
  virtual ~NamesInView() = default;
  virtual std::optional<std::string> agreement(AgreementKey agreement) const = 0;
  virtual std::optional<std::string> party(PartyKey party) const = 0;
  virtual bool reads_text(AgreementKey agreement) const = 0;
  // The id of a clause by its number; for readers of the text.
  virtual std::optional<std::string> clause(AgreementKey agreement, uint32_t number) const = 0;
  // The word for the new state or standing, if this reader may know it; empty for what parties have brought about otherwise
  // (its suspension, say).
  virtual std::optional<std::string> value_of(model::Effect const& effect) const = 0;
};

json::Value ruling_json(model::Ruling const& ruling, NamesInView const& names);

}  // namespace comity::forms
