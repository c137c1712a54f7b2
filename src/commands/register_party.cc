#include "commands/register_party.h"

#include <set>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {

// Of recovery keys as many as are needed and none twice; none at all is well too.
static bool are_sound(RegisterParty const& command) {
  std::set<std::string> ids{command.key_id};
  for (NewKey const& one : command.recovery_keys)
    if (one.purpose != model::KeyPurpose::recovery || !one.acts.empty() || !ids.insert(one.id).second)
      return false;
  size_t const count = command.recovery_keys.size(), needed = command.recovery_needed;
  return count <= limits::keys_in_act && needed <= count && (needed != 0) == (count != 0);
}

Ruling decide(Sight const& sight, RegisterParty const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  if (sight.behind.law.arrangement) return refused(ReasonCode::not_permitted);  // it is of one party
  if (!model::is_slug(command.slug)) return refused(ReasonCode::malformed, "/slug");
  if (command.name.empty() || command.name.size() > limits::name_bytes)
    return refused(ReasonCode::malformed, "/name");
  if (!model::is_slug(command.office)) return refused(ReasonCode::malformed, "/office");
  if (!model::is_slug(command.admin)) return refused(ReasonCode::malformed, "/admin");
  if (command.kind < model::PartyKind::state || command.kind > model::PartyKind::company)
    return refused(ReasonCode::malformed, "/kind");
  bool const may_have_identity = command.listing == model::Listing::listed;
  if (!is_identity(command.identity) || (!may_have_identity && !command.identity.empty()))
    return refused(ReasonCode::malformed, "/identity");
  if (!are_sound(command)) return refused(ReasonCode::malformed, "/recovery_keys");
  if (model::is_reserved(command.slug)) return refused(ReasonCode::reserved_name, command.slug);
  if (sight.behind.law.find_party(command.slug)) return refused(ReasonCode::name_taken, command.slug);
  return model::accepted();
}

void apply(State& state, RegisterParty const& command, model::Record const& record) {
  PartyKey const party(state.law.parties.size());
  OfficeKey const office(state.law.offices.size());
  model::Party made;
  made.slug = command.slug;
  made.kind = command.kind;
  made.listing = command.listing;
  made.name = command.name;
  made.founding_key = command.key_id;
  made.keys.push_back({command.key_id, command.key, model::KeyPurpose::bind, record.index, 0});
  for (NewKey const& one : command.recovery_keys) made.keys.push_back(one.entry(record.index));
  made.recovery_needed = command.recovery_needed;
  made.identity = command.identity;
  made.registered = record.time;
  if (!made.identity.empty()) state.law.identities[made.identity] = party;
  state.law.parties.push_back(std::move(made));
  state.law.offices.push_back({party, command.slug + "/" + command.office, command.listing});
  model::Person admin;
  admin.party = party;
  admin.name = command.admin + "@" + command.slug;
  admin.roles[office] = model::role::admin | model::role::signing | model::role::releasing |
                        model::role::watch | model::role::audit;
  admin.credential = record.payload;
  state.law.people.push_back(std::move(admin));
}

}  // namespace comity::commands
