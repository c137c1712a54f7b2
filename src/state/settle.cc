#include "state/settle.h"

#include <algorithm>

#include "state/standing.h"

namespace comity::state {
namespace {

using model::Condition;
using model::Effect;
using model::EffectKind;

Effect state_effect(AgreementKey key, AgreementState state, UtcTime at) {
  return {EffectKind::agreement_state, key, {}, 0, static_cast<uint32_t>(state), at};
}

Effect standing_effect(AgreementKey key, PartyKey party, Standing standing, UtcTime at) {
  return {EffectKind::standing, key, party, 0, static_cast<uint32_t>(standing), at};
}

bool every_participant_sponsored(Agreement const& agreement) {
  return std::ranges::all_of(agreement.text->participants, [&](model::Participant const& participant) {
    return agreement.sponsored.contains(participant.party.party);
  });
}

// When a contracting party of an agreement in force becomes a party (VCLT 24(3)).
UtcTime joins_at(Agreement const& agreement, std::vector<StandingSpan> const& spans) {
  return spans.back().since + agreement.text->late_joiner_delay;
}

class Settling {
 public:
  Settling(Law& law, UtcTime now) : law_(law), now_(now) {}

  std::vector<Effect> run() {
    do {
      moved_ = false;
      for (size_t i = 0; i < law_.agreements.size(); ++i) look_at(AgreementKey(i));
    } while (moved_);
    return std::move(effects_);
  }

 private:
  void happen(Effect effect) {
    apply_effect(law_, effect);
    effects_.push_back(effect);
    moved_ = true;
  }

  void look_at(AgreementKey key) {
    Agreement const& agreement = law_.agreement(key);
    for (ProhibitionConsent const& one : prohibitions_to_end(agreement))  // also when it has ended (G11)
      happen({EffectKind::prohibition_ended, key, one.by, one.clause, static_cast<uint32_t>(one.with.value),
              now_});
    if (!still_runs(agreement)) return;
    if (agreement.state() == AgreementState::open &&
        holds(law_, agreement, agreement.text->entry_into_force, now_)) {
      happen(state_effect(key, AgreementState::in_force, now_));
      admit(key, Admission::founders);
    }
    if (is_in_operation(agreement.state())) admit(key, Admission::late);
    look_at_leaving(key);
    look_at_clauses(key);
    if (is_live(agreement.state()) && agreement.text->term && *agreement.text->term <= now_)
      happen(state_effect(key, AgreementState::terminated, now_));
  }

  enum class Admission : uint8_t { founders, late };
  void admit(AgreementKey key, Admission admission) {
    std::vector<PartyKey> joining;
    for (auto const& [party, spans] : law_.agreement(key).standing)
      if (spans.back().standing == Standing::contracting &&
          (admission == Admission::founders || joins_at(law_.agreement(key), spans) <= now_))
        joining.push_back(party);
    for (PartyKey party : joining) happen(standing_effect(key, party, Standing::party, now_));
  }

  // Suspension, resumption and withdrawal: what was declared, and what follows from it by now (standing.h).
  void look_at_leaving(AgreementKey key) {
    Agreement const& agreement = law_.agreement(key);
    if (suspension_is_complete(agreement)) happen({EffectKind::suspension_declared, key, {}, 0, 0, now_});
    for (PartyKey party : suspended_parts(agreement))
      if (resumption_is_complete(agreement, party))
        happen({EffectKind::suspension_ended, key, party, 0, 0, now_});
    for (auto const& [party, standing] : standings_due(key))
      happen(standing_effect(key, party, standing, now_));
    AgreementState const due = state_due(law_, key, now_);
    if (due == agreement.state()) return;
    if (due == AgreementState::terminated) happen({EffectKind::too_few_left, key, {}, 0, 0, now_});
    happen(state_effect(key, due, now_));
  }

  // None stands for the agreement as a whole.
  static std::vector<PartyKey> suspended_parts(Agreement const& agreement) {
    std::vector<PartyKey> all{PartyKey{}};
    for (auto const& [party, part] : agreement.parts) all.push_back(party);
    return all;
  }

  std::vector<std::pair<PartyKey, Standing>> standings_due(AgreementKey key) const {
    std::vector<std::pair<PartyKey, Standing>> changed;
    for (auto const& [party, spans] : law_.agreement(key).standing) {
      Standing const due = standing_due(law_, key, party, now_);
      if (due != spans.back().standing) changed.emplace_back(party, due);
    }
    return changed;
  }

  void look_at_clauses(AgreementKey key) {
    Agreement const& agreement = law_.agreement(key);
    for (uint32_t i = 0; i < agreement.clauses.size(); ++i) {
      model::Clause const& clause = agreement.text->clauses[i];
      bool const may_begin = is_live(agreement.state()) && agreement.clauses[i].applies_since == never;
      if (may_begin && holds(law_, agreement, clause.applies_from, now_))
        happen({EffectKind::clause_applies, key, {}, i, 0, now_});
      if (agreement.clauses[i].applies_since != never && agreement.clauses[i].applies_until == never &&
          clause.applies_until && holds(law_, agreement, *clause.applies_until, now_))
        happen({EffectKind::clause_ends, key, {}, i, 0, now_});
    }
  }

