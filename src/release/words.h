// Rights and roles as lists of words. Inside this room only.
#pragma once

#include "json/json.h"
#include "model/party.h"

namespace comity::release {

json::Array right_words(model::Rights rights);
json::Array role_words(model::Roles roles);

}  // namespace comity::release
