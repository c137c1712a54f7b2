// Intents, constraints and sites as people and machines file them natively (15-forms 4), and answers to notices. Where F3548 clients file them:
// f3548.h.
//
// How volumes are said: volumes.h. What is filed here is told to nobody but by a clause.
#include "commands/acknowledge.h"
#include "commands/cannot_assure.h"
#include "commands/delete_constraint.h"
#include "commands/delete_intent.h"
#include "commands/mark_passed_to_unit.h"
#include "commands/preview_conflicts.h"
#include "commands/put_constraint.h"
#include "commands/put_intent.h"
#include "commands/put_site.h"
#include "commands/query_notice.h"
#include "commands/reconfirm_site.h"
#include "commands/withdraw_site.h"
#include "forms/airspace_parts.h"
#include "forms/airspace_words.h"

namespace comity::forms {
namespace {

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
  if (reading.problems.none())
    made.hull = hull_of(*filed, volumes, Bounded::wholly), made.said = kept(volumes, *filed);
  made.extents = std::move(volumes.extents);
  made.native = true;
  made.next = ovn_for(reading);
  return made;
}

void read_put_intent(Reading& reading) { finish(reading, read_intent(reading)); }
void read_preview_conflicts(Reading& reading) {
  finish(reading, commands::PreviewConflicts{read_intent(reading)});
}

// One's own intent or constraint, as it is now.
template <class Command>
void read_end_of(Reading& reading) {
  Command made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  if (auto const at = members.required("at")) made.at = read_ovn_of(*at).value_or(model::SeenOvn{});
  finish(reading, made);
}

void read_put_constraint(Reading& reading) {
  commands::PutConstraint made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  if (auto const at = members.optional("at")) made.at = read_ovn_of(*at);
  Volumes volumes = take_volumes(members, VolumesOf::site);
  expand_schedule(members, volumes);
  if (reading.problems.none())
    made.hull = hull_of(*members.optional("extents"), volumes, Bounded::in_time),
    made.said = kept(volumes, place);
  made.extents = std::move(volumes.extents);
  made.native = true;
  made.next = ovn_for(reading);
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
  made.schedule = take_schedule(members, volumes);
  if (reading.problems.none()) made.said = kept(volumes, place);
  made.extents = std::move(volumes.extents);
  finish(reading, made);
}

void read_reconfirm_site(Reading& reading) {
  commands::ReconfirmSite made;
  Place const place = reading.place();
  Members members(place);
  take_id(members, made.id);
  members.take_number("at", made.at);
  members.take_time("reconfirm_by", made.reconfirm_by);
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
  if (kind == model::CommandKind::acknowledge) finish(reading, commands::Acknowledge{reply, {}});
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
    case model::CommandKind::delete_intent: return read_end_of<commands::DeleteIntent>(reading), true;
    case model::CommandKind::put_constraint: return read_put_constraint(reading), true;
    case model::CommandKind::delete_constraint: return read_end_of<commands::DeleteConstraint>(reading), true;
    case model::CommandKind::report_telemetry: return read_report_telemetry(reading), true;
    case model::CommandKind::put_site: return read_put_site(reading), true;
    case model::CommandKind::reconfirm_site: return read_reconfirm_site(reading), true;
    case model::CommandKind::withdraw_site: return read_withdraw_site(reading), true;
    case model::CommandKind::acknowledge:
    case model::CommandKind::query_notice:
    case model::CommandKind::cannot_assure: return read_reply(reading, kind), true;
    case model::CommandKind::mark_passed_to_unit: return read_mark_passed_to_unit(reading), true;
    default: return false;
  }
}

}  // namespace comity::forms
