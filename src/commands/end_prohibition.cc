#include "commands/end_prohibition.h"

#include <optional>

#include "state/in_force.h"
#include "state/leaving.h"
#include "state/standing.h"

namespace comity::commands {
namespace {

std::optional<uint32_t> prohibition(state::Agreement const& agreement, std::string const& id) {
  for (size_t i = 0; i < agreement.text->clauses.size(); ++i)
    if (agreement.text->clauses[i].id == id && agreement.text->clauses[i].type == model::ClauseType::prohibit)
      return static_cast<uint32_t>(i);
  return std::nullopt;
}

}  // namespace

Ruling decide(Sight const& sight, EndProhibition const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  PartyKey const party = sight.view.party(), with = sight.view.party(command.with);
  if (state::is_unconfirmed(agreement, party)) return refused(ReasonCode::not_confirmed, command.agreement);
  auto const clause = prohibition(agreement, command.clause);
  if (!clause) return refused(ReasonCode::no_prohibition, command.clause);
  bool const known = !with.is_none() && with != party && sight.view.knows_membership(found.key) &&
                     agreement.standing.contains(with);
  if (!known) return refused(ReasonCode::unknown_party, command.with);
  state::ProhibitionConsent const consent{*clause, party, with};
  if (agreement.prohibition_consents.contains(consent))
    return refused(ReasonCode::already_done, command.clause);
  bool const has_left =
      state::left_at(agreement, party).has_value();  // and is not told what became of it (B9)
  if (!has_left && !state::in_force(agreement, *clause, party, with))
    return refused(ReasonCode::no_prohibition, command.clause);
  return accepted_with(
      sight, [&](state::Law& law) { law.agreement(found.key).prohibition_consents.insert(consent); });
}

void apply(State& state, EndProhibition const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  agreement.prohibition_consents.insert({prohibition(agreement, command.clause).value_or(0),
                                         state.law.party_of(record.command.office),
                                         state.law.find_party(command.with)});
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
