#include "commands/register_office.h"

#include <algorithm>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {

static std::string full_name(state::Law const& law, PartyKey party, std::string const& slug) {
  return law.party(party).slug + "/" + slug;
}

// Where the party takes part as a whole, its new office does too, and may have what is there already.
static std::vector<model::Unfinished> what_it_comes_into(State const& state, PartyKey party) {
  std::vector<model::Unfinished> all;
  for (auto const& [key, items] : state.holdings.contributed) {
    auto const& participants = state.law.agreement(key).text->participants;
    auto const own = std::ranges::find(participants, party, [](auto const& one) { return one.party.party; });
    if (!items.empty() && own != participants.end() && own->offices.empty()) all.push_back({key, {}, 0, 0});
  }
  return all;
}

Ruling decide(Sight const& sight, RegisterOffice const& command) {
  state::Law const& law = sight.view.law();
  PartyKey const party = sight.view.party();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_act(sight)) return refused(*reason);
  if (!model::is_slug(command.slug)) return refused(ReasonCode::malformed, "/slug");
  auto const own =
      std::ranges::count_if(law.offices, [&](auto const& office) { return office.party == party; });
  if (static_cast<size_t>(own) >= limits::offices_per_party) return refused(ReasonCode::quota);
  if (law.find_office(full_name(law, party, command.slug)))
    return refused(ReasonCode::name_taken, command.slug);
  Ruling ruling = model::accepted();
  ruling.unfinished = what_it_comes_into(sight.behind, party);
  return ruling;
}

void apply(State& state, RegisterOffice const& command, model::Record const& record) {
  PartyKey const party = state.law.party_of(record.command.office);
  state.law.offices.push_back({party, full_name(state.law, party, command.slug), command.listing});
}

}  // namespace comity::commands
