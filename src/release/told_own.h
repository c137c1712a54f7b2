// What concerns its reader alone: rulings on its own commands, errors, the ids made for it, and words it sent itself.
//
//   ruling     forms/ruling.h, with the names that the reader knows now, also when an old ruling is told again (G6).
//              Only to the office whose command it was
//   problem    RFC 9457: {title, status, detail?, pointer?}. An error's detail quotes what the caller sent and nothing
//              that was looked up (base/result.h)
//   echo       a string that this office itself sent: an id or a version in a status. Whoever calls it answers for that
//
// Thread rule: told.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "forms/agreement.h"
#include "model/ruling.h"
#include "release/egress.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

// not_found if the reader is not the author.
Result<Told> tell_ruling(Eyes const& eyes, OfficeKey author, model::Ruling const& ruling);

Told tell_problem(FixedText title, int status, Error const& error);
// A text that does not compile: [{pointer, reason}]; one that does: its hash.
Told tell_problems(std::vector<forms::Problem> const& problems);
Told tell_text_hash(forms::Compiled const& compiled);

Told tell_collection_id(Eyes const& eyes, AgreementKey agreement, FixedText name);
Told tell_status_id(Eyes const& eyes, std::string_view idempotency_key);

Told tell_echo(Eyes const& eyes, OfficeKey author, std::string_view text);

}  // namespace comity::release
