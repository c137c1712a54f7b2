#include "commands/conflicts.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "base/mutant.h"
#include "commands/airspace.h"
#include "commands/lead.h"
#include "state/grants.h"
#include "state/in_force.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

using model::AirspaceRuling;
using model::ConflictName;
using model::Meeting;
using model::NoticeContent;
using model::NoticeSubject;
using model::ThingName;
using state::Law;

// The state with changes that are not applied yet.
class After {
 public:
  After(State const& state, Law const& law, UtcTime now)
      : state_(state),
        law_(law),
        now_(now),
        is_steady_(&law == &state.law && state.airspace.look_again.empty() &&
                   state.airspace.conflicts.over_at(now, 1).empty()) {}

  void thing(ThingChange const& change) { thing_ = &change; }
  void conflict(ConflictName const& name, std::optional<Meeting> meeting) {
    Meeting const* const before = state_.airspace.conflicts.find(name);
    bool const same = meeting ? before && *before == *meeting : !before;
    if (same)
      changes_.erase(name);
    else
      changes_[name] = std::move(meeting);
    touch(name);
  }
  // What its two sides are told may be another now, even if it is the same conflict.
  void touch(ConflictName const& name) { touched_.insert(name); }
  void unanswered(ThingName const& thing, model::ClauseName under, bool is) { answers_[{thing, under}] = is; }
  void also(NoticeSubject const& subject) { subjects_.insert(subject); }

  void finish(AirspaceRuling& ruling);
  // What the office of a thing would be told of it; the rest is left.
  std::vector<model::RaisedNotice> told_of(ThingName const& own);

 private:
  std::optional<Filed> look_up(ThingName const& name) const {
    if (thing_ && thing_->name == name) return thing_->now;
    return filed(state_, name);
  }
  bool is_unanswered(ThingName const& thing, model::ClauseName under) const {
    state::UnansweredName const name{thing, under};
    if (auto const found = answers_.find(name); found != answers_.end()) return found->second;
    return state_.airspace.unanswered.contains(name);
  }
  void add_subjects(ConflictName const& name);
  std::optional<NoticeContent> content_of(NoticeSubject const& subject);
  template <class Look>
  void each_conflict(NoticeSubject const& subject, Look const& look) const;
  std::optional<ConflictRule> const& rule(model::ClauseName under);
  std::pair<model::Level, model::Level> levels_of(model::ClauseName under);
  bool stays(NoticeSubject const& subject, NoticeContent const& told);
  bool others_cover(NoticeSubject const& subject, Filed const& own, ConflictName const& but,
                    std::vector<model::VolumeBox> boxes);
  void tell(NoticeSubject const& subject, AirspaceRuling& ruling);
  model::RaisedNotice raised(NoticeSubject const& subject, NoticeContent content);

  State const& state_;
  Law const& law_;
  UtcTime now_;
  // What is told is what would be told: no law that has changed and no end waits to be looked at.
  bool is_steady_;
  ThingChange const* thing_ = nullptr;
  bool foresees_ =
      false;  // who previews flies nowhere yet: of those in distress it is told no more than of others (D6)
  std::map<ConflictName, std::optional<Meeting>> changes_;
  std::set<ConflictName> touched_;
  std::set<NoticeSubject> subjects_;
  std::map<state::UnansweredName, bool> answers_;
  std::map<model::ClauseName, std::optional<ConflictRule>> rules_;
};

ConflictName named(model::ClauseName under, ThingName const& a, ThingName const& b) {
  return {under, std::min(a, b), std::max(a, b)};
}

std::optional<ConflictRule> const& After::rule(model::ClauseName under) {
  auto const [place, is_new] = rules_.try_emplace(under);
  if (is_new) place->second = rule_of(law_, under);
  return place->second;
}

constexpr model::SiteKind site_kinds[] = {model::SiteKind::hospital,
                                          model::SiteKind::school,
                                          model::SiteKind::water,
                                          model::SiteKind::camp,
                                          model::SiteKind::heritage,
                                          model::SiteKind::shelter,
                                          model::SiteKind::temporary_restriction,
                                          model::SiteKind::other};

// The least and the most that a side may learn by a clause; where it has ended, whatever there was.
std::pair<model::Level, model::Level> After::levels_of(model::ClauseName under) {
  auto const& found = rule(under);
  if (!found) return {model::Level::warning, model::Level::details};
  if (found->about != model::NoticeAbout::intent) return {model::Level::warning, model::Level::warning};
  return std::minmax(found->terms->from_learns, found->terms->to_learns);
}

