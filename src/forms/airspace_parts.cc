#include "forms/airspace_parts.h"

#include <algorithm>

#include "commands/put_site.h"
#include "crypto/sha256.h"
#include "earth/cells.h"

namespace comity::forms {

static constexpr double degree_e7 = 1e7;

void take_id(Members& members, model::EntityId& out) {
  auto const place = members.required("id");
  auto const text = place ? place->text() : std::nullopt;
  auto const id = text ? model::read_entity_id(*text) : std::nullopt;
  if (text && !id) place->refuse("must be a UUID of version 4");
  if (id) out = *id;
}

static earth::LatLng degrees_of(model::Point const& point) {
  return {point.latitude_e7 / degree_e7, point.longitude_e7 / degree_e7};
}

Result<std::vector<model::Cell>> cells_of(model::Extent const& extent,
                                          std::optional<model::Point> const& centre) {
  auto cells = earth::cells_of(extent.ring);
  if (cells || !centre || cells.error().code != ErrorCode::too_large) return cells;
  std::vector<earth::LatLng> ring;
  for (model::Point const point : extent.ring) ring.push_back(degrees_of(point));
  return earth::cells_around(degrees_of(*centre), ring);
}

model::Hull hull_of(Place const& place, Volumes const& volumes, Bounded bounded) {
  model::Hull hull = commands::bounds_of(volumes.extents);
  bool const timed = hull.from != model::earliest && hull.until != model::latest;
  bool const between = hull.low_mm != model::lowest_mm && hull.high_mm != model::highest_mm;
  if (!timed || (bounded == Bounded::wholly && !between)) {
    place.refuse(bounded == Bounded::wholly ? "every volume of an intent has low, high, from and until"
                                            : "every volume of a constraint has from and until");
    return hull;
  }
  for (size_t i = 0; i < volumes.extents.size(); ++i) {
    auto cells = cells_of(volumes.extents[i], volumes.centres[i]);
    if (!cells) {
      place.refuse(cells.error().detail);
      return hull;
    }
    hull.cells.insert(hull.cells.end(), cells->begin(), cells->end());
  }
  earth::sort_cells(hull.cells);
  if (hull.cells.size() > limits::hull_cells) place.refuse("the area is too large");
  return hull;
}

model::Ovn ovn_for(Reading const& reading) {
  Digest const made = crypto::prf(reading.tools.comparison_key(), "ovn of a filing", reading.body_text);
  model::Ovn ovn{model::Ovn::Kind::minted, {}};
  std::copy_n(made.octets.begin(), ovn.octets.size(), ovn.octets.begin());
  return ovn;
}

std::optional<model::SeenOvn> read_ovn_of(Place const& place) {
  auto const text = place.text();
  auto const ovn = text ? model::read_ovn(*text) : std::nullopt;
  if (text && !ovn) place.refuse("must be its ovn as it is now");
  return ovn;
}

}  // namespace comity::forms
