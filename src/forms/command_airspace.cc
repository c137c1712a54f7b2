// Intents and sites as people and machines file them natively (15-forms 4), and answers to notices. Where F3548 clients file them:
// f3548.h.
//
// Volumes are exact: `polygon` in [longitude, latitude] of 1e-7 degree, altitudes as whole numbers of a unit above a reference, times
// in UTC. What is filed here is told to nobody but by a clause.
#include "codec/codec.h"
#include "commands/acknowledge.h"
#include "commands/cannot_assure.h"
#include "commands/delete_intent.h"
#include "commands/mark_passed_to_unit.h"
#include "commands/put_intent.h"
#include "commands/put_site.h"
#include "commands/query_notice.h"
#include "commands/withdraw_site.h"
#include "crypto/sha256.h"
#include "earth/cells.h"
#include "forms/agreement_parts.h"
#include "forms/airspace_words.h"
#include "forms/command_parts.h"

namespace comity::forms {
namespace {

constexpr int64_t degree_e7 = 10'000'000;
constexpr int64_t lowest_m = -8'000, highest_m = 100'000;  // as the standard has it

enum class Unit { m, ft };
constexpr Word<Unit> unit_words[] = {{"m", Unit::m}, {"ft", Unit::ft}};
enum class Reference { w84 };
constexpr Word<Reference> reference_words[] = {{"W84", Reference::w84}};
constexpr Word<model::IntentKind> kind_words[] = {{"flight", model::IntentKind::flight},
                                                  {"movement", model::IntentKind::movement}};
using model::SiteKind;
constexpr Word<SiteKind> site_words[] = {{"hospital", SiteKind::hospital},
                                         {"school", SiteKind::school},
                                         {"water", SiteKind::water},
                                         {"camp", SiteKind::camp},
                                         {"heritage", SiteKind::heritage},
                                         {"shelter", SiteKind::shelter},
                                         {"temporary_restriction", SiteKind::temporary_restriction},
                                         {"other", SiteKind::other}};

void take_id(Members& members, model::EntityId& out) {
  auto const place = members.required("id");
  auto const text = place ? place->text() : std::nullopt;
  auto const id = text ? model::read_entity_id(*text) : std::nullopt;
  if (text && !id) place->refuse("must be a UUID of version 4");
  if (id) out = *id;
}

// Outward: a foot is 304.8 mm.
enum class Side : uint8_t { low, high };
int32_t read_altitude(Place const& place, Side side) {
  Members members(place);
  auto const value = members.required("value");
  Unit unit = Unit::m;
  Reference reference = Reference::w84;
  members.take_word("unit", unit, unit_words);
  members.take_word("reference", reference, reference_words);
  int64_t const tenths = unit == Unit::m ? 10'000 : 3'048;
  auto const number =
      value ? value->integer(lowest_m * 10'000 / tenths, highest_m * 10'000 / tenths) : std::nullopt;
  if (!number) return 0;
  int64_t const all = *number * tenths;
  int64_t const down = all >= 0 ? all / 10 : -((-all + 9) / 10),
                up = all >= 0 ? (all + 9) / 10 : -(-all / 10);
  return static_cast<int32_t>(side == Side::low ? down : up);
}

model::Extent read_extent(Place const& place) {
  model::Extent extent;
  Members members(place);
  extent.ring = read_ring(members);
  if (auto const low = members.optional("low")) extent.low_mm = read_altitude(*low, Side::low);
  if (auto const high = members.optional("high")) extent.high_mm = read_altitude(*high, Side::high);
  if (auto const from = members.optional("from")) extent.from = from->time().value_or(extent.from);
  if (auto const until = members.optional("until")) extent.until = until->time().value_or(extent.until);
  if (extent.low_mm > extent.high_mm) place.refuse("low lies above high");
  if (extent.from > extent.until) place.refuse("ends before it begins");
  return extent;
}

std::vector<model::Extent> take_extents(Members& members) {
  std::vector<model::Extent> extents;
  auto const place = members.required("extents");
  if (!place) return extents;
  for (Place const& element : place->elements(limits::extents)) extents.push_back(read_extent(element));
  if (place->value().is_array() && extents.empty()) place->refuse("must have a volume");
  return extents;
}

// What the standard's ecosystem compares of it, and that it is bounded.
model::Hull hull_of(Place const& place, std::vector<model::Extent> const& extents) {
  model::Hull hull = commands::bounds_of(extents);
  bool const bounded = hull.from != model::earliest && hull.until != model::latest &&
                       hull.low_mm != model::lowest_mm && hull.high_mm != model::highest_mm;
  if (!bounded) {
    place.refuse("every volume of an intent has low, high, from and until");
    return hull;
  }
  for (model::Extent const& extent : extents) {
    std::vector<earth::LatLng> ring;
    for (model::Point const point : extent.ring)
      ring.push_back({static_cast<double>(point.latitude_e7) / degree_e7,
                      static_cast<double>(point.longitude_e7) / degree_e7});
    auto cells = earth::cells_of(ring);
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

// The same command sent again asks for the same OVN, and is the same command.
model::Ovn ovn_for(Reading const& reading) {
  Digest const made = crypto::prf(reading.tools.comparison_key(), "ovn of a filing", reading.body_text);
  model::Ovn ovn{model::Ovn::Kind::minted, {}};
  std::copy_n(made.octets.begin(), ovn.octets.size(), ovn.octets.begin());
  return ovn;
}

std::optional<model::SeenOvn> read_ovn_of(Place const& place) {
  auto const text = place.text();
  auto const ovn = text ? model::read_ovn(*text) : std::nullopt;
  if (text && !ovn) place.refuse("must be the ovn of the intent as it is now");
  return ovn;
}

template <class Command>
void finish(Reading& reading, Command const& command) {
  reading.out.command.body = codec::encode(command);
}

void read_put_intent(Reading& reading) {
  commands::PutIntent made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  if (auto const at = members.optional("at")) made.at = read_ovn_of(*at);
  members.take_word("state", made.state, intent_state_words);
  if (auto const kind = members.optional("operation")) made.kind = kind->word(kind_words).value_or(made.kind);
  if (auto const exercise = members.optional("exercise"))
    made.exercise = exercise->yes_or_no().value_or(false);
  made.extents = take_extents(members);
  if (reading.problems.none()) made.hull = hull_of(*members.required("extents"), made.extents);
  made.native = true;
  made.next = ovn_for(reading);
  finish(reading, made);
}

void read_delete_intent(Reading& reading) {
  commands::DeleteIntent made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  if (auto const at = members.required("at")) made.at = read_ovn_of(*at).value_or(model::SeenOvn{});
  finish(reading, made);
}

void read_put_site(Reading& reading) {
  commands::PutSite made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  if (auto const at = members.optional("at"))
    made.at = static_cast<uint32_t>(at->integer(1, UINT32_MAX - 1).value_or(0));
  members.take_word("kind", made.kind, site_words);
  members.take_text("name", made.name);
  members.take_text("source", made.source);
  members.take_text("measured", made.measured);
  members.take_time("reconfirm_by", made.reconfirm_by);
  made.extents = take_extents(members);
  finish(reading, made);
}

void read_withdraw_site(Reading& reading) {
  commands::WithdrawSite made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  members.take_number("at", made.at);
  finish(reading, made);
}

void read_reply(Reading& reading, model::CommandKind kind) {
  commands::NoticeReply reply;
  {
    Place const place = reading.place();
    Members members(place);
    uint32_t notice = 0;
    members.take_number("notice", notice);
    reply.notice = notice;
    if (members.optional("read_back")) take_digest(members, "read_back", reply.read_back.emplace());
    if (auto const words = members.optional("words")) reply.words = words->text().value_or("");
  }
  if (kind == model::CommandKind::acknowledge) finish(reading, commands::Acknowledge{reply});
  if (kind == model::CommandKind::query_notice) finish(reading, commands::QueryNotice{reply});
  if (kind == model::CommandKind::cannot_assure) finish(reading, commands::CannotAssure{reply});
}

void read_mark_passed_to_unit(Reading& reading) {
  commands::MarkPassedToUnit made;
  Place const place = reading.place();
  Members members(place);
  uint32_t notice = 0;
  members.take_number("notice", notice);
  made.notice = notice;
  members.take_text("unit", made.unit);
  finish(reading, made);
}

}  // namespace

bool read_of_airspace(model::CommandKind kind, Reading& reading) {
  switch (kind) {
    case model::CommandKind::put_intent: return read_put_intent(reading), true;
    case model::CommandKind::delete_intent: return read_delete_intent(reading), true;
    case model::CommandKind::put_site: return read_put_site(reading), true;
    case model::CommandKind::withdraw_site: return read_withdraw_site(reading), true;
    case model::CommandKind::acknowledge:
    case model::CommandKind::query_notice:
    case model::CommandKind::cannot_assure: return read_reply(reading, kind), true;
    case model::CommandKind::mark_passed_to_unit: return read_mark_passed_to_unit(reading), true;
    default: return false;
  }
}

}  // namespace comity::forms
