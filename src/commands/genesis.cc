#include "commands/genesis.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {

Ruling decide(Sight const& sight, Genesis const& command) {
  if (sight.context.index != 0) return refused(ReasonCode::not_permitted);
  if (command.origin.empty() || command.origin.size() > limits::name_bytes)
    return refused(ReasonCode::malformed, "/origin");
  // B16: a centre whose host holds the parties' keys says so in its name for ever.
  if (command.demo != command.origin.starts_with("demo.")) return refused(ReasonCode::malformed, "/origin");
  if (!model::is_slug(command.host_slug) || model::is_reserved(command.host_slug))
    return refused(ReasonCode::malformed, "/host_slug");
  if (!model::is_slug(command.host_office)) return refused(ReasonCode::malformed, "/host_office");
  std::set<std::string> people, keys;
  for (Officer const& officer : command.officers) {
    if (!model::is_slug(officer.slug)) return refused(ReasonCode::malformed, "/officers");
    people.insert(officer.slug);
    keys.insert(officer.key_id);
  }
  if (people.size() < 2 || people.size() != command.officers.size() || keys.size() != people.size())
    return refused(ReasonCode::malformed, "/officers");
  for (std::string const* identity : {&command.identity, &command.host_identity})
    if (!is_identity(*identity)) return refused(ReasonCode::malformed, "/identity");
  return model::accepted();
}

void apply(State& state, Genesis const& command, model::Record const& record) {
  state.centre = {command.centre_name, command.origin, command.demo, command.identity, record.time};
  if (!command.identity.empty()) state.law.identities[command.identity] = {};
  model::Party host;
  host.slug = command.host_slug;
  host.kind = model::PartyKind::organisation;
  host.name = command.host_name;
  host.founding_key = command.host_key_id;
  host.keys.push_back({command.host_key_id, command.host_key, model::KeyPurpose::bind, 0, 0});
  state.law.host = PartyKey(state.law.parties.size());
  host.registered = record.time;
  host.identity = command.host_identity;
  if (!host.identity.empty()) state.law.identities[host.identity] = state.law.host;
  state.law.parties.push_back(std::move(host));
  OfficeKey const office(state.law.offices.size());
  state.law.offices.push_back({state.law.host, command.host_slug + "/" + command.host_office});
  for (Officer const& officer : command.officers) {
    model::Person person;
    person.party = state.law.host;
    person.name = officer.slug + "@" + command.host_slug;
    person.roles[office] = model::role::host | model::role::admin;
    person.officer_key = {officer.key_id, officer.key, model::KeyPurpose::officer, 0, 0};
    state.law.people.push_back(std::move(person));
  }
}

}  // namespace comity::commands
