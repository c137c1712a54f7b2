// Words that several of this room say: rights and roles as lists, in the order of their bits (15-forms 1: `read`, `releasing`), types
// of clauses, states of intents. Inside this room only; thread-safe, no state.
#pragma once

#include "json/json.h"
#include "model/airspace.h"
#include "model/party.h"

namespace comity::release {

json::Array right_words(model::Rights rights);
json::Array role_words(model::Roles roles);

// As texts say it: `grant`.
char const* word_of(model::ClauseType type);
// `Accepted`, as F3548 has it.
char const* word_of(model::IntentState state);

}  // namespace comity::release
