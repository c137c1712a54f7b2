#include "commands/resume.h"

#include "state/standing.h"

namespace comity::commands {
namespace {

using state::Agreement;
using state::DeclaredSuspension;

// Whether the party's word counts for the suspension of that part; none: for that of the agreement.
bool is_asked(Agreement const& agreement, PartyKey suspended, PartyKey party) {
  bool const all = agreement.text->suspension.resume == model::ResumeBy::all;
  return all || suspended.is_none() || suspended == party;
}

// What the party has a say in.
std::vector<DeclaredSuspension*> suspensions(Agreement& agreement, PartyKey party) {
  std::vector<DeclaredSuspension*> found;
  if (agreement.suspension.is_declared()) found.push_back(&agreement.suspension);
  for (auto& [suspended, part] : agreement.parts)
    if (part.suspension.is_declared() && is_asked(agreement, suspended, party))
      found.push_back(&part.suspension);
  return found;
}

// It has no effect yet, so whoever declared it takes it back alone.
bool take_back(Agreement& agreement, PartyKey party, UtcTime time) {
  if (agreement.suspension.begins > time && agreement.asked.erase(party) != 0) {
    agreement.suspension = {};
    return true;
  }
  auto const part = agreement.parts.find(party);
  bool const waits = part != agreement.parts.end() && part->second.suspension.is_declared() &&
                     part->second.suspension.begins > time;
  if (waits) part->second.suspension = {};
  return waits;
}

// False: the party has said all this already.
bool agree(Agreement& agreement, PartyKey party, bool including_gap, UtcTime time) {
  bool news = take_back(agreement, party, time);
  for (DeclaredSuspension* one : suspensions(agreement, party)) {
    news |= one->resumed.insert(party).second;
    if (including_gap) news |= one->with_gap.insert(party).second;
  }
  return news;
}

bool is_concerned(Agreement const& agreement, PartyKey party) {
  Agreement copy = agreement;
  return copy.asked.contains(party) || !suspensions(copy, party).empty();
}

}  // namespace

Ruling decide(Sight const& sight, Resume const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  Agreement const& agreement = sight.view.law().agreement(found.key);
  PartyKey const party = sight.view.party();
  if (!state::belongs(agreement.standing_of(party)))
    return refused(ReasonCode::not_a_party, command.agreement);
  if (state::is_unconfirmed(agreement, party)) return refused(ReasonCode::not_confirmed, command.agreement);
  if (!state::still_runs(agreement)) return refused(ReasonCode::wrong_state, command.agreement);
  if (!is_concerned(agreement, party)) return refused(ReasonCode::no_suspension, command.agreement);
  Agreement copy = agreement;
  if (!agree(copy, party, command.including_gap, sight.context.time))
    return refused(ReasonCode::already_done, command.agreement);
  return accepted_with(sight, [&](state::Law& law) {
    agree(law.agreement(found.key), party, command.including_gap, sight.context.time);
  });
}

void apply(State& state, Resume const& command, model::Record const& record) {
  Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  agree(agreement, state.law.party_of(record.command.office), command.including_gap, record.time);
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
