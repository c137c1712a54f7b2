// How far the other side of an office's notice has answered its own (40-deconfliction): what the sender of a notice learns without being told
// of whom (docs/threats.md). Inside this room only.
//
// Of several others it is the worst, so that nobody learns how many they are (25-isolation G10). Call it under the lock that guards the state.
#pragma once

#include <functional>
#include <optional>

#include "release/eyes.h"

namespace comity::release {

// From the best to the worst: that one of them cannot assure is not hidden by another that has not answered. What somebody said last counts;
// `misunderstood`: what was read back last is not what was told.
enum class Answered : uint8_t { acknowledged = 1, query, waiting, overdue, misunderstood, cannot_assure };
char const* word(Answered answered);

// A side that has no notice, since it has asked too often to be told, looks as one that does not answer. None: there is no other side that is to
// answer.
std::optional<Answered> others_of(Eyes const& eyes, state::Notice const& own);
// Their notices that this is made of; null: one that has none.
void each_answer(Eyes const& eyes, state::Notice const& own,
                 std::function<void(state::Notice const*)> const& look);

}  // namespace comity::release
