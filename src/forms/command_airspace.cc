// Intents and sites as people and machines file them natively (15-forms 4), and answers to notices. Where F3548 clients file them:
// f3548.h.
//
// How volumes are said: volumes.h. What is filed here is told to nobody but by a clause.
#include "codec/codec.h"
#include "commands/acknowledge.h"
#include "commands/cannot_assure.h"
#include "commands/delete_intent.h"
#include "commands/mark_passed_to_unit.h"
#include "commands/preview_conflicts.h"
#include "commands/put_intent.h"
#include "commands/put_site.h"
#include "commands/query_notice.h"
#include "commands/withdraw_site.h"
#include "crypto/sha256.h"
#include "earth/cells.h"
#include "forms/airspace_words.h"
#include "forms/command_parts.h"
#include "forms/volumes.h"

namespace comity::forms {
namespace {

constexpr double degree_e7 = 1e7;

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

earth::LatLng degrees_of(model::Point const& point) {
  return {point.latitude_e7 / degree_e7, point.longitude_e7 / degree_e7};
}

// Of a circle that is larger than a polygon may be (G4), the cap around it, as the standard has circles (G5).
Result<std::vector<model::Cell>> cells_of(model::Extent const& extent,
                                          std::optional<model::Point> const& centre) {
  std::vector<earth::LatLng> ring;
  for (model::Point const point : extent.ring) ring.push_back(degrees_of(point));
  auto cells = earth::cells_of(ring);
  if (!cells && centre && cells.error().code == ErrorCode::too_large)
    return earth::cells_around(degrees_of(*centre), ring);
  return cells;
}

// What the standard's ecosystem compares of it, and that it is bounded.
model::Hull hull_of(Place const& place, Volumes const& volumes) {
  model::Hull hull = commands::bounds_of(volumes.extents);
  bool const bounded = hull.from != model::earliest && hull.until != model::latest &&
                       hull.low_mm != model::lowest_mm && hull.high_mm != model::highest_mm;
  if (!bounded) {
    place.refuse("every volume of an intent has low, high, from and until");
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

commands::PutIntent read_intent(Reading& reading) {
  commands::PutIntent made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  if (auto const at = members.optional("at")) made.at = read_ovn_of(*at);
  members.take_word("state", made.state, intent_state_words);
  if (auto const kind = members.optional("operation")) made.kind = kind->word(kind_words).value_or(made.kind);
  if (auto const exercise = members.optional("exercise"))
    made.exercise = exercise->yes_or_no().value_or(false);
  bool const moves = made.kind == model::IntentKind::movement;
  Volumes volumes = take_volumes(members, moves ? VolumesOf::movement : VolumesOf::flight);
  auto const filed = members.optional(moves && !members.optional("extents") ? "movement" : "extents");
  if (reading.problems.none()) made.hull = hull_of(*filed, volumes), made.said = kept(volumes, *filed);
  made.extents = std::move(volumes.extents);
  made.native = true;
  made.next = ovn_for(reading);
  return made;
}

void read_put_intent(Reading& reading) { finish(reading, read_intent(reading)); }
void read_preview_conflicts(Reading& reading) {
  finish(reading, commands::PreviewConflicts{read_intent(reading)});
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
  Volumes volumes = take_volumes(members, VolumesOf::site);
  take_schedule(members, volumes);
  if (reading.problems.none()) made.said = kept(volumes, place);
  made.extents = std::move(volumes.extents);
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
    case model::CommandKind::preview_conflicts: return read_preview_conflicts(reading), true;
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
