#include "sequencer/preview_filings.h"

#include <optional>

#include "codec/codec.h"
#include "commands/all.h"
#include "commands/would_tell.h"

namespace comity::sequencer {
namespace {

using model::CommandKind;
using model::EntityId;

template <class Body>
std::optional<EntityId> id_in(model::Command const& command) {
  auto const body = codec::decode<Body>(command.body);
  return body ? std::optional(body->id) : std::nullopt;
}

// The kind by which such a thing is filed, and its id.
struct Named {
  CommandKind filed_by = CommandKind::put_intent;
  std::optional<EntityId> id;
};
Named named_by(model::Command const& command) {
  switch (command.kind) {
    case CommandKind::put_intent: return {CommandKind::put_intent, id_in<commands::PutIntent>(command)};
    case CommandKind::delete_intent: return {CommandKind::put_intent, id_in<commands::DeleteIntent>(command)};
    case CommandKind::put_constraint:
      return {CommandKind::put_constraint, id_in<commands::PutConstraint>(command)};
    case CommandKind::delete_constraint:
      return {CommandKind::put_constraint, id_in<commands::DeleteConstraint>(command)};
    case CommandKind::put_site: return {CommandKind::put_site, id_in<commands::PutSite>(command)};
    case CommandKind::reconfirm_site: return {CommandKind::put_site, id_in<commands::ReconfirmSite>(command)};
    case CommandKind::withdraw_site: return {CommandKind::put_site, id_in<commands::WithdrawSite>(command)};
    default: return {};
  }
}

}  // namespace

template <class Entities>
void BorrowedFilings::take(Entities& into, Entities const& from, state::State const& state, OfficeKey office,
                           EntityId const& id) {
  auto const key = from.find(state.airspace.scope_of(office), id);
  if (key.is_none() || from[key].owner.office != office) return;
  auto lent = from[key];
  if constexpr (requires { lent.url; })
    lent.url = copy_.airspace.urls.add(state.airspace.urls.text(lent.url));
  if constexpr (requires { lent.subscription; })
    lent.subscription = {};  // it ends or grows with nothing here
  into.add(copy_.airspace.scope_of(office), std::move(lent));
}

void BorrowedFilings::borrow(state::State const& from, model::Command const& command) {
  auto const [filed_by, id] = named_by(command);
  if (!id || !taken_.insert({filed_by, *id}).second) return;
  state::Airspace const& all = from.airspace;
  state::Airspace& copy = copy_.airspace;
  if (filed_by == CommandKind::put_intent) take(copy.intents, all.intents, from, command.office, *id);
  if (filed_by == CommandKind::put_constraint)
    take(copy.constraints, all.constraints, from, command.office, *id);
  if (filed_by == CommandKind::put_site) take(copy.sites, all.sites, from, command.office, *id);
}

std::vector<model::WouldTell> told_of_filing(state::State const& copy, state::View const& author,
                                             model::Command const& command) {
  auto const [filed_by, id] = named_by(command);
  if (!id) return {};
  state::Airspace const& airspace = copy.airspace;
  OfficeKey const office = command.office, scope = airspace.scope_of(office);
  if (filed_by == CommandKind::put_intent)
    if (IntentKey const key = airspace.intents.find(scope, *id))
      return commands::would_tell(author, commands::filed_as(office, airspace.intents[key]));
  if (filed_by == CommandKind::put_site)
    if (SiteKey const key = airspace.sites.find(scope, *id))
      return commands::would_tell(author, commands::filed_as(office, airspace.sites[key]));
  if (filed_by == CommandKind::put_constraint)
    if (ConstraintKey const key = airspace.constraints.find(scope, *id))
      return commands::would_tell_of_zone(author, airspace.constraints[key].hull,
                                          airspace.constraints[key].extents);
  return {};
}

}  // namespace comity::sequencer
