#include "release/other_side.h"

#include <algorithm>
#include <ranges>

namespace comity::release {
namespace {

// A wrong read-back after an answer takes nothing back.
Answered last_answer(state::Notice const& answered) {
  for (state::NoticeReply const& reply : std::views::reverse(answered.replies)) {
    if (reply.answer == model::NoticeAnswer::cannot_assure) return Answered::cannot_assure;
    if (reply.answer == model::NoticeAnswer::query) return Answered::query;
    if (reply.answer == model::NoticeAnswer::acknowledged) break;
  }
  return Answered::acknowledged;
}

Answered answer_of(state::Notice const* theirs, state::Notice const& own, UtcTime now) {
  if (theirs && theirs->answered_at != never) return last_answer(*theirs);
  if (theirs && theirs->is_misunderstood()) return Answered::misunderstood;
  bool const late = theirs ? theirs->is_overdue(now) : own.raised.answer_by <= now;
  return late ? Answered::overdue : Answered::waiting;
}

}  // namespace

char const* word(Answered answered) {
  switch (answered) {
    case Answered::acknowledged: return "acknowledged";
    case Answered::query: return "query";
    case Answered::waiting: return "waiting";
    case Answered::overdue: return "overdue";
    case Answered::misunderstood: return "read_back_differs";
    case Answered::cannot_assure: return "cannot_assure";
  }
  return "";
}

// What the notice is not about says nothing here either: what a spent budget leaves unanswered (G10), and what has a notice of its own.
static bool is_told(Eyes const& eyes, model::NoticeSubject const& subject, model::ThingName const& other) {
  state::Airspace const& airspace = eyes.state.airspace;
  bool const has_its_own =
      subject.other.is_none() && airspace.notices.open_on({subject.under, subject.own, other}) != 0;
  if (has_its_own) return false;
  if (!airspace.unanswered.contains({subject.own, subject.under})) return true;
  IntentKey const key = airspace.intents.find(airspace.scope_of(other.office), other.id);
  return key && airspace.intents[key].state == model::IntentState::contingent;
}

void each_answer(Eyes const& eyes, state::Notice const& own,
                 std::function<void(state::Notice const*)> const& look) {
  using model::ThingName;
  state::Airspace const& airspace = eyes.state.airspace;
  model::NoticeSubject const& subject = own.raised.subject;
  model::Clause const& clause =
      eyes.state.law.agreement(subject.under.agreement).text->clauses[subject.under.clause];
  bool const of_one = subject.other.kind == ThingName::Kind::intent;
  for (auto const* const one : airspace.conflicts.of(subject.own)) {
    model::ConflictName const& name = one->first;
    ThingName const& other = name.one == subject.own ? name.other : name.one;
    if (name.under != subject.under || other.kind != ThingName::Kind::intent) continue;
    if (of_one && other != subject.other) continue;
    if (!is_told(eyes, subject, other)) continue;
    state::Notice const* notice = nullptr;
    for (ThingName const& theirs : {ThingName(), subject.own})
      if (uint64_t const number = airspace.notices.open_on({subject.under, other, theirs}))
        notice = airspace.notices.find({other.office, number});
    if (!notice && clause.type != model::ClauseType::deconflict) continue;
    look(notice);
  }
}

std::optional<Answered> others_of(Eyes const& eyes, state::Notice const& own) {
  std::optional<Answered> worst;
  each_answer(eyes, own, [&](state::Notice const* theirs) {
    Answered const as = answer_of(theirs, own, eyes.state.last_time);
    worst = worst ? std::max(*worst, as) : as;
  });
  return worst;
}

}  // namespace comity::release
