#include "commands/set_availability.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/airspace.h"
#include "state/shown_airspace.h"

namespace comity::commands {
namespace {

bool is_own(Sight const& sight, std::string const& uss) {
  state::Law const& law = sight.behind.law;
  return std::ranges::any_of(law.clients, [&](model::Client const& client) {
    return client.revoked == 0 && state::system_name(client) == uss &&
           law.party_of(client.office) == sight.view.party();
  });
}

// D7: two parties may have a system of one name.
std::string name_of(State const& state, PartyKey party, std::string const& uss) {
  return state.airspace.one_namespace ? uss : state::availability_name(state.law, party, uss);
}

}  // namespace

Ruling decide(Sight const& sight, SetAvailability const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  bool const known = command.availability <= model::Availability::down;
  if (!known || command.uss.empty() || command.uss.size() > limits::subject_bytes ||
      command.next.kind != model::Ovn::Kind::minted)
    return refused(ReasonCode::malformed);
  state::Airspace const& airspace = sight.behind.airspace;
  if (!airspace.one_namespace && !is_own(sight, command.uss)) return refused(ReasonCode::not_owner);
  auto const now = airspace.availability.find(name_of(sight.behind, sight.view.party(), command.uss));
  bool const is_set = now != airspace.availability.end();
  bool const agrees = is_set ? command.at == model::seen({}, now->second.version) : !command.at;
  if (!agrees) return refused(ReasonCode::stale_ovn);  // A2
  if (!is_set && airspace.availability.size() >= limits::subjects) return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, SetAvailability const& command, model::Record const& record) {
  PartyKey const party = state.law.party_of(record.command.office);
  state.airspace.availability[name_of(state, party, command.uss)] = {command.availability, command.next};
}

}  // namespace comity::commands