void After::add_subjects(ConflictName const& name) {
  for (auto const& [own, other] : {std::pair{name.one, name.other}, std::pair{name.other, name.one}}) {
    if (own.kind != ThingName::Kind::intent) continue;
    if (other.kind == ThingName::Kind::site) {
      if (mutated(Mutant::sites_told_apart)) subjects_.insert({name.under, own, other});
      for (model::SiteKind const kind : site_kinds)
        subjects_.insert({name.under, own, ThingName::sites_of(kind)});
      continue;
    }
    auto const told_at = levels_of(name.under);
    if (told_at.first == model::Level::warning) subjects_.insert({name.under, own, {}});
    if (told_at.second > model::Level::warning) subjects_.insert({name.under, own, other});
  }
}

// Of the subject's own thing under its clause; of a notice about one other thing, with that one.
template <class Look>
void After::each_conflict(NoticeSubject const& subject, Look const& look) const {
  ThingName const& own = subject.own;
  if (subject.other.kind == ThingName::Kind::intent) {
    ConflictName const name = named(subject.under, own, subject.other);
    auto const change = changes_.find(name);
    Meeting const* const before = state_.airspace.conflicts.find(name);
    Meeting const* const now = change == changes_.end() ? before
                               : change->second         ? &*change->second
                                                        : nullptr;
    if (now) look(subject.other, *now);
    return;
  }
  for (auto const* const one : state_.airspace.conflicts.of(own)) {
    auto const& [name, meeting] = *one;
    if (name.under == subject.under && !changes_.contains(name))
      look(name.one == own ? name.other : name.one, meeting);
  }
  for (auto const& [name, meeting] : changes_)
    if (meeting && name.under == subject.under && (name.one == own || name.other == own))
      look(name.one == own ? name.other : name.one, *meeting);
}

// Whether a notice on the subject is about that thing: all intents that are told as a warning, one intent, or all sites of a kind.
bool is_about(NoticeSubject const& subject, Filed const& other) {
  if (other.name == subject.other) return true;
  if (other.name.kind == ThingName::Kind::site) return subject.other == ThingName::sites_of(other.site);
  return subject.other.is_none();
}

std::optional<NoticeContent> After::content_of(NoticeSubject const& subject) {
  auto const own = look_up(subject.own);
  auto const& under = rule(subject.under);
  if (!own || !under) return std::nullopt;
  bool const of_one = subject.other.kind == ThingName::Kind::intent;
  bool const unanswered = is_unanswered(subject.own, subject.under);
  NoticeContent content;
  content.own_version = own->version;
  bool any = false;
  each_conflict(subject, [&](ThingName const& name, Meeting const& meeting) {
    auto const other = look_up(name);
    if (!other || meeting.until <= now_ || !is_about(subject, *other)) return;
    auto const level = learns(law_, *under, *own, *other).one;
    if (!level || of_one != (*level > model::Level::warning)) return;
    bool const in_distress = other->state == model::IntentState::contingent;
    bool const sweeps = own->state == model::IntentState::contingent && mutated(Mutant::contingent_sweep);
    if (unanswered && (!in_distress || foresees_) && !sweeps)
      return;  // D6: of these all are told whatever the budget
    any = true;
    content.level = *level;
    content.contingent |= in_distress;
    content.site = other->site;
    if (of_one)
      content.other_state = other->state, content.other_from = other->from,
      content.other_until = other->until,
      content.short_by = short_by(law_, *under, *other, subject.own.office);
    if (*level == model::Level::details) content.other_moved = other->moved;
    content.boxes.insert(content.boxes.end(), meeting.boxes.begin(), meeting.boxes.end());
  });
  if (!any) return std::nullopt;
  content.boxes = merged(std::move(content.boxes));
  return content;
}

// Whether each of the boxes lies in one that the subject's office is told for another reason.
bool After::others_cover(NoticeSubject const& subject, Filed const& own, ConflictName const& but,
                         std::vector<model::VolumeBox> boxes) {
  for (auto const* const one : state_.airspace.conflicts.of(subject.own)) {
    if (boxes.empty()) return true;
    auto const& [name, meeting] = *one;
    if (name == but || name.under != subject.under) continue;
    std::vector<model::VolumeBox> left = boxes;
    leave_out(left, meeting.boxes);
    if (left.size() == boxes.size()) continue;
    auto const other = look_up(name.one == subject.own ? name.other : name.one);
    if (other && learns(law_, *rule(subject.under), own, *other).one == model::Level::warning)
      boxes = std::move(left);
  }
  return boxes.empty();
}

