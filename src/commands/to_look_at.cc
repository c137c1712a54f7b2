#include "commands/to_look_at.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "codec/codec.h"
#include "commands/pulse.h"

namespace comity::commands {
namespace {

// One portion, filled in this order, so that what stands before the backlog in it never depends on facts.
class Portion {
 public:
  explicit Portion(State const& state) : state_(state) {}

  void take_what_effects_touch(std::vector<model::Effect> const& effects) {
    std::set<AgreementKey> touched;
    for (model::Effect const& effect : effects) touched.insert(effect.agreement);
    for (AgreementKey agreement : touched) take_under({agreement, {}, 0});
  }

  // Those that were taken.
  std::vector<state::Delayed> take_ended_delays(UtcTime time) {
    std::vector<state::Delayed> ended;
    for (state::Delayed const& one : state_.holdings.delayed) {
      auto const& [end, item, agreement] = one;
      if (end > time || !take(looked_.now.itself, {item, agreement})) break;
      ended.push_back(one);
    }
    return ended;
  }

  void take_backlog() {
    if (state_.holdings.backlog.empty()) return;
    auto const& [what, from] = *state_.holdings.backlog.begin();
    if (what.second.is_none())
      take_under({what.first, {}, from});
    else
      take_referring({what.first, what.second, from});
  }

  ToLookAt done() && { return std::move(looked_); }

 private:
  bool take(std::vector<state::Contributed>& into, state::Contributed const& one) {
    bool const full = taken_ >= limits::looked_at_at_once || asked_ >= limits::asked_at_once;
    if (full && taken_ != 0) return false;
    ++taken_;
    auto const [offices, fresh] = offices_.try_emplace(one.agreement);
    if (fresh) offices->second = state_.law.participating(state_.law.agreement(one.agreement)).size();
    asked_ += offices->second;
    into.push_back(one);
    return true;
  }

  void take_under(model::Unfinished what) {
    auto const found = state_.holdings.contributed.find(what.agreement);
    if (found == state_.holdings.contributed.end()) return;
    for (; what.from < found->second.size(); ++what.from)
      if (!take(looked_.now.by_law, {found->second[what.from], what.agreement}))
        return looked_.later.push_back(what);
  }

  void take_referring(model::Unfinished what) {
    auto const& all = state_.holdings.referring_to(state_.holdings.item(what.referred).head.id);
    for (auto next = std::ranges::lower_bound(all, ItemKey(what.from)); next != all.end(); ++next) {
      state::Contribution const* made = state_.holdings.item(*next).contribution(what.agreement);
      if (!made || made->deleted || take(looked_.now.itself, {*next, what.agreement})) continue;
      what.from = next->value;
      return looked_.later.push_back(what);
    }
  }

  State const& state_;
  ToLookAt looked_;
  size_t taken_ = 0, asked_ = 0;
  std::map<AgreementKey, size_t> offices_;
};

}  // namespace

ToLookAt to_look_at(State const& state, std::vector<model::Effect> const& effects, UtcTime time, By by) {
  Portion portion(state);
  portion.take_what_effects_touch(effects);
  if (by == By::pulse) {
    portion.take_ended_delays(time);
    portion.take_backlog();
  }
  return std::move(portion).done();
}

void defer(State& state, model::Record const& record) {
  state::Holdings& holdings = state.holdings;
  if (record.command.kind == model::CommandKind::pulse) {
    Portion portion(state);
    portion.take_what_effects_touch(record.ruling.effects);
    for (state::Delayed const& one : portion.take_ended_delays(record.time)) holdings.delayed.erase(one);
    if (!holdings.backlog.empty()) holdings.backlog.erase(holdings.backlog.begin());
  }
  for (model::Unfinished const& one : record.ruling.unfinished) {
    auto const place = holdings.backlog.try_emplace({one.agreement, one.referred}, one.from).first;
    place->second = std::min(place->second, one.from);
  }
}

std::optional<model::Command> next_portion(State const& state) {
  if (state.holdings.backlog.empty()) return std::nullopt;
  model::Command command;
  command.kind = model::CommandKind::pulse;
  command.body = codec::encode(Pulse{});
  return command;
}

}  // namespace comity::commands
