#include "release/told_conflicts.h"

#include <algorithm>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "json/canonical.h"
#include "release/conflict_words.h"
#include "release/other_side.h"
#include "release/references.h"
#include "release/telling.h"
#include "release/told_telemetry.h"
#include "release/words.h"
#include "state/in_force.h"

namespace comity::release {
namespace {

using model::ClauseName;
using model::ThingName;

char const* word(model::NoticeEnd end) {
  switch (end) {
    case model::NoticeEnd::open: return "open";
    case model::NoticeEnd::over: return "over";
    case model::NoticeEnd::changed: return "changed";
    case model::NoticeEnd::not_in_force: return "not_in_force";
    case model::NoticeEnd::unanswered: return "unknown";
  }
  return "";
}
char const* word(model::NoticeAnswer answer) {
  switch (answer) {
    case model::NoticeAnswer::none: return "none";
    case model::NoticeAnswer::acknowledged: return "acknowledged";
    case model::NoticeAnswer::query: return "query";
    case model::NoticeAnswer::cannot_assure: return "cannot_assure";
    case model::NoticeAnswer::misunderstood: return "read_back_differs";
  }
  return "";
}

std::vector<ClauseName> unanswered_of(Eyes const& eyes, ThingName const& thing) {
  std::vector<ClauseName> clauses;
  auto const& all = eyes.state.airspace.unanswered;
  for (auto one = all.lower_bound({thing, state::first_clause}); one != all.end() && one->thing == thing;
       ++one)
    clauses.push_back(one->under);
  return clauses;
}

// What a notice says is told while it is open and its clause runs for its reader (G6); then only that there was one.
bool may_still_read(Eyes const& eyes, state::Notice const& notice) {
  return notice.is_open() && may_read(eyes, notice.raised);
}

// What the notice says, as it is read back.
json::Object content_json(uint64_t number, state::Notice const& notice) {
  json::Object out{{"notice", number}};
  for (auto& member : said_json(notice.raised)) out[member.key()] = std::move(member.value());
  return out;
}

Digest read_back_of(json::Object const& content) {
  auto const text = json::canonical(json::Value(content));
  return crypto::sha256(text.value_or(std::string()));
}

json::Array replies_json(Eyes const& eyes, state::Notice const& notice, Digest const& read_back) {
  json::Array all;
  for (state::NoticeReply const& reply : notice.replies) {
    json::Object one{{"answer", word(reply.answer)}, {"at", to_text(reply.at)}};
    if (reply.by) one["by"] = eyes.state.law.people[reply.by.value].name;
    if (!reply.read_back.is_none()) one["read_back_agrees"] = reply.read_back == read_back;
    if (!reply.words.empty()) one["words"] = reply.words;
    all.push_back(std::move(one));
  }
  return all;
}

json::Object notice_json(Eyes const& eyes, uint64_t number, state::Notice const& notice) {
  UtcTime const now = eyes.state.last_time;
  json::Object const content = content_json(number, notice);
  Digest const read_back = read_back_of(content);
  json::Object out{{"notice", number},
                   {"state", word(notice.end)},
                   {"raised", to_text(notice.at)},
                   {"about", word_of(notice.raised.about)},
                   {"intent", model::text_of(notice.raised.subject.own.id)}};
  if (may_still_read(eyes, notice)) {
    put_clause(out, eyes, notice.raised.subject.under);
    out["content"] = content;
    out["read_back"] = to_hex(read_back);
    if (is_of_one(notice.raised)) out["other"] = other_json(eyes, notice.raised);
  }
  if (notice.raised.answer_by != never) out["answer_by"] = to_text(notice.raised.answer_by);
  if (notice.raised.exercise) out["exercise"] = true;
  out["overdue"] = notice.is_overdue(now);
  out["escalations"] = notice.escalations;
  if (notice.delivered_at != never) out["delivered"] = to_text(notice.delivered_at);
  if (notice.answered_at != never) out["answered"] = to_text(notice.answered_at);
  out["replies"] = replies_json(eyes, notice, read_back);
  if (!notice.passed_to.empty()) out["passed_to_unit"] = notice.passed_to;
  if (notice.ended_at != never) out["ended"] = to_text(notice.ended_at);
  return out;
}

std::string name_shown(Eyes const& eyes, OfficeKey office) {
  return eyes.view.knows(office) ? eyes.view.name_of(office) : std::string();
}

template <class Entities, class Tell>
json::Array own_of(Eyes const& eyes, Entities const& all, ListPart const& part, Tell const& tell) {
  using EntityKey = std::remove_cvref_t<decltype(all.find({}, {}))>;
  std::vector<std::pair<model::EntityId, EntityKey>> own;
  all.each_of(eyes.office(), [&](EntityKey key) {
    if (!part.after || *part.after < all[key].id) own.emplace_back(all[key].id, key);
  });
  std::ranges::sort(own, {}, [](auto const& one) { return one.first; });
  json::Array list;
  for (auto const& [id, key] : own)
    if (list.size() < part.limit) list.push_back(tell(all[key]));
  return list;
}

json::Array windows_json(state::Site const& site, UtcTime now) {
  model::Window const ahead{std::max(now, site.hull.from),
                            std::min(now + limits::windows_ahead, site.hull.until)};
  json::Array all;
  for (model::Window const& one : model::windows_in(*site.schedule, ahead, limits::windows_compared)) {
    UtcTime const from = std::max(one.from, site.hull.from), until = std::min(one.until, site.hull.until);
    if (all.size() < limits::windows_shown && from <= until)
      all.push_back(json::Object{{"from", to_text(from)}, {"until", to_text(until)}});
  }
  return all;
}

}  // namespace

Told tell_intents(Eyes const& eyes, ListPart const& part) {
  return Teller::tell(
      eyes, own_of(eyes, eyes.state.airspace.intents, part, [&](state::Intent const& intent) {
        json::Object one{{"id", model::text_of(intent.id)},
                         {"ovn", model::text_of(intent.id, intent.ovn)},
                         {"version", intent.version},
                         {"state", word_of(intent.state)},
                         {"operation", intent.kind == model::IntentKind::flight ? "flight" : "movement"},
                         {"extents", extents_json(intent.extents)}};
        put_said(one, intent.besides->said);
        put_stray(one, intent);
        if (intent.exercise) one["exercise"] = true;
        auto unknown =
            unknown_json(eyes, unanswered_of(eyes, {ThingName::Kind::intent, eyes.office(), intent.id}));
        if (!unknown.empty()) one["unknown"] = std::move(unknown);
        return one;
      }));
}

Told tell_sites(Eyes const& eyes, ListPart const& part) {
  UtcTime const now = eyes.state.last_time;
  return Teller::tell(eyes, own_of(eyes, eyes.state.airspace.sites, part, [&](state::Site const& site) {
                        json::Object one{{"id", model::text_of(site.id)},
                                         {"version", site.version},
                                         {"kind", word_of(site.kind)},
                                         {"name", site.name},
                                         {"source", site.source},
                                         {"measured", site.measured},
                                         {"reconfirm_by", to_text(site.reconfirm_by)},
                                         {"stale", site.reconfirm_by <= now},
                                         {"extents", extents_json(site.extents)}};
                        put_said(one, site.said);
                        if (site.schedule) one["windows"] = windows_json(site, now);
                        return one;
                      }));
}

namespace {

// In which order they stand: own ones first.
using ConstraintPlace = std::tuple<bool, std::string, model::EntityId>;

json::Object constraint_json(state::Constraint const& constraint, ConstraintPlace const& place,
                             model::Level level) {
  auto const& [of_other, office, id] = place;
  json::Object one{{"id", model::text_of(id)},
                   {"office", office},
                   {"version", constraint.version},
                   {"from", to_text(constraint.hull.from)},
                   {"until", to_text(constraint.hull.until)}};
  if (!of_other) one["ovn"] = model::text_of(id, constraint.ovn);
  if (level == model::Level::details) {  // at `reference` whose it is and when
    one["extents"] = extents_json(constraint.extents);
    put_said(one, constraint.said);
  }
  return one;
}

}  // namespace

Told tell_constraints(Eyes const& eyes, ConstraintPart const& part) {
  ShownEntities const shown(eyes);
  auto const& all = eyes.state.airspace.constraints;
  std::string const own = name_shown(eyes, eyes.office());
  std::optional<ConstraintPlace> after;
  if (part.after) after.emplace(part.after->office != own, part.after->office, part.after->id);
  std::vector<std::tuple<ConstraintPlace, ConstraintKey, model::Level>> found;
  for (ConstraintKey key = all.from(0); key; key = all.from(key.value + 1)) {
    OfficeKey const owner = all[key].owner.office;
    ConstraintPlace place{owner != eyes.office(), name_shown(eyes, owner), all[key].id};
    if (after && place <= *after) continue;
    if (auto const level = shown.level_of(all[key])) found.emplace_back(std::move(place), key, *level);
  }
  std::ranges::sort(found);
  json::Array list;
  ConstraintPlace const* last = nullptr;
  for (auto const& [place, key, level] : found) {
    // Two offices that the reader has no name for may have used one id: both stand on one page, or the next would pass by the second.
    if (list.size() >= part.limit && last && *last != place) break;
    list.push_back(constraint_json(all[key], place, level));
    last = &place;
  }
  return Teller::tell(eyes, std::move(list));
}

Digest read_back_of(uint64_t number, state::Notice const& notice) {
  return read_back_of(content_json(number, notice));
}

Told tell_notices(Eyes const& eyes, uint64_t after, size_t limit) {
  json::Array list;
  auto const& all = eyes.state.airspace.notices.of(eyes.office());
  for (auto one = all.upper_bound(after); one != all.end() && list.size() < limit; ++one)
    list.push_back(notice_json(eyes, one->first, one->second));
  return Teller::tell(eyes, std::move(list));
}

std::vector<ChangedNotice> tell_changed_notices(Eyes const& eyes, uint64_t after, size_t most) {
  std::vector<ChangedNotice> all;
  state::Notices const& notices = eyes.state.airspace.notices;
  for (uint64_t const number : notices.changed_after(eyes.office(), after, most)) {
    state::Notice const& notice = *notices.find({eyes.office(), number});
    all.push_back({notice.changed, number, Teller::tell(eyes, notice_json(eyes, number, notice))});
  }
  return all;
}

uint64_t last_given_now(Eyes const& eyes, uint64_t upto) {
  auto const numbers = eyes.state.airspace.notices.undelivered(eyes.office(), upto);
  return numbers.empty() ? 0 : numbers.back();
}

Told tell_conflicts(Eyes const& eyes, ConflictPart const& part) {
  json::Array list;
  auto const& all = eyes.state.airspace.notices.of(eyes.office());
  for (auto one = all.lower_bound(part.below); one != all.begin() && list.size() < part.limit;) {
    auto const& [number, notice] = *--one;
    if (!notice.is_open() || !may_still_read(eyes, notice)) continue;
    json::Object told = content_json(number, notice);
    put_clause(told, eyes, notice.raised.subject.under);
    if (is_of_one(notice.raised)) told["other"] = other_json(eyes, notice.raised);
    if (auto const others = others_of(eyes, notice)) told["other_side"] = word(*others);
    list.push_back(std::move(told));
  }
  return Teller::tell(eyes, std::move(list));
}

}  // namespace comity::release