// Whether what is told of a subject as a warning is surely the same after a change of one thing that its own thing meets, or met: what
// they share now lies in what was told, and what they shared is told for another reason. merged() makes of both the same then. No: it
// has to be worked out, which takes a look at all that the own thing meets.
bool After::stays(NoticeSubject const& subject, NoticeContent const& told) {
  auto const& under = rule(subject.under);
  bool const fits = thing_ && subject.own != thing_->name && subject.other.is_none() && under &&
                    under->grid && under->about == model::NoticeAbout::intent && !told.contingent;
  if (!fits || !is_steady_ || is_unanswered(subject.own, subject.under)) return false;
  auto const own = filed(state_, subject.own);
  if (!own) return false;
  ConflictName const name = named(subject.under, subject.own, thing_->name);
  Meeting const* const before = state_.airspace.conflicts.find(name);
  auto const change = changes_.find(name);
  Meeting const* now = change == changes_.end() ? before : change->second ? &*change->second : nullptr;
  if (now && (!thing_->now || thing_->now->state == model::IntentState::contingent)) return false;
  if (now && learns(law_, *under, *own, *thing_->now).one != model::Level::warning) now = nullptr;
  std::vector<model::VolumeBox> boxes = before ? before->boxes : std::vector<model::VolumeBox>{};
  size_t all = now ? now->boxes.size() : 0;
  for (auto const* const one : state_.airspace.conflicts.of(subject.own)) all += one->second.boxes.size();
  if (all > limits::boxes_merged) return false;
  if (now) {
    leave_out(boxes, now->boxes);
    std::vector<model::VolumeBox> fresh = now->boxes;
    // One box may be that around too many, in which there is room for something new.
    if (told.boxes.size() > 1 || all <= limits::boxes_told) {
      leave_out(fresh, told.boxes);
      if (!fresh.empty()) return false;
    }
    boxes.insert(boxes.end(), fresh.begin(), fresh.end());
  }
  return others_cover(subject, *own, name, std::move(boxes));
}

// The `notify` clause of the same text that says how such a notice is answered: the shortest time of those in force.
std::optional<uint32_t> terms_of(Law const& law, NoticeSubject const& subject, model::NoticeAbout about) {
  state::Agreement const& agreement = law.agreement(subject.under.agreement);
  PartyKey const party = law.party_of(subject.own.office);
  std::optional<uint32_t> found;
  for (uint32_t i = 0; i < agreement.text->clauses.size(); ++i) {
    model::Clause const& clause = agreement.text->clauses[i];
    bool const fits = clause.notice && clause.notice->about == about &&
                      state::covers(law, agreement, clause.to, subject.own.office, {}) &&
                      state::in_force(agreement, i, party, party);
    if (!fits) continue;
    if (!found ||
        clause.notice->acknowledge_within < agreement.text->clauses[*found].notice->acknowledge_within)
      found = i;
  }
  return found;
}

model::RaisedNotice After::raised(NoticeSubject const& subject, NoticeContent content) {
  model::RaisedNotice notice;
  notice.subject = subject;
  notice.about = rule(subject.under)->about;
  if (content.contingent && notice.about == model::NoticeAbout::intent)
    notice.about = model::NoticeAbout::contingent;
  notice.exercise = look_up(subject.own)->exercise;
  notice.terms = terms_of(law_, subject, notice.about);
  if (!notice.terms && notice.about == model::NoticeAbout::contingent)
    notice.terms = terms_of(law_, subject, model::NoticeAbout::intent);
  if (notice.terms)
    notice.answer_by =
        now_ +
        law_.agreement(subject.under.agreement).text->clauses[*notice.terms].notice->acknowledge_within;
  notice.content = std::move(content);
  return notice;
}

void After::tell(NoticeSubject const& subject, AirspaceRuling& ruling) {
  uint64_t const open = state_.airspace.notices.open_on(subject);
  state::Notice const* const before =
      open != 0 ? state_.airspace.notices.find({subject.own.office, open}) : nullptr;
  if (before && stays(subject, before->raised.content)) return;
  auto content = content_of(subject);
  if (before) {
    if (content && content->same_as(before->raised.content)) return;
    bool const runs = rule(subject.under) &&
                      state::runs_with_another(law_.agreement(subject.under.agreement), subject.under.clause,
                                               law_.party_of(subject.own.office));
    auto const end = content                                     ? model::NoticeEnd::changed
                     : !runs                                     ? model::NoticeEnd::not_in_force
                     : is_unanswered(subject.own, subject.under) ? model::NoticeEnd::unanswered
                                                                 : model::NoticeEnd::over;
    ruling.closed.push_back({subject.own.office, open, end});
  }
  if (content) ruling.raised.push_back(raised(subject, std::move(*content)));
}