  Law& law_;
  UtcTime now_;
  std::vector<Effect> effects_;
  bool moved_ = false;
};

// Who has left has nothing declared any more; should it come back, it comes back without.
void take_standing(Agreement& agreement, PartyKey party, StandingSpan span) {
  agreement.standing[party].push_back(span);
  if (span.standing != Standing::former) return;
  agreement.parts.erase(party);
  agreement.asked.erase(party);
}

void earlier(UtcTime& deadline, UtcTime time, UtcTime now) {
  if (time > now) deadline = std::min(deadline, time);
}

void dates_of(Condition const& condition, UtcTime now, UtcTime& deadline) {
  if (condition.kind == Condition::Kind::date) earlier(deadline, condition.date, now);
  for (Condition const& part : condition.parts) dates_of(part, now, deadline);
}

}  // namespace

bool has_consented(Standing standing) { return standing == Standing::contracting || belongs(standing); }

bool holds(Law const& law, Agreement const& agreement, Condition const& condition, UtcTime now) {
  auto const consented = [&](PartyKey party) { return has_consented(agreement.standing_of(party)); };
  switch (condition.kind) {
    case Condition::Kind::consents_all:
      return std::ranges::all_of(agreement.text->participants,
                                 [&](model::Participant const& one) { return consented(one.party.party); });
    case Condition::Kind::consents_number:
      return std::ranges::count_if(agreement.standing, [](auto const& entry) {
               return has_consented(entry.second.back().standing);
             }) >= condition.number;
    case Condition::Kind::consents_of:
      return std::ranges::all_of(condition.parties,
                                 [&](model::Who const& who) { return consented(who.party); });
    case Condition::Kind::date: return now >= condition.date;
    case Condition::Kind::in_force: {
      if (condition.agreement_key.is_none()) return false;
      return law.agreement(condition.agreement_key).state() == AgreementState::in_force;
    }
    case Condition::Kind::all_of:
      return std::ranges::all_of(condition.parts,
                                 [&](Condition const& c) { return holds(law, agreement, c, now); });
    case Condition::Kind::any_of:
      return std::ranges::any_of(condition.parts,
                                 [&](Condition const& c) { return holds(law, agreement, c, now); });
    case Condition::Kind::entry_into_force: return agreement.state() == AgreementState::in_force;
  }
  return false;
}

std::vector<Effect> settle(Law& law, UtcTime now) { return Settling(law, now).run(); }

void apply_effect(Law& law, Effect const& effect) {
  Agreement& agreement = law.agreement(effect.agreement);
  switch (effect.kind) {
    case EffectKind::agreement_state:
      agreement.history.push_back({static_cast<AgreementState>(effect.value), effect.at});
      break;
    case EffectKind::standing:
      take_standing(agreement, effect.party, {static_cast<Standing>(effect.value), effect.at});
      break;
    case EffectKind::clause_applies: agreement.clauses[effect.clause].applies_since = effect.at; break;
    case EffectKind::clause_ends: agreement.clauses[effect.clause].applies_until = effect.at; break;
    case EffectKind::suspension_declared:
      agreement.suspension.begins = effect.at + agreement.text->suspension.notice;
      break;
    case EffectKind::suspension_ended: end_suspension(agreement, effect.party, effect.at); break;
    case EffectKind::prohibition_ended:
      agreement.ended_prohibitions.insert({effect.clause, effect.party, PartyKey(effect.value)});
      break;
    case EffectKind::too_few_left: agreement.ended_by_leaving = true; break;
  }
}

UtcTime next_deadline(Law const& law, UtcTime now) {
  UtcTime deadline = never;
  for (size_t number = 0; number < law.agreements.size(); ++number) {
    Agreement const& agreement = law.agreements[number];
    if (!still_runs(agreement)) continue;
    deadline = std::min(deadline, next_change(law, AgreementKey(number), now));
    if (agreement.state() == AgreementState::open) dates_of(agreement.text->entry_into_force, now, deadline);
    if (is_live(agreement.state()) && agreement.text->term) earlier(deadline, *agreement.text->term, now);
    for (size_t i = 0; i < agreement.clauses.size(); ++i) {
      model::Clause const& clause = agreement.text->clauses[i];
      if (is_live(agreement.state()) && agreement.clauses[i].applies_since == never)
        dates_of(clause.applies_from, now, deadline);
      if (clause.applies_until && agreement.clauses[i].applies_until == never)
        dates_of(*clause.applies_until, now, deadline);
    }
    for (auto const& [party, spans] : agreement.standing)
      if (spans.back().standing == Standing::contracting && is_in_operation(agreement.state()))
        earlier(deadline, joins_at(agreement, spans), now);
  }
  return deadline;
}

AgreementKey due_for_authentication(Law const& law) {
  for (size_t i = 0; i < law.agreements.size(); ++i)
    if (law.agreements[i].state() == AgreementState::tabled && every_participant_sponsored(law.agreements[i]))
      return AgreementKey(i);
  return {};
}

}  // namespace comity::state
