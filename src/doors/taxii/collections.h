// The collections of an API root, as one viewer has them (30-exchange, how agreements appear in TAXII). Inside this room only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "doors/taxii/refusal.h"
#include "release/compose.h"
#include "release/eyes.h"
#include "release/feed.h"

namespace comity::taxii {

// The agreement whose root this is; none for `all`. A root that the viewer has not is not there.
Or<AgreementKey> find_root(release::Eyes const& eyes, std::string_view name);
// All agreements whose root the viewer has, in the order of their names.
std::vector<AgreementKey> roots(release::Eyes const& eyes);

struct Collection {
  AgreementKey agreement;
  release::Source source = release::Source::received;
  PartyKey from;  // of one party's; none: of everybody's
  release::Told id;
};

// Sorted by id.
std::vector<Collection> collections_of(release::Eyes const& eyes, AgreementKey agreement);
// By id or alias.
Or<Collection> find_collection(release::Eyes const& eyes, std::string_view root, std::string_view name);

bool can_write(release::Eyes const& eyes, Collection const& collection);
void write(release::Composer& body, release::Eyes const& eyes, Collection const& collection);

}  // namespace comity::taxii
