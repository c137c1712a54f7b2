#include "release/conflict_words.h"

#include "base/limits.h"
#include "release/told_telemetry.h"
#include "release/words.h"
#include "state/in_force.h"

namespace comity::release {

using model::ClauseName;
using model::ThingName;

namespace {

void put_altitudes(json::Object& out, int32_t low_mm, int32_t high_mm) {
  if (low_mm != model::lowest_mm) out["low_mm"] = low_mm;
  if (high_mm != model::highest_mm) out["high_mm"] = high_mm;
}
}  // namespace

char const* word_of(model::Level level) {
  switch (level) {
    case model::Level::warning: return "warning";
    case model::Level::reference: return "reference";
    case model::Level::details: return "details";
  }
  return "";
}
char const* word_of(model::NoticeAbout about) {
  switch (about) {
    case model::NoticeAbout::intent: return "intent";
    case model::NoticeAbout::contingent: return "contingent";
    case model::NoticeAbout::site: return "site";
  }
  return "";
}
char const* word_of(model::SiteKind kind) {
  switch (kind) {
    case model::SiteKind::hospital: return "hospital";
    case model::SiteKind::school: return "school";
    case model::SiteKind::water: return "water";
    case model::SiteKind::camp: return "camp";
    case model::SiteKind::heritage: return "heritage";
    case model::SiteKind::shelter: return "shelter";
    case model::SiteKind::temporary_restriction: return "temporary_restriction";
    case model::SiteKind::other: return "other";
  }
  return "";
}
void put_times(json::Object& out, UtcTime from, UtcTime until) {
  if (from != model::earliest) out["from"] = to_text(from);
  if (until != model::latest) out["until"] = to_text(until);
}

namespace {

json::Array boxes_json(std::vector<model::VolumeBox> const& boxes) {
  json::Array all;
  for (model::VolumeBox const& box : boxes) {
    json::Object one{{"south_e7", box.south_e7},
                     {"north_e7", box.north_e7},
                     {"west_e7", box.west_e7},
                     {"east_e7", box.east_e7}};
    put_altitudes(one, box.low_mm, box.high_mm);
    put_times(one, box.from, box.until);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

json::Array extents_json(std::vector<model::Extent> const& extents) {
  json::Array all;
  for (model::Extent const& extent : extents) {
    json::Array ring;
    for (model::Point const point : extent.ring)
      ring.push_back(json::Array{point.longitude_e7, point.latitude_e7});
    json::Object one{{"polygon", std::move(ring)}};
    put_altitudes(one, extent.low_mm, extent.high_mm);
    put_times(one, extent.from, extent.until);
    all.push_back(std::move(one));
  }
  return all;
}

void put_said(json::Object& out, std::string const& said) {
  auto parsed = said.empty() ? json::Value() : json::parse(said, limits::said_bytes).value_or(json::Value());
  if (parsed.is_object()) out["said"] = std::move(parsed);
}

model::Clause const& clause_of(Eyes const& eyes, ClauseName under) {
  return eyes.state.law.agreement(under.agreement).text->clauses[under.clause];
}

bool put_clause(json::Object& out, Eyes const& eyes, ClauseName under) {
  auto const name = eyes.view.name_of(under.agreement);
  if (!name || !eyes.view.reads_text(under.agreement)) return false;
  model::Clause const& clause = clause_of(eyes, under);
  out["agreement"] = *name, out["clause"] = clause.id;
  if (clause.volumes && !clause.volumes->contact.empty()) out["call"] = clause.volumes->contact;
  return true;
}

json::Array unknown_json(Eyes const& eyes, std::vector<ClauseName> const& clauses) {
  json::Array all;
  for (ClauseName const under : clauses) {
    json::Object one;
    if (!put_clause(one, eyes, under)) continue;
    one["answer"] = "unknown: call " + clause_of(eyes, under).volumes->contact;
    all.push_back(std::move(one));
  }
  return all;
}

bool is_of_one(model::RaisedNotice const& notice) {
  return notice.subject.other.kind == ThingName::Kind::intent;
}

bool may_read(Eyes const& eyes, model::RaisedNotice const& notice) {
  ClauseName const under = notice.subject.under;
  if (!eyes.view.reads_text(under.agreement)) return false;
  state::Agreement const& agreement = eyes.state.law.agreement(under.agreement);
  if (!is_of_one(notice)) return state::runs_with_another(agreement, under.clause, eyes.view.party());
  PartyKey const own = eyes.view.party(), theirs = eyes.state.law.party_of(notice.subject.other.office);
  return state::in_force(agreement, under.clause, own, theirs) ||
         state::in_force(agreement, under.clause, theirs, own);
}

json::Object said_json(model::RaisedNotice const& notice) {
  model::NoticeContent const& content = notice.content;
  json::Object out{{"about", word_of(notice.about)},
                   {"intent", model::text_of(notice.subject.own.id)},
                   {"level", word_of(content.level)},
                   {"contingent", content.contingent},
                   {"volumes", boxes_json(content.boxes)}};
  if (notice.about == model::NoticeAbout::site) out["site"] = word_of(content.site);
  if (notice.exercise) out["exercise"] = true;
  if (content.short_by > Duration{}) out["short_notice"] = to_text(content.short_by);
  return out;
}

// Under which clauses it was filed late, and by how much.
json::Array short_notice_json(Eyes const& eyes, std::vector<model::ShortNotice> const& all) {
  json::Array late;
  for (model::ShortNotice const& notice : all) {
    json::Object one;
    if (!put_clause(one, eyes, notice.under)) continue;
    model::Clause const& clause = clause_of(eyes, notice.under);
    one["lead_time"] = to_text(clause.notice ? clause.notice->lead_time : clause.lead_time);
    one["short_by"] = to_text(notice.by);
    late.push_back(std::move(one));
  }
  return late;
}

void put_stray(json::Object& out, state::Intent const& intent) {
  put_telemetry(out, intent);
  if (model::Extent const* const beside = state::off_nominal(intent))
    out["off_nominal"] = extents_json({*beside});
}

json::Object other_json(Eyes const& eyes, model::RaisedNotice const& notice) {
  ThingName const& name = notice.subject.other;
  json::Object out;
  if (eyes.view.knows(name.office)) out["office"] = eyes.view.name_of(name.office);
  out["intent"] = model::text_of(name.id);
  IntentKey const key = eyes.state.airspace.intents.find(eyes.state.airspace.scope_of(name.office), name.id);
  if (key.is_none()) return out;
  state::Intent const& intent = eyes.state.airspace.intents[key];
  out["state"] = word_of(intent.state);
  put_times(out, intent.hull.from, intent.hull.until);
  if (notice.content.level != model::Level::details) return out;
  out["extents"] = extents_json(intent.extents);
  put_said(out, intent.besides->said);
  if (is_told_to_others(intent)) put_stray(out, intent);
  return out;
}

}  // namespace comity::release
