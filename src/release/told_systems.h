// What the centre's own system tells other systems of F3548 (f3548-fields 1.7, 1.8): details of what it manages, and notifications in the
// place of authors that have no system of their own (model/to_tell.h).
//
// It manages what was filed natively, intents and constraints, and surrogates. Details are the volumes as filed, and where an intent may be
// beside them, for a reader at `details`; at `reference` the
// volumes that its own intents share with it; of a surrogate those of its notice. A notification says what its reader may have when it
// leaves (25-isolation G6), and of what the reader may not see any more that it is gone.
//
// Thread rule: told.h.
#pragma once

#include "base/result.h"
#include "model/to_tell.h"
#include "release/eyes.h"
#include "release/references.h"
#include "release/surrogates.h"
#include "release/told.h"

namespace comity::release {

// {operational_intent: {reference, details}}, of what the centre's own system manages and the reader may see; not_found.
Result<Told> tell_details(Eyes const& eyes, OwnSystem const& uss, model::EntityId id, Tried const& tried);

// {constraint: {reference, details}} likewise.
Result<Told> tell_constraint_details(Eyes const& eyes, OwnSystem const& uss, model::EntityId id);

// One body for each POST to the subscriber, and the path below its base URL.
struct Notification {
  char const* path;
  Told body;
};
// None: the subscription has ended.
std::vector<Notification> tell_notifications(Eyes const& eyes, OwnSystem const& uss,
                                             model::ToTell const& what, model::WaitsSince const& since);

}  // namespace comity::release
