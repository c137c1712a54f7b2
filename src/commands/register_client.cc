#include "commands/register_client.h"

#include <algorithm>

#include "commands/set_subject.h"
#include "model/names.h"

namespace comity::commands {

// A user of an open arrangement is called by the slug alone, and what each may do its collections say. A name that was
// revoked may be given again there, since clients keep the names they have.
static std::string name_of(state::Law const& law, RegisterClient const& command) {
  return law.arrangement ? command.slug : command.office + "/" + command.slug;
}

static Ruling check_subject(Sight const& sight, RegisterClient const& command, OfficeKey office) {
  state::Law const& law = sight.view.law();
  uint32_t const issuer = law.find_issuer(sight.view.party(), command.issuer);
  if (issuer == model::no_issuer || law.issuers[issuer].revoked != 0)
    return refused(ReasonCode::unknown_issuer, command.issuer);
  if (!law.issuers[issuer].speaks_for(office)) return refused(ReasonCode::not_for_office, command.office);
  for (model::Client const& other : law.clients)
    if (other.issuer == issuer && other.subject == command.subject && other.revoked == 0)
      return refused(ReasonCode::name_taken, command.subject);
  return model::accepted();
}

Ruling decide(Sight const& sight, RegisterClient const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  OfficeKey const office = sight.view.office(command.office);
  if (office.is_none() || law.party_of(office) != sight.view.party())
    return refused(ReasonCode::unknown_office, command.office);
  if (!model::is_slug(command.slug)) return refused(ReasonCode::malformed, "/slug");
  constexpr model::Rights all =
      model::right::read | model::right::contribute | model::right::file | model::right::acknowledge;
  bool const needs_rights = !law.arrangement;
  if ((needs_rights && command.rights == 0) || (command.rights & ~all) != 0)
    return refused(ReasonCode::malformed, "/rights");
  if (!is_said_well(command.issuer, command.subject)) return refused(ReasonCode::malformed, "/subject");
  auto const own = std::ranges::count_if(
      law.clients, [&](auto const& client) { return law.party_of(client.office) == sight.view.party(); });
  if (own >= law.quota(model::Quota::clients)) return refused(ReasonCode::quota);
  if (law.arrangement && office != law.arrangement->office)
    return refused(ReasonCode::unknown_office, command.office);
  if (!command.issuer.empty())
    if (Ruling refusal = check_subject(sight, command, office); !refusal.accepted()) return refusal;
  if (law.find_client(name_of(law, command))) return refused(ReasonCode::name_taken, command.slug);
  return model::accepted();
}

void apply(State& state, RegisterClient const& command, model::Record const& record) {
  if (ClientKey const known = state.law.find_client(name_of(state.law, command))) {
    model::Client& again = state.law.clients[known.value];
    again.revoked = 0, again.credential = record.payload, again.tokens_since = record.index;
    return;
  }
  model::Client client;
  client.office = state.law.find_office(command.office);
  client.name = name_of(state.law, command);
  if (!state.law.arrangement) client.rights = command.rights;
  client.credential = record.payload;
  if (!command.issuer.empty()) {
    client.issuer = state.law.find_issuer(state.law.party_of(client.office), command.issuer);
    client.subject = command.subject;
  }
  state.law.clients.push_back(std::move(client));
}

}  // namespace comity::commands
