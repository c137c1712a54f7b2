// Rights and roles as lists of the words of 15-forms 1 (`read`, `releasing`), in the order of their bits. Inside this room
// only; thread-safe, no state.
#pragma once

#include "json/json.h"
#include "model/party.h"

namespace comity::release {

json::Array right_words(model::Rights rights);
json::Array role_words(model::Roles roles);

}  // namespace comity::release
