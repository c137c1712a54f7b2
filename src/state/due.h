// What becomes visible to whom: computed by decide, carried in the ruling, written to the feeds by apply.
//
// Given contributions that something has happened to (a new one, a clause that began to apply, a delay that elapsed),
// asks `disclosure` for every office of the agreement and lists what an office had not had, or had not had as finely.
// What becomes visible may complete references of other items, which are then looked at in their turn, until nothing
// more follows; those that refer to each other come in their final form at once (rings.h). The lists of offices that are told the same are one Release (25-isolation G7).
#pragma once

#include <vector>

#include "model/ruling.h"
#include "state/disclosure.h"

namespace comity::state {

struct Contributed {
  ItemKey item;
  AgreementKey agreement;
  auto operator<=>(Contributed const&) const = default;
};

// `fresh`, if given, is the item as it will be after the command (its key may lie just past the end of holdings).
std::vector<model::Release> releases_due(Law const& law, Holdings const& holdings, UtcTime now,
                                         std::vector<Contributed> changed, Item const* fresh = nullptr,
                                         ItemKey fresh_key = {});

// Every contribution under the agreement, in order.
std::vector<Contributed> contributions_under(Holdings const& holdings, AgreementKey agreement);

}  // namespace comity::state
