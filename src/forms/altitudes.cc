#include "forms/altitudes.h"

#include <memory>

#include "base/limits.h"

namespace comity::forms {
namespace {

using earth::Altitude;
using earth::Ground;
using earth::Reference;
using earth::Side;
using earth::Unit;

constexpr Word<Unit> unit_words[] = {{"m", Unit::m}, {"ft", Unit::ft}, {"FL", Unit::fl}};
constexpr Word<Reference> reference_words[] = {{"W84", Reference::w84},      {"AMSL", Reference::amsl},
                                               {"AGL", Reference::agl},      {"FL", Reference::level},
                                               {"GND", Reference::ground},   {"SFC", Reference::ground},
                                               {"UNL", Reference::unlimited}};
constexpr Word<Reference> ground_words[] = {{"W84", Reference::w84}, {"AMSL", Reference::amsl}};

template <size_t n>
std::optional<Altitude> altitude_at(Place const& place, Word<Reference> const (&words)[n]) {
  Members members(place);
  Altitude read{0, Unit::none, Reference::w84};
  members.take_word("reference", read.reference, words);
  if (earth::go_together(read.reference, Unit::none)) return read;
  auto const value = members.required("value");
  members.take_word("unit", read.unit, unit_words);
  if (read.unit == Unit::none || !value) return std::nullopt;
  if (!earth::go_together(read.reference, read.unit)) {
    place.refuse("only levels, of reference FL, are counted in the unit FL");
    return std::nullopt;
  }
  auto const [least, most] = earth::numbers_of(read.unit);
  auto const number = value->integer(least, most);
  if (!number) return std::nullopt;
  read.value = *number;
  if (read.reference != Reference::level) return read;
  if (auto const margin = members.optional("margin_m"))
    if (auto const metres = margin->integer(0, limits::level_margin_m))
      read.margin_m = static_cast<int32_t>(*metres);
  return read;
}

template <size_t n>
void read_altitude(Place&& place, std::optional<SaidAltitudes::One>& out, Word<Reference> const (&words)[n]) {
  if (auto const read = altitude_at(place, words)) out.emplace(*read, std::move(place));
}

bool is_plain(std::optional<SaidAltitudes::One> const& one) {
  return !one || (one->altitude.reference == Reference::w84 && one->altitude.unit == Unit::m);
}

// The grid is asked for by the first altitude above the sea, and by no other.
class Converter {
 public:
  explicit Converter(std::vector<model::Point> const& footprint) : footprint_(footprint) {}

  std::optional<int32_t> convert(SaidAltitudes::One const& one, Side side,
                                 std::optional<Ground> const& ground = {}) {
    bool const above_sea = one.altitude.reference == Reference::amsl || one.altitude.margin_m;
    if (above_sea && !geoid_) geoid_ = earth::installed_geoid();
    auto const mm = earth::outward_mm(one.altitude, side, footprint_, ground, geoid_.get());
    if (mm) return *mm;
    one.place.refuse(mm.error().detail);
    return std::nullopt;
  }

 private:
  std::vector<model::Point> const& footprint_;
  std::shared_ptr<earth::Geoid const> geoid_;
};

std::optional<Ground> ground_of(SaidAltitudes const& said, Converter& converter) {
  if (!said.ground_low || !said.ground_high) return std::nullopt;
  auto const low = converter.convert(*said.ground_low, Side::low),
             high = converter.convert(*said.ground_high, Side::high);
  if (!low || !high) return std::nullopt;
  if (*low > *high) said.ground_low->place.refuse("the lowest ground lies above the highest");
  return Ground{*low, *high};
}

}  // namespace

bool SaidAltitudes::is_plain() const {
  return forms::is_plain(low) && forms::is_plain(high) && !ground_low && !ground_high;
}

static void take_ground(Members& members, SaidAltitudes& said) {
  auto const ground = members.optional("ground");
  if (!ground) return;
  Members both(*ground);
  if (auto low = both.required("low")) read_altitude(std::move(*low), said.ground_low, ground_words);
  if (auto high = both.required("high")) read_altitude(std::move(*high), said.ground_high, ground_words);
}

SaidAltitudes take_altitudes(Members& members) {
  SaidAltitudes said;
  if (auto low = members.optional("low")) read_altitude(std::move(*low), said.low, reference_words);
  if (auto high = members.optional("high")) read_altitude(std::move(*high), said.high, reference_words);
  take_ground(members, said);
  return said;
}

SaidAltitudes take_one_altitude(Members& members) {
  SaidAltitudes said;
  if (auto both = members.optional("altitude")) read_altitude(std::move(*both), said.low, reference_words);
  said.high = said.low;
  take_ground(members, said);
  return said;
}

void set_altitudes(SaidAltitudes const& said, model::Extent& extent) {
  Converter converter(extent.ring);
  auto const ground = ground_of(said, converter);
  if (said.low) extent.low_mm = converter.convert(*said.low, Side::low, ground).value_or(extent.low_mm);
  if (said.high) extent.high_mm = converter.convert(*said.high, Side::high, ground).value_or(extent.high_mm);
}

}  // namespace comity::forms