void After::finish(AirspaceRuling& ruling) {
  for (ConflictName const& name : touched_) add_subjects(name);
  for (auto const& [name, meeting] : changes_) ruling.conflicts.push_back({name, meeting});
  for (NoticeSubject const& subject : subjects_) tell(subject, ruling);
}

std::vector<model::RaisedNotice> After::told_of(ThingName const& own) {
  foresees_ = true;
  for (ConflictName const& name : touched_) add_subjects(name);
  std::vector<model::RaisedNotice> all;
  for (NoticeSubject const& subject : subjects_)
    if (subject.own == own && rule(subject.under) &&
        rule(subject.under)->about != model::NoticeAbout::contingent)
      if (auto content = content_of(subject)) all.push_back(raised(subject, std::move(*content)));
  return all;
}

// Of all that is near a thing, what it meets under a rule.
class Neighbours {
 public:
  Neighbours(State const& state, Filed const& thing, std::vector<ConflictRule> const& rules) {
    geometry::Look look;
    for (ConflictRule const& rule : rules) look = geometry::farther(look, rule.look());
    AllVolumes all;
    geometry::Coarse const coarse = geometry::coarse(all.of(thing), look);
    state::Airspace const& airspace = state.airspace;
    airspace.intents.each_near(coarse, thing.name.office, [&](IntentKey key) {
      state::Intent const& intent = airspace.intents[key];
      near_.push_back(filed_as(intent.owner.office, intent));
    });
    airspace.sites.each_near(coarse, thing.name.office, [&](SiteKey key) {
      state::Site const& site = airspace.sites[key];
      near_.push_back(filed_as(site.owner.office, site));
    });
  }

  std::map<ConflictName, Meeting> meeting_under(Law const& law, ConflictRule const& rule, Filed const& thing,
                                                UtcTime now) const {
    std::map<ConflictName, Meeting> found;
    Snapper snapped(rule, thing);
    for (Filed const& other : near_) {
      if (!snapped.may_meet(other) || !learns(law, rule, thing, other).any()) continue;
      if (auto met = meeting(rule, snapped, thing, other, now))
        found.emplace(named(rule.under, thing.name, other.name), std::move(*met));
    }
    return found;
  }

 private:
  std::vector<Filed> near_;
};

// `more`: that are charged by the same record.
bool is_spent(State const& state, OfficeKey office, ConflictRule const& rule, UtcTime now,
              uint32_t more = 0) {
  auto const found = state.airspace.evaluations.find({office, rule.under});
  bool const of_today = found != state.airspace.evaluations.end() && now - found->second.since < days(1);
  return (of_today ? found->second.count : 0) + more >= *rule.terms->evaluations_per_day;
}

void charge(State const& state, Law const& law, ConflictRule const& rule, Filed const& thing, UtcTime now,
            After& after, AirspaceRuling& ruling) {
  if (!rule.has_budget() || thing.name.kind != ThingName::Kind::intent) return;
  if (!asks(law, rule, thing) || mutated(Mutant::probing_is_free)) return;
  bool const spent = is_spent(state, thing.name.office, rule, now);
  (spent ? ruling.not_answered : ruling.charged).push_back(rule.under);
  after.unanswered(thing.name, rule.under, spent);
}

// One thing compared with all that is near, under these rules; of others its conflicts stay.
void compare(State const& state, Law const& law, Filed const& thing, std::vector<ConflictRule> const& rules,
             UtcTime now, After& after) {
  std::map<ConflictName, Meeting> found;
  std::vector<ConflictRule> open;
  for (ConflictRule const& rule : rules)
    if (can_meet(rule, thing, now)) open.push_back(rule);
  if (!open.empty() && !thing.extents->empty()) {
    Neighbours const near(state, thing, open);
    for (ConflictRule const& rule : open) found.merge(near.meeting_under(law, rule, thing, now));
  }
  for (auto& [name, meeting] : found) after.conflict(name, std::move(meeting));
}

void bring_about(State const& state, ThingChange const& change, UtcTime now, After& after,
                 AirspaceRuling& ruling) {
  after.thing(change);
  for (auto const* const one : state.airspace.conflicts.of(change.name))
    after.conflict(one->first, std::nullopt);
  if (!change.now) return;
  std::vector<ConflictRule> const rules = rules_for(state.law, change.name.office);
  if (change.moves)
    for (ConflictRule const& rule : rules) charge(state, state.law, rule, *change.now, now, after, ruling);
  compare(state, state.law, *change.now, rules, now, after);
}

}  // namespace

