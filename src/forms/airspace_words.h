// The words of F3548 for the states of an intent, wherever a form has them. Inside this room only.
#pragma once

#include "forms/reader.h"
#include "model/airspace.h"

namespace comity::forms {

inline constexpr Word<model::IntentState> intent_state_words[] = {
    {"Accepted", model::IntentState::accepted},
    {"Activated", model::IntentState::activated},
    {"Nonconforming", model::IntentState::nonconforming},
    {"Contingent", model::IntentState::contingent}};

}  // namespace comity::forms
