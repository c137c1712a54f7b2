#include "state/standing.h"

#include <algorithm>

#include "base/mutant.h"

namespace comity::state {
namespace {

DeclaredSuspension const& suspension_of(Agreement const& agreement, PartyKey party) {
  return party.is_none() ? agreement.suspension : agreement.part_of(party).suspension;
}

bool has_begun(DeclaredSuspension const& suspension, UtcTime now) {
  return suspension.is_declared() && suspension.begins <= now;
}

bool is_held(Law const& law, PartyKey party, AgreementKey agreement, UtcTime now) {
  return std::ranges::any_of(law.emergencies, [&](Emergency const& one) {
    return one.party == party && one.agreement == agreement && one.holds(now);
  });
}

std::vector<PartyKey> belonging(Agreement const& agreement) {
  std::vector<PartyKey> all;
  for (auto const& [party, spans] : agreement.standing)
    if (belongs(spans.back().standing)) all.push_back(party);
  return all;
}

bool has_left(StandingSpan const& span) {
  return span.standing == Standing::former || span.standing == Standing::expelled;
}

// Fewer than the text asks, because some have left (VCLT 55: what entry into force needed does not matter).
bool too_few_are_left(Agreement const& agreement) {
  bool const anybody_left = std::ranges::any_of(
      agreement.standing, [](auto const& entry) { return has_left(entry.second.back()); });
  return anybody_left && belonging(agreement).size() < agreement.text->min_parties.n;
}

template <class Span>
Moment begin_of_run(std::vector<Span> const& spans, auto const& is_in) {
  Moment began{never, not_in_the_log};
  for (auto span = spans.rbegin(); span != spans.rend() && is_in(*span); ++span) began = span->began();
  return began;
}

void earlier(UtcTime& deadline, UtcTime time, UtcTime now) {
  if (time > now) deadline = std::min(deadline, time);
}

}  // namespace

bool is_live(AgreementState state) {
  return state == AgreementState::open || state == AgreementState::in_force ||
         state == AgreementState::suspended;
}

bool is_in_operation(AgreementState state) {
  return state == AgreementState::in_force || state == AgreementState::suspended;
}

bool still_runs(Agreement const& agreement) {
  if (is_live(agreement.state())) return true;
  return agreement.state() == AgreementState::terminated &&
         (agreement.ended_by_leaving || !agreement.text->survival.empty());
}

bool is_suspended(Standing standing) {
  return standing == Standing::suspended || standing == Standing::suspended_withdrawing;
}

bool is_withdrawing(Standing standing) {
  return standing == Standing::withdrawing || standing == Standing::suspended_withdrawing;
}

bool belongs(Standing standing) {
  return standing == Standing::party || standing == Standing::provisional || is_suspended(standing) ||
         is_withdrawing(standing);
}

// Who has left since has no say any more.
bool is_unconfirmed(Agreement const& agreement, PartyKey party) {
  return std::ranges::any_of(agreement.part_of(party).to_confirm, [&](PartyKey other) {
    Standing const standing = agreement.standing_of(other);
    return belongs(standing) || standing == Standing::contracting;
  });
}

Standing standing_due(Law const& law, AgreementKey key, PartyKey party, UtcTime now) {
  Agreement const& agreement = law.agreement(key);
  Standing const standing = agreement.standing_of(party);
  if (!belongs(standing)) return standing;
  Part const& part = agreement.part_of(party);
  if (part.leaves_at <= now) return Standing::former;
  bool const suspended =
      has_begun(part.suspension, now) || is_held(law, party, {}, now) || is_unconfirmed(agreement, party);
  bool const withdrawing = part.leaves_at != never;
  if (suspended) return withdrawing ? Standing::suspended_withdrawing : Standing::suspended;
  if (withdrawing) return Standing::withdrawing;
  return standing == Standing::provisional ? Standing::provisional : Standing::party;
}

AgreementState state_due(Law const& law, AgreementKey key, UtcTime now) {
  Agreement const& agreement = law.agreement(key);
  AgreementState const state = agreement.state();
  if (!is_in_operation(state)) return state;
  model::TooFew const effect = agreement.text->min_parties.effect;
  bool const too_few = effect != model::TooFew::none && too_few_are_left(agreement);
  if (too_few && effect == model::TooFew::terminate) return AgreementState::terminated;
  bool const suspended = too_few || has_begun(agreement.suspension, now) || is_held(law, {}, key, now);
  return suspended ? AgreementState::suspended : AgreementState::in_force;
}

bool resumption_is_complete(Agreement const& agreement, PartyKey suspended) {
  DeclaredSuspension const& suspension = suspension_of(agreement, suspended);
  if (!suspension.is_declared() || suspension.resumed.empty()) return false;
  if (mutated(Mutant::resumption_by_one)) return true;
  if (agreement.text->suspension.resume == model::ResumeBy::suspender)
    return suspended.is_none() || suspension.resumed.contains(suspended);  // of all suspenders one is enough
  return std::ranges::all_of(belonging(agreement),
                             [&](PartyKey party) { return suspension.resumed.contains(party); });
}

bool suspension_is_complete(Agreement const& agreement) {
  if (agreement.text->suspension.by != model::SuspensionBy::all || agreement.suspension.is_declared())
    return false;
  auto const all = belonging(agreement);
  return !all.empty() &&
         std::ranges::all_of(all, [&](PartyKey party) { return agreement.asked.contains(party); });
}

Moment suspended_since(Agreement const& agreement, PartyKey party) {
  if (party.is_none())
    return begin_of_run(agreement.history,
                        [](StateSpan const& span) { return span.state == AgreementState::suspended; });
  auto const found = agreement.standing.find(party);
  if (found == agreement.standing.end()) return {never, not_in_the_log};
  return begin_of_run(found->second, [](StandingSpan const& span) { return is_suspended(span.standing); });
}

void end_suspension(Agreement& agreement, PartyKey suspended, UtcTime now) {
  DeclaredSuspension& suspension =
      suspended.is_none() ? agreement.suspension : agreement.parts[suspended].suspension;
  Moment since = suspended_since(agreement, suspended);
  if (since.time < suspension.begins) since = {suspension.begins, 0};  // before that it was another cause
  if (since.time != never)
    for (PartyKey giver : suspension.with_gap) agreement.filled.push_back({giver, suspended, since, now});
  suspension = {};
  if (suspended.is_none()) agreement.asked.clear();
}

std::vector<ProhibitionConsent> prohibitions_to_end(Agreement const& agreement) {
  std::vector<ProhibitionConsent> ending;
  for (ProhibitionConsent const& one : agreement.prohibition_consents)
    if (one.by < one.with &&
        (agreement.prohibition_consents.contains({one.clause, one.with, one.by}) ||
         mutated(Mutant::prohibition_ends_by_one)) &&
        !agreement.ended_prohibitions.contains(one))
      ending.push_back(one);
  return ending;
}

bool prohibition_has_ended(Agreement const& agreement, uint32_t clause, PartyKey one, PartyKey other) {
  return agreement.ended_prohibitions.contains({clause, std::min(one, other), std::max(one, other)});
}

UtcTime next_change(Law const& law, AgreementKey key, UtcTime now) {
  Agreement const& agreement = law.agreement(key);
  UtcTime next = never;
  for (auto const& [party, part] : agreement.parts) {
    if (!belongs(agreement.standing_of(party))) continue;
    earlier(next, part.suspension.begins, now);
    earlier(next, part.leaves_at, now);
  }
  earlier(next, agreement.suspension.begins, now);
  for (Emergency const& one : law.emergencies)
    if (one.agreement == key || belongs(agreement.standing_of(one.party))) earlier(next, one.until, now);
  return next;
}

}  // namespace comity::state
