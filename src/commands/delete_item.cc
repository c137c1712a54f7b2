#include "commands/delete_item.h"

#include "base/contains.h"
#include "commands/machine.h"
#include "commands/taking_back.h"

namespace comity::commands {
namespace {

// The contributions the command is about: of the author's own office, which is all an office may take back.
void for_each_meant(state::View const& view, state::Holdings const& holdings, DeleteItem const& command,
                    auto&& visit) {
  AgreementKey const only = command.agreement.empty() ? AgreementKey{} : view.agreement(command.agreement);
  for (ItemKey key : holdings.with_id(command.id)) {
    state::Item const& item = holdings.item(key);
    if (item.originator != view.party()) continue;
    if (!command.version.empty() && item.head.version != command.version) continue;
    for (size_t i = 0; i < item.contributions.size(); ++i) {
      state::Contribution const& one = item.contributions[i];
      if (one.office != view.office() || one.deleted) continue;
      if (command.agreement.empty() || one.agreement == only) visit(key, i);
    }
  }
}

}  // namespace

Ruling decide(Sight const& sight, DeleteItem const& command) {
  bool const open =
      sight.view.law().arrangement.has_value();  // then whoever reads and writes a collection deletes there
  if (!open && !may(sight, model::role::releasing, model::right::contribute))
    return refused(ReasonCode::not_permitted);
  AgreementKey const named = sight.view.agreement(command.agreement);
  if ((open || !command.agreement.empty()) && named.is_none())
    return refused(ReasonCode::unknown_agreement, command.agreement);
  if (open && !(sight.view.reads_collection(named) && sight.view.writes_collection(named)))
    return refused(ReasonCode::not_permitted);
  TakenBack meant;
  for_each_meant(sight.view, sight.behind.holdings, command, [&](ItemKey key, size_t number) {
    AgreementKey const agreement = sight.behind.holdings.item(key).contributions[number].agreement;
    if (!contains(meant[key], agreement)) meant[key].push_back(agreement);
  });
  if (meant.empty()) return refused(ReasonCode::unknown_item, command.id);
  return taking_back(sight, meant);
}

void apply(State& state, DeleteItem const& command, model::Record const& record) {
  state::View const view = state.view(viewer_of(state.law, record.command));
  for_each_meant(view, state.holdings, command, [&](ItemKey key, size_t number) {
    state::Item& item = state.holdings.items[key.value];
    item.contributions[number].deleted = true;
    // The journal destroys facts and payload; so does the state, or a replay would not give the same one.
    if (item.is_gone()) state.holdings.destroy(key);
  });
}

}  // namespace comity::commands
