// Every name that a text says, with the place where it says it.
//
// A Text is compiled from JSON with its names as written; what they mean is looked up afterwards, in the view of its
// drafter (25-isolation B2), and checked again when it is tabled (B3). Whoever looks up visits the names here, so that
// none is forgotten, and has the JSON pointer at which a name that is not known is to be reported.
//
// The order is that of the form: head first, then the clauses. Names within the parts of a condition come in their
// order. `depositary` is not visited: it is the centre or one of the participants, who are. Thread-safe: no state.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "model/agreement.h"

namespace comity::model {

// Parties and offices: sponsors, participants, eligible parties, selectors and consents in conditions.
void for_each_name(Text& text, std::function<void(Who&, std::string const& pointer)> const& visit);
void for_each_name(Text const& text,
                   std::function<void(Who const&, std::string const& pointer)> const& visit);

// Where a clause says its two selectors: `/from` and `/to`, or for clauses that have two sides their list.
std::pair<std::string, std::string> selector_pointers(ClauseType type);

// Conditions of kind in_force, each of which names another agreement.
void for_each_agreement_name(Text& text,
                             std::function<void(Condition&, std::string const& pointer)> const& visit);
void for_each_agreement_name(Text const& text,
                             std::function<void(Condition const&, std::string const& pointer)> const& visit);

}  // namespace comity::model
