#include "commands/delete_item.h"

#include <algorithm>
#include <map>

#include "base/contains.h"
#include "base/limits.h"
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

// What follows where a contribution goes: who had the item by it has a duty, unless it still is given as much; and what another
// contribution gives instead is news (state/due.h).
class Consequences {
 public:
  Consequences(Sight const& sight, std::string const& id) : sight_(sight), holdings_(sight.behind.holdings) {
    size_t steps = 1;
    for (ItemKey key : holdings_.with_id(id)) steps += 1 + holdings_.item(key).had.size();
    questions_ = limits::deletion_work / steps;  // each looks through all of it
  }

  void take_back(ItemKey key, std::vector<AgreementKey> const& under) {
    Item after = holdings_.item(key);
    for (state::Contribution& one : after.contributions)
      if (one.office == sight_.view.office() && contains(under, one.agreement)) one.deleted = true;
    for (AgreementKey agreement : under) end(key, agreement, after);
  }

  Ruling ruling() && { return std::move(ruling_); }

 private:
  using Item = state::Item;

  void end(ItemKey key, AgreementKey agreement, Item& after) {
    model::Deletion deletion{key, agreement, {}};
    for (state::Had& had : after.had)
      if (had.agreement == agreement && had.by == sight_.view.office() && !had.ended &&
          !has_as_much(key, had, after))
        deletion.offices.push_back(had.office);
    if (deletion.offices.empty()) return;
    std::ranges::sort(deletion.offices);
    for (state::Had& had : after.had)
      if (had.agreement == agreement && contains_sorted(deletion.offices, had.office)) had.ended = true;
    if (after.is_under(agreement) && may_ask(participating(agreement)))
      release_instead(key, agreement, after);
    ruling_.deletions.push_back(std::move(deletion));
  }

  bool has_as_much(ItemKey key, state::Had const& had, Item const& after) {
    if (!after.is_under(had.agreement) || !may_ask(1)) return false;
    state::Lookahead ahead;
    ahead.fresh = &after, ahead.fresh_key = key;
    auto const now = state::disclosure({sight_.view.law(), holdings_, sight_.context.time, &ahead},
                                       had.office, key, had.agreement);
    model::EditionForm const& form = holdings_.forms[had.form];
    return now.given && (now.form == form || state::finer(now.form, form));
  }

  void release_instead(ItemKey key, AgreementKey agreement, Item const& after) {
    state::Due due = state::releases_due(sight_.view.law(), holdings_, sight_.context.time,
                                         {{{key, agreement}}}, &after, key);
    for (model::Release& one : due.releases) ruling_.releases.push_back(std::move(one));
    for (model::Unfinished const& one : due.unfinished) ruling_.unfinished.push_back(one);
  }

  // Beyond what one record may ask, what was had counts as lost, and what is given instead is found by who asks for it.
  bool may_ask(size_t questions) {
    if (questions > questions_) return false;
    questions_ -= questions;
    return true;
  }
  size_t participating(AgreementKey agreement) const {
    return sight_.view.law().participating(sight_.view.law().agreement(agreement)).size();
  }

  Sight const& sight_;
  state::Holdings const& holdings_;
  size_t questions_;
  Ruling ruling_ = model::accepted();
};

}  // namespace

Ruling decide(Sight const& sight, DeleteItem const& command) {
  if (!may(sight, model::role::releasing, model::right::contribute))
    return refused(ReasonCode::not_permitted);
  if (!command.agreement.empty() && sight.view.agreement(command.agreement).is_none())
    return refused(ReasonCode::unknown_agreement, command.agreement);
  std::map<ItemKey, std::vector<AgreementKey>> meant;
  for_each_meant(sight.view, sight.behind.holdings, command, [&](ItemKey key, size_t number) {
    AgreementKey const agreement = sight.behind.holdings.item(key).contributions[number].agreement;
    if (!contains(meant[key], agreement)) meant[key].push_back(agreement);
  });
  if (meant.empty()) return refused(ReasonCode::unknown_item, command.id);
  Consequences consequences(sight, command.id);
  for (auto const& [key, under] : meant) consequences.take_back(key, under);
  return std::move(consequences).ruling();
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
