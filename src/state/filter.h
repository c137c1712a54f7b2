// Whether an item falls under a clause's filter (20-release; 25-isolation A18, A19).
//
// All parts given must hold. A part that cannot be evaluated on the item (an area, and the item has no place; a window,
// and the item has no such times) does not hold in a grant and holds in a prohibition. An item without labels has the
// empty list of labels: that can be evaluated. Integer geometry only.
#pragma once

#include "model/agreement.h"
#include "state/holdings.h"

namespace comity::state {

enum class FilterUse : uint8_t { grant, prohibition };

bool matches(model::Filter const& filter, Item const& item, FilterUse use);

// Whether the point lies in the polygon or on its edge.
bool lies_in(std::vector<model::Point> const& polygon, model::Point point);

// The strictest TLP level of the item's own object markings; none if it bears no TLP marking.
model::Tlp object_level(Item const& item);

}  // namespace comity::state
