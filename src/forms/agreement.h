// The compiler of agreements: from their JSON form (`comity-agreement/1`, 15-forms 2) to model::Text.
//
// An agreement is the access policy, so nothing in it is guessed: a word, key, type, unit or clause type that this centre
// does not know, a fraction, a key given twice or one left out (where the form gives no default) does not compile. All
// that is wrong is told, each with its JSON pointer and what would be right, up to limits::agreement_problems; of text
// that is no I-JSON, the first mistake only.
//
// Names keep their text in Who::name (shape and, for selectors, membership among the participants are checked); what they
// mean is looked up elsewhere, in the drafter's view (25-isolation B2): model/text_walk.h visits them. What compiles may
// still ask for a rule that this centre cannot carry out; tabling refuses that (model::ReasonCode::rule_not_supported).
//
// text_hash is SHA-256 of RFC 8785 of the object without `status`, which is served with an agreement and is no part of
// it. It depends on what is written, not on what it means: a default spelled out changes it. Thread-safe: no state.
#pragma once

#include <expected>
#include <vector>

#include "base/bytes.h"
#include "forms/reader.h"
#include "model/agreement.h"

namespace comity::forms {

struct Compiled {
  model::Text text;
  Digest text_hash;
};

using CompileResult = std::expected<Compiled, std::vector<Problem>>;

// `source` is any bytes at all, from anyone; at most limits::agreement_bytes of them.
CompileResult compile(BytesView source);

}  // namespace comity::forms
