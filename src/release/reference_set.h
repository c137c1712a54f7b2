// The reference set: objects that are nobody's item and that every office may have (25-isolation A13, A19, A24).
//
//   markings     the definitions of TLP 1.0 and 2.0, as their standard gives them
//   identities   of the centre, which signs for what it passes on without naming an author, and of every listed party, under
//                the ids that the centre minted when it was founded and they were registered (ids.h)
//   frameworks   what the host has loaded of published frameworks, of every bundle (state/frameworks.h): the bytes as they
//                were published, read from the journal like those of an item
//
// It is a feed like any other, so TAXII pages it as the collection `reference` and the list of items has it as a role; its
// entries only ever grow in number and their dates only ever later; those of a framework that has ended are passed over. It
// is the same to every office: all that it says of parties is in the list of them too. No right is in it, nothing in it is an item, no clause speaks of it and no suspension takes
// it away. What refers to one of its ids keeps that reference (state/disclosure.h), and nobody but the party itself may
// contribute under its identity (commands/contribute.h).
//
// `created` and `modified` of an identity are the time at which the party was registered: its name does not change.
// Cost: in proportion to the number of parties, and to the page; by id to what has the id; by type to what has the type behind
// the starting point. Call it under the lock that guards the state; it changes nothing.
#pragma once

#include "release/feed.h"

namespace comity::release {

// Of a query of Source::reference.
Page reference_page(Eyes const& eyes, FeedQuery const& query);

}  // namespace comity::release
