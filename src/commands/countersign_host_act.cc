#include "commands/countersign_host_act.h"

#include "base/limits.h"
#include "base/mutant.h"
#include "commands/machine.h"
#include "commands/set_roles.h"

namespace comity::commands {

Ruling decide(Sight const& sight, CountersignHostAct const& command) {
  if (!may(sight, model::role::host)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_officer_act(sight)) return refused(*reason);
  auto const found = sight.behind.proposals.find(command.proposal);
  if (found == sight.behind.proposals.end() ||
      found->second.at + limits::countersign_within <= sight.context.time)
    return refused(ReasonCode::no_such_proposal);
  if (!mutated(Mutant::one_officer_is_enough) && found->second.by == PersonKey(sight.command.actor.key))
    return refused(ReasonCode::same_person);
  state::Law const& law = sight.view.law();
  bool const still_hers = is_officer(law, found->second.by) &&
                          law.people[found->second.by.value].officer_key.id == found->second.key;
  if (!still_hers) return refused(ReasonCode::no_such_proposal);
  return decide_body(sight, found->second.kind, found->second.body);
}

void apply(State& state, CountersignHostAct const& command, model::Record const& record) {
  auto const found = state.proposals.find(command.proposal);
  state::HostProposal const proposal = found->second;
  state.proposals.erase(found);
  model::Record inner = record;
  inner.payload = proposal.payload;
  inner.command.sealed = proposal.sealed;
  apply_body(state, proposal.kind, proposal.body, inner);
}

}  // namespace comity::commands
