// What a ruling does to the tables of conflicts, notices and evaluations (conflicts.h). It decides nothing.
#include "base/limits.h"
#include "base/mutant.h"
#include "commands/conflicts.h"
#include "commands/telling_systems.h"

namespace comity::commands {

using model::AirspaceRuling;
using model::ThingName;

static void count_evaluation(State& state, OfficeKey office, model::ClauseName under, UtcTime now) {
  state::Evaluations& made = state.airspace.evaluations[{office, under}];
  if (now - made.since >= days(1)) made = {now, 0};
  ++made.count;
}

static void note_answer(State& state, model::AnswerGiven const& given, UtcTime now) {
  state::UnansweredName const name{given.thing, given.under};
  if (given.answered) count_evaluation(state, given.thing.office, given.under, now);
  state::Airspace& airspace = state.airspace;
  airspace.intents.touch(given.thing.office);
  (given.answered ? airspace.answered : airspace.unanswered).insert(name);
  (given.answered ? airspace.unanswered : airspace.answered).erase(name);
}

// It is a duty for as long as it waits (25-isolation G9); of a great many those that wait no more make room.
static void add_duty(State& state, state::NoticeNumber const& number, UtcTime now) {
  state::Notices const& notices = state.airspace.notices;
  state::Holdings& holdings = state.holdings;
  holdings.add_duty(number.office, number.number, now);
  bool const many = holdings.notices_among_duties(number.office) > 2 * limits::notices_per_office;
  if (!many || holdings.duties_added(number.office) % limits::notices_per_office != 0) return;
  holdings.drop_duties(number.office, [&](uint64_t one) {
    state::Notice const* const notice = notices.find({number.office, one});
    return !notice || !notice->is_waiting();
  });
}

void apply_airspace(State& state, model::Record const& record) {
  if (!record.ruling.airspace) return;
  AirspaceRuling const& ruling = *record.ruling.airspace;
  state::Airspace& airspace = state.airspace;
  for (model::AnswerGiven const& given : ruling.answers) note_answer(state, given, record.time);
  for (model::ConflictChange const& change : ruling.conflicts) {
    if (change.now)
      airspace.conflicts.put(change.name, *change.now);
    else
      airspace.conflicts.remove(change.name);
  }
  for (model::ClosedNotice const& one : ruling.closed)
    airspace.notices.change({one.office, one.number}, [&](state::Notice& notice) {
      notice.end = one.end, notice.ended_at = record.time, notice.escalate_at = never;
    });
  for (model::RaisedNotice const& one : ruling.raised) {
    state::Notice notice;
    notice.raised = one, notice.at = record.time, notice.escalate_at = one.answer_by;
    OfficeKey const office = one.subject.own.office;
    uint64_t const number = airspace.notices.raise(std::move(notice));
    add_duty(state, {office, number}, record.time);
    tell_of_surrogate(state, one, record.time);
  }
  for (model::EscalatedNotice const& one : ruling.escalated)
    airspace.notices.change({one.office, one.number}, [&](state::Notice& notice) {
      model::ClauseName const under = notice.raised.subject.under;
      model::Clause const& clause = state.law.agreement(under.agreement).text->clauses[*notice.raised.terms];
      ++notice.escalations;
      notice.escalate_at = record.time + clause.notice->escalate_every;
    });
}

void charge_alone(State& state, model::Record const& record) {
  if (!record.ruling.airspace || mutated(Mutant::refusals_are_free)) return;
  for (model::ClauseName const& under : record.ruling.airspace->charged)
    count_evaluation(state, record.command.office, under, record.time);
}

void note_answers(State& state, ThingName const& thing, model::Record const& record) {
  if (!record.ruling.airspace) return;
  for (model::ClauseName const& under : record.ruling.airspace->charged)
    note_answer(state, {thing, under, true}, record.time);
  for (model::ClauseName const& under : record.ruling.airspace->not_answered)
    note_answer(state, {thing, under, false}, record.time);
}

void forget_answers(State& state, ThingName const& thing) {
  for (auto* all : {&state.airspace.unanswered, &state.airspace.answered}) {
    auto const first = all->lower_bound({thing, state::first_clause});
    auto end = first;
    while (end != all->end() && end->thing == thing) ++end;
    all->erase(first, end);
  }
}

void has_looked_again(State& state) {
  auto& waiting = state.airspace.look_again;
  if (waiting.empty()) return;
  auto const& intents = state.airspace.intents;
  IntentKey key = intents.from(waiting.begin()->second);
  for (size_t i = 0; i < limits::intents_at_once && key; ++i) key = intents.from(key.value + 1);
  if (key)
    waiting.begin()->second = key.value;
  else
    waiting.erase(waiting.begin());
}

void look_again_after(State& state, std::vector<model::Effect> const& effects) {
  if (state.airspace.intents.size() == 0 || state.airspace.one_namespace) return;
  for (model::Effect const& effect : effects)
    if (effect.agreement) state.airspace.look_again[effect.agreement] = 0;
}

}  // namespace comity::commands
