// Surrogates (25-isolation D3): what F3548 shows, in place of the intents of others, of whoever learns only that there is a conflict.
//
// What a refused filing would have met stands for a while as if it were filed (`tried`): its details can be asked for, as those of any
// intent that a key lacks.
//
// There is one for each intent of the reader's and clause: for whatever it meets under it, at the level `warning`. It is managed by the
// centre, is as large as the reader's notice says, and its id, OVN and version are values of the PRF of the reader's intent and of
// what that notice says: they change when that does and never else. Thread rule: told.h.
#pragma once

#include <functional>
#include <optional>

#include "json/json.h"
#include "model/conflict.h"
#include "release/eyes.h"
#include "release/references.h"

namespace comity::release {

// The intent of the reader that a surrogate is about, and what its key has to show of it.
struct NamedSurrogate {
  model::EntityId id;
  model::Ovn ovn;
  uint32_t version = 0;
};
NamedSurrogate name_of(Eyes const& eyes, model::EntityId own, model::Surrogate const& surrogate);

json::Object surrogate_json(Eyes const& eyes, OwnSystem const& uss, model::EntityId own,
                            model::Surrogate const& surrogate);
// Of a notice; none: it is not of the kind.
std::optional<model::Surrogate> surrogate_of(model::RaisedNotice const& notice);
// Of one intent of the reader's, by its open notices.
void each_surrogate(Eyes const& eyes, model::EntityId own,
                    std::function<void(model::Surrogate const&)> const& look);

struct FoundSurrogate {
  model::EntityId own;
  model::Surrogate surrogate;
};
using Tried = std::vector<FoundSurrogate>;
std::optional<FoundSurrogate> find_surrogate(Eyes const& eyes, Tried const& tried, model::EntityId id);
// The clause still runs for the reader, so that what was worked out under it may be told (25-isolation G6).
bool may_be_told(Eyes const& eyes, model::Surrogate const& surrogate);

}  // namespace comity::release