void follow(State const& state, ThingChange const& change, UtcTime now, AirspaceRuling& ruling) {
  After after(state, state.law, now);
  bring_about(state, change, now, after, ruling);
  for (NoticeSubject const& subject : state.airspace.notices.open_about(change.name)) after.also(subject);
  after.finish(ruling);
}

void foresee(State const& state, ThingChange const& change, UtcTime now, AirspaceRuling& ruling) {
  After after(state, state.law, now);
  bring_about(state, change, now, after, ruling);
  ruling.previewed->notices = after.told_of(change.name);
}

namespace {

// What was there before a clause with a budget ran is asked when it does, and counts then (G10): once for each intent.
void charge_late(State const& state, Law const& law, Filed const& thing,
                 std::vector<ConflictRule> const& rules, UtcTime now,
                 std::map<state::BudgetName, uint32_t>& used, After& after, AirspaceRuling& ruling) {
  for (ConflictRule const& rule : rules) {
    state::UnansweredName const name{thing.name, rule.under};
    bool const known = state.airspace.answered.contains(name) || state.airspace.unanswered.contains(name);
    if (!rule.has_budget() || known || !asks(law, rule, thing) || !can_meet(rule, thing, now)) continue;
    uint32_t& more = used[{thing.name.office, rule.under}];
    bool const spent = is_spent(state, thing.name.office, rule, now, more);
    more += !spent;
    ruling.answers.push_back({thing.name, rule.under, !spent});
    after.unanswered(thing.name, rule.under, spent);
  }
}

// The next intents of an agreement whose law has changed, compared anew under its rules.
void look_again(State const& state, Law const& law, UtcTime now, After& after, AirspaceRuling& ruling) {
  if (state.airspace.look_again.empty()) return;
  auto const& [agreement, first] = *state.airspace.look_again.begin();
  auto const& intents = state.airspace.intents;
  IntentKey key = intents.from(first);
  std::map<state::BudgetName, uint32_t> used;
  for (size_t i = 0; i < limits::intents_at_once && key; ++i, key = intents.from(key.value + 1)) {
    Filed const thing = filed_as(intents[key].owner.office, intents[key]);
    for (auto const* const one : state.airspace.conflicts.of(thing.name))
      if (one->first.under.agreement == agreement) after.conflict(one->first, std::nullopt);
    auto rules = rules_for(law, thing.name.office);
    std::erase_if(rules, [&](ConflictRule const& rule) { return rule.under.agreement != agreement; });
    charge_late(state, law, thing, rules, now, used, after, ruling);
    compare(state, law, thing, rules, now, after);
    for (NoticeSubject const& subject : state.airspace.notices.open_about(thing.name))
      if (subject.under.agreement == agreement) after.also(subject);
  }
}

}  // namespace

void follow_time(State const& state, Law const& law, UtcTime now, AirspaceRuling& ruling) {
  After after(state, law, now);
  for (ConflictName const& name : state.airspace.conflicts.over_at(now, limits::conflicts_at_once))
    after.conflict(name, std::nullopt);
  look_again(state, law, now, after, ruling);
  after.finish(ruling);
  std::set<std::pair<OfficeKey, uint64_t>> closed;
  for (model::ClosedNotice const& one : ruling.closed) closed.insert({one.office, one.number});
  for (state::NoticeNumber const& one : state.airspace.notices.to_escalate(now, limits::escalated_at_once))
    if (!closed.contains({one.office, one.number})) ruling.escalated.push_back({one.office, one.number});
}

std::vector<model::Surrogate> surrogates_in(State const& state, ThingName const& intent,
                                            AirspaceRuling const& ruling) {
  std::vector<model::Surrogate> all;
  auto const add = [&](model::RaisedNotice const& one) {
    bool const is_warning = one.subject.other.is_none() && one.content.level == model::Level::warning;
    if (one.subject.own == intent && is_warning && one.about != model::NoticeAbout::site)  // D10
      all.push_back({one.subject.under, one.content.boxes, one.content.contingent});
  };
  state::Notices const& notices = state.airspace.notices;
  for (NoticeSubject const& subject : notices.open_about(intent)) {
    uint64_t const number = notices.open_on(subject);
    bool const closed = std::ranges::any_of(ruling.closed, [&](model::ClosedNotice const& one) {
      return one.office == intent.office && one.number == number;
    });
    if (!closed) add(notices.find({intent.office, number})->raised);
  }
  for (model::RaisedNotice const& one : ruling.raised) add(one);
  std::ranges::sort(all, {}, &model::Surrogate::under);
  return all;
}

}  // namespace comity::commands
