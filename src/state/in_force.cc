#include "state/in_force.h"

#include <algorithm>

#include "base/contains.h"
#include "base/mutant.h"
#include "state/standing.h"

namespace comity::state {
namespace {

bool is_party(Standing standing) { return standing == Standing::party || standing == Standing::provisional; }

bool outlives_suspension(Agreement const& agreement, model::Clause const& clause) {
  if (mutated(Mutant::suspended_is_party)) return true;
  if (mutated(Mutant::emergency_stops_rescue)) return false;
  return clause.humanitarian || contains(agreement.text->suspension.non_suspendable, clause.id);
}

bool outlives_notice(Agreement const& agreement, model::Clause const& clause) {
  return clause.humanitarian || mutated(Mutant::withdrawing_is_party) ||
         agreement.text->withdrawal.incoming == model::Incoming::reciprocal_until_effect;
}

bool bound(Agreement const& agreement, model::Clause const& clause, Standing standing) {
  if (is_party(standing)) return true;
  if (clause.type == model::ClauseType::prohibit &&
      !mutated(Mutant::prohibition_ends_with_suspension))  // G11
    return belongs(standing) || standing == Standing::former || standing == Standing::expelled;
  return belongs(standing) && (!is_suspended(standing) || outlives_suspension(agreement, clause)) &&
         (!is_withdrawing(standing) || outlives_notice(agreement, clause));
}

bool runs(Agreement const& agreement, model::Clause const& clause, AgreementState state) {
  switch (state) {
    case AgreementState::in_force: return true;
    case AgreementState::suspended:
      return clause.type == model::ClauseType::prohibit || outlives_suspension(agreement, clause);
    case AgreementState::terminated:
      // One party alone could have brought it about (G11).
      if (clause.type == model::ClauseType::prohibit && agreement.ended_by_leaving)
        return !mutated(Mutant::prohibition_ends_with_the_last);
      return contains(agreement.text->survival, clause.id);
    default: return false;
  }
}

// The span that holds at that moment; of several of one record the last one holds.
template <class Span>
Span const* at(std::vector<Span> const& spans, Moment moment) {
  Span const* found = nullptr;
  for (Span const& span : spans)
    if (span.began() <= moment) found = &span;
  return found;
}

Standing standing_at(Agreement const& agreement, PartyKey party, Moment moment) {
  auto const history = agreement.standing.find(party);
  if (history == agreement.standing.end()) return Standing::none;
  StandingSpan const* span = at(history->second, moment);
  return span ? span->standing : Standing::none;
}

bool has_been_in_force(Agreement const& agreement, Moment moment) {
  for (StateSpan const& span : agreement.history)
    if (span.state == AgreementState::in_force && span.began() <= moment) return true;
  return false;
}

// i has said that what it contributed then it gives after all, as far as the suspension of that part kept it (A20).
bool gave_gap(Agreement const& agreement, PartyKey i, PartyKey suspended, Moment moment) {
  return std::ranges::any_of(agreement.filled, [&](FilledGap const& one) {
    return (one.giver == i || mutated(Mutant::gap_of_others_is_given)) && one.suspended == suspended &&
           one.from <= moment && moment < Moment{one.until, one.index};
  });
}

// The clause did not run for that party then, and i has not said that it gives this even so. Whatever i said, what a notice of
// withdrawal kept that was taken back stays out.
bool kept_by_standing(Agreement const& agreement, model::Clause const& clause, PartyKey i, PartyKey party,
                      Moment moment) {
  Standing const standing = standing_at(agreement, party, moment);
  if (bound(agreement, clause, standing)) return false;
  return is_withdrawing(standing) || !is_suspended(standing) || !gave_gap(agreement, i, party, moment);
}

// The first span of being a party; null if there is none.
StandingSpan const* joining(Agreement const& agreement, PartyKey party) {
  auto const history = agreement.standing.find(party);
  if (history == agreement.standing.end()) return nullptr;
  for (StandingSpan const& span : history->second)
    if (is_party(span.standing)) return &span;
  return nullptr;
}

}  // namespace

bool in_force(Agreement const& agreement, size_t number, PartyKey i, PartyKey j) {
  model::Clause const& clause = agreement.text->clauses[number];
  ClauseRun const& run = agreement.clauses[number];
  if (run.applies_since == never || run.applies_until != never) return false;
  if (clause.type == model::ClauseType::prohibit && prohibition_has_ended(agreement, number, i, j))
    return false;
  return runs(agreement, clause, agreement.state()) && bound(agreement, clause, agreement.standing_of(i)) &&
         bound(agreement, clause, agreement.standing_of(j));
}

bool runs_with_another(Agreement const& agreement, size_t clause, PartyKey party) {
  return std::ranges::any_of(agreement.standing, [&](auto const& other) {
    return other.first != party && (in_force(agreement, clause, party, other.first) ||
                                    in_force(agreement, clause, other.first, party));
  });
}

UtcTime standing_since(Agreement const& agreement, PartyKey party) {
  StandingSpan const* joined = joining(agreement, party);
  return joined ? joined->since : never;
}

bool had_joined(Agreement const& agreement, PartyKey party, Moment moment) {
  StandingSpan const* joined = joining(agreement, party);
  return joined && joined->began() <= moment;
}

bool gap(Agreement const& agreement, size_t number, PartyKey i, PartyKey j, Moment moment) {
  if (!had_joined(agreement, j, moment) || !has_been_in_force(agreement, moment)) return false;
  if (mutated(Mutant::gap_is_given)) return false;
  model::Clause const& clause = agreement.text->clauses[number];
  AgreementState const state = at(agreement.history, moment)->state;
  bool const kept_by_state = !runs(agreement, clause, state) &&
                             (state != AgreementState::suspended || !gave_gap(agreement, i, {}, moment));
  return kept_by_state || kept_by_standing(agreement, clause, i, i, moment) ||
         kept_by_standing(agreement, clause, i, j, moment);
}

std::optional<Pause> last_pause(Agreement const& agreement, size_t number, PartyKey i, PartyKey j,
                                Moment now) {
  model::Clause const& clause = agreement.text->clauses[number];
  StandingSpan const* const joined = joining(agreement, j);
  if (!joined) return std::nullopt;
  std::vector<Moment> changes;
  auto const note = [&](auto const& spans) {
    for (auto const& span : spans)
      if (joined->began() <= span.began() && span.began() <= now) changes.push_back(span.began());
  };
  note(agreement.history);
  for (PartyKey party : {i, j})
    if (auto const found = agreement.standing.find(party); found != agreement.standing.end())
      note(found->second);
  std::ranges::sort(changes, std::greater());
  std::optional<Pause> pause;
  Moment until = now;  // of the stretch that is looked at
  for (Moment const& change : changes) {
    bool const ran = runs(agreement, clause, at(agreement.history, change)->state) &&
                     bound(agreement, clause, standing_at(agreement, i, change)) &&
                     bound(agreement, clause, standing_at(agreement, j, change));
    if (ran && pause) break;
    if (!ran) pause = {change, pause ? pause->until : until};
    until = change;
  }
  return pause;
}

bool gap_is_over(Agreement const& agreement, PartyKey i, Moment then, Moment now) {
  for (auto const& [j, spans] : agreement.standing)
    for (size_t number = 0; j != i && number < agreement.text->clauses.size(); ++number)
      if (agreement.text->clauses[number].type == model::ClauseType::grant &&
          gap(agreement, number, i, j, then) && !gap(agreement, number, i, j, now))
        return true;
  return false;
}

}  // namespace comity::state
