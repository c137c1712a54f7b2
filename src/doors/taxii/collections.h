// The collections of an API root, as one viewer has them (30-exchange, how agreements appear in TAXII). Inside this room only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "doors/taxii/ask.h"
#include "doors/taxii/refusal.h"
#include "release/compose.h"
#include "release/eyes.h"
#include "release/feed.h"

namespace comity::taxii {

// The root that a path names. A root that the viewer has not is not there.
struct Root {
  AgreementKey agreement;             // none for `all`, and where the root is open
  std::optional<uint32_t> open = {};  // its number in the open arrangement
};
Or<Root> find_root(release::Eyes const& eyes, Ask const& ask);
// All agreements whose root the viewer has, in the order of their names.
std::vector<AgreementKey> roots(release::Eyes const& eyes);

struct Collection {
  AgreementKey agreement;
  release::Source source = release::Source::received;
  PartyKey from;                    // of one party's; none: of everybody's
  std::optional<release::Told> id;  // none: of an open arrangement
};

// Sorted by id. Of a root that is an agreement's, or `all`.
std::vector<Collection> collections_of(release::Eyes const& eyes, AgreementKey agreement);
// By id or alias.
Or<Collection> find_collection(release::Eyes const& eyes, Ask const& ask);

// What a collection of an open arrangement lets the viewer do; elsewhere the right that the route asks for says it.
Or<void> check_reads(release::Eyes const& eyes, Collection const& collection);
bool can_write(release::Eyes const& eyes, Collection const& collection);
void write(release::Composer& body, release::Eyes const& eyes, Collection const& collection);

}  // namespace comity::taxii
