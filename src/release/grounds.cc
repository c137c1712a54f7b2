#include "release/grounds.h"

#include <algorithm>

#include "release/other_side.h"
#include "state/in_force.h"
#include "state/lines.h"

namespace comity::release {
namespace {

using model::ThingName;

// The next time at which one of these is past.
class Next {
 public:
  explicit Next(UtcTime now) : now_(now) {}
  void note(UtcTime at) {
    if (at > now_) next_ = std::min(next_, at);
  }
  UtcTime at() const { return next_; }

 private:
  UtcTime const now_;
  UtcTime next_ = never;
};

// Whose conflicts with the office's intents its open notices may be about, and when an answer is overdue.
std::vector<OfficeKey> other_sides(Eyes const& eyes, Next& next) {
  state::Airspace const& airspace = eyes.state.airspace;
  std::vector<OfficeKey> others;
  for (auto const& [number, notice] : airspace.notices.of(eyes.office())) {
    if (!notice.is_open()) continue;
    next.note(notice.raised.answer_by);
    ThingName const& own = notice.raised.subject.own;
    if (OfficeKey const of_one = notice.raised.subject.other.office) others.push_back(of_one);
    for (auto const* const conflict : airspace.conflicts.of(own))
      others.push_back((conflict->first.one == own ? conflict->first.other : conflict->first.one).office);
    each_answer(eyes, notice, [&](state::Notice const* theirs) {
      if (theirs) next.note(theirs->raised.answer_by);
    });
  }
  std::ranges::sort(others);
  auto const doubled = std::ranges::unique(others);
  others.erase(doubled.begin(), doubled.end());
  return others;
}

void note_tests(Eyes const& eyes, Next& next) {
  state::Law const& law = eyes.state.law;
  for (AgreementKey const key : eyes.view.agreements()) {
    state::Agreement const& agreement = law.agreement(key);
    if (!agreement.text || !eyes.view.reads_text(key)) continue;
    UtcTime const joined = state::standing_since(agreement, eyes.view.party());
    for (uint32_t i = 0; i < agreement.text->clauses.size(); ++i)
      if (auto const& line = agreement.text->clauses[i].line)
        next.note(state::test_due(*line, eyes.state.airspace.watches.calls_of({key, i}), joined) +
                  line->overdue_after);
  }
}

}  // namespace

template <class Count>
void Grounds::each(state::State const& state, Count const& count) const {
  state::Airspace const& airspace = state.airspace;
  count(state.epoch);
  switch (of_) {
    case Of::agreements: return count(state.law_moved);
    case Of::conflicts:
      count(state.law_moved), count(airspace.conflicts.changes_of(office_));
      count(airspace.intents.changes_of(office_)), count(airspace.notices.changes_of(office_));
      for (OfficeKey const other : others_)
        count(airspace.intents.changes_of(other)), count(airspace.notices.changes_of(other));
      return;
    case Of::constraints: return count(state.law_moved), count(airspace.constraints.changes());
    case Of::duties:
      return count(state.holdings.duties_of(office_).size()), count(state.holdings.duties_added(office_));
    case Of::intents: return count(airspace.intents.changes_of(office_));
    case Of::items:
      return count(state.holdings.feed({{}, office_}).entries.size()),
             count(state.holdings.own_feed({{}, office_}).entries.size());
    case Of::notices: return count(airspace.notices.changes_of(office_));
    case Of::sites: return count(airspace.sites.changes_of(office_));
    case Of::watch: return count(state.law_moved), count(airspace.watches.changes);
  }
}

Grounds Grounds::now(Eyes const& eyes, Of of) {
  Grounds grounds(of, eyes.office());
  Next next(eyes.state.last_time);
  if (of == Of::conflicts) grounds.others_ = other_sides(eyes, next);
  if (of == Of::watch) note_tests(eyes, next);
  if (of == Of::sites)
    eyes.state.airspace.sites.each_of(
        eyes.office(), [&](SiteKey key) { next.note(eyes.state.airspace.sites[key].reconfirm_by); });
  if (of == Of::agreements)
    for (state::Emergency const& one : eyes.state.law.emergencies) next.note(one.until);
  grounds.until_ = next.at();
  grounds.each(eyes.state, [&](uint64_t count) { grounds.counts_.push_back(count); });
  return grounds;
}

bool Grounds::hold(state::State const& state) const {
  if (state.last_time >= until_) return false;
  bool same = true;
  size_t at = 0;
  each(state, [&](uint64_t count) { same = same && counts_[at++] == count; });
  return same;
}

}  // namespace comity::release
