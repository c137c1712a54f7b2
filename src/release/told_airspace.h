// The airspace as F3548 shows it (f3548-fields 1.3 to 1.6): references of intents and constraints, subscriptions, availability.
//
// An OVN is told to its manager and to nobody else (I7). Whom a reader sees: state/shown_airspace.h; what is told of a change to
// its author is made of what the author sent and of the ruling, so it does not wait for the state of now.
//
// Times have microseconds and end in Z (I6). Thread rule: told.h.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "model/airspace.h"
#include "release/eyes.h"
#include "release/references.h"
#include "release/surrogates.h"
#include "release/told.h"

namespace comity::release {

// {operational_intent_reference | constraint_reference, subscribers, comity_unknown?}. The last, which is told with what a key lacked too, is
// no member of the standard's: [{agreement, clause, call?, answer: "unknown: call …"}], which clauses gave no answer since the asker's
// budget is spent (25-isolation G10). Never in a centre of preset `dss`.
Told tell_change(Eyes const& eyes, Changed const& changed, model::AirspaceRuling const& ruling);
// What is there, as it would be told of its deletion; none if there is nothing of this id at this OVN.
std::optional<Changed> intent_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& ovn);
std::optional<Changed> constraint_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& ovn);
// {operational_intent_reference}; not_found.
Result<Told> tell_intent(Eyes const& eyes, OwnSystem const& uss, model::EntityId id, Tried const& tried = {});
Result<Told> tell_constraint(Eyes const& eyes, OwnSystem const& uss, model::EntityId id);
// {operational_intent_references}, {constraint_references}: whatever meets the hull (G9), in the order of ids.
Told tell_intents(Eyes const& eyes, OwnSystem const& uss, model::Hull const& hull);
Told tell_constraints(Eyes const& eyes, OwnSystem const& uss, model::Hull hull);
// What a key lacked (U8): the members missing_operational_intents and missing_constraints, each only if there are any; of what
// has ended since, nothing. `intent`: whose filing it was.
Told tell_missing(Eyes const& eyes, OwnSystem const& uss, std::string const& message, model::EntityId intent,
                  model::AirspaceRuling const& ruling);

// {subscription}; not_found, forbidden (of another: S8).
Result<Told> tell_subscription(Eyes const& eyes, model::EntityId id);
// The same of what is there at this version; not_found, also if it has another.
Result<Told> tell_subscription_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& version);
// {subscriptions}: the reader's own that have not ended (S8).
Told tell_subscriptions(Eyes const& eyes, model::Hull hull, UtcTime now);
// {subscription, operational_intent_references?, constraint_references?} (S6); not_found if it has ended meanwhile.
Result<Told> tell_put_subscription(Eyes const& eyes, OwnSystem const& uss, model::EntityId id);

// {version, status} (A1).
Told tell_availability(Eyes const& eyes, std::string const& uss);

// An error report as it was just filed by its reader (R1).
Told tell_report(Eyes const& eyes, std::string const& report);
// {version}: which program this is.
Told tell_version(Eyes const& eyes, std::string const& version);
// {}
Told tell_nothing(Eyes const& eyes);
// What the reader itself sent, or a fixed sentence with the id of its request.
Told tell_message(Eyes const& eyes, std::string text);

}  // namespace comity::release
