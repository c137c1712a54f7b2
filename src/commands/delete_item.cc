#include "commands/delete_item.h"

#include <algorithm>

#include "commands/machine.h"

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

bool is_given(State const& state, OfficeKey office, ItemKey key, AgreementKey agreement, UtcTime time) {
  return state::disclosure({state.law, state.holdings, time}, office, key, agreement).given;
}

// Who is given it under the agreement of this contribution, through whichever contribution. Asked only where another one
// stands: else all who had it have lost it.
std::vector<OfficeKey> those_who_have(State const& state, ItemKey key, size_t number, UtcTime time) {
  std::vector<OfficeKey> all;
  state::Item const& item = state.holdings.item(key);
  AgreementKey const agreement = item.contributions[number].agreement;
  auto const stands = [&](auto const& one) { return one.stands_under(agreement); };
  if (std::ranges::count_if(item.contributions, stands) < 2) return all;
  for (state::Had const& had : item.had)
    if (had.agreement == agreement && is_given(state, had.office, key, agreement, time))
      all.push_back(had.office);
  return all;
}

// G9: who loses it by this has a duty, and when nothing stands any more, everyone who ever had it.
void add_duties(State& state, ItemKey key, AgreementKey agreement, std::vector<OfficeKey> const& before,
                UtcTime time) {
  if (state.holdings.item(key).is_under(agreement)) {
    for (OfficeKey office : before)
      if (!is_given(state, office, key, agreement, time))
        state.holdings.add_duty(key, agreement, office, time);
    return;
  }
  std::vector<OfficeKey> had;
  for (state::Had const& one : state.holdings.item(key).had)
    if (one.agreement == agreement) had.push_back(one.office);
  for (OfficeKey office : had) state.holdings.add_duty(key, agreement, office, time);
}

}  // namespace

Ruling decide(Sight const& sight, DeleteItem const& command) {
  if (!may(sight, model::role::releasing, model::right::contribute))
    return refused(ReasonCode::not_permitted);
  if (!command.agreement.empty() && sight.view.agreement(command.agreement).is_none())
    return refused(ReasonCode::unknown_agreement, command.agreement);
  size_t meant = 0;
  for_each_meant(sight.view, sight.behind.holdings, command, [&](ItemKey, size_t) { ++meant; });
  return meant == 0 ? refused(ReasonCode::unknown_item, command.id) : model::accepted();
}

void apply(State& state, DeleteItem const& command, model::Record const& record) {
  state::View const view = state.view(viewer_of(state.law, record.command));
  for_each_meant(view, state.holdings, command, [&](ItemKey key, size_t number) {
    state::Item& item = state.holdings.items[key.value];
    std::vector<OfficeKey> const before = those_who_have(state, key, number, record.time);
    item.contributions[number].deleted = true;
    add_duties(state, key, item.contributions[number].agreement, before, record.time);
    // The journal destroys facts and payload; so does the state, or a replay would not give the same one.
    if (item.is_gone()) state.holdings.destroy(key);
  });
}

}  // namespace comity::commands
