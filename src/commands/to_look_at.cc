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
    for (model::Effect const& effect : effects) {
      touched.insert(effect.agreement);
      if (may_end_prohibition(effect.kind)) take_what_it_prohibited(effect.agreement, touched);
    }
    for (AgreementKey agreement : touched) take_under({agreement, {}, 0, limits::backlog_hops});
  }

  // Those that were taken.
  std::vector<state::Delayed> take_ended_delays(UtcTime time) {
    std::vector<state::Delayed> ended;
    for (state::Delayed const& one : state_.holdings.delayed) {
      auto const& [end, item, agreement] = one;
      if (end > time || !take({item, agreement}, limits::backlog_hops)) break;
      ended.push_back(one);
    }
    return ended;
  }

  void take_backlog() {
    auto const next = state::next_in(state_.holdings.backlog, state_.holdings.backlog_turn);
    if (next == state_.holdings.backlog.end()) return;
    auto const& [what, left] = *next;
    if (what.second.is_none())
      take_under({what.first, {}, left.from, left.hops});
    else if (what.second == model::published)
      take_referring_to_published({what.first, what.second, left.from, left.hops});
    else
      take_referring({what.first, what.second, left.from, left.hops});
  }

  Looked done() && { return std::move(looked_); }

 private:
  static bool may_end_prohibition(model::EffectKind kind) {
    return kind == model::EffectKind::agreement_state || kind == model::EffectKind::clause_ends ||
           kind == model::EffectKind::prohibition_ended;
  }

  // A prohibition between participants stops what would be given under any text; so its end gives under any.
  void take_what_it_prohibited(AgreementKey key, std::set<AgreementKey>& touched) const {
    state::Agreement const& one = state_.law.agreement(key);
    auto const reaches_out = [](model::Clause const& clause) {
      return clause.type == model::ClauseType::prohibit && clause.scope == model::Scope::between_participants;
    };
    if (std::ranges::none_of(one.text->clauses, reaches_out)) return;
    for (size_t i = 0; i < state_.law.agreements.size(); ++i) {
      auto const both = [&](auto const& entry) { return one.standing.contains(entry.first); };
      if (std::ranges::count_if(state_.law.agreements[i].standing, both) >= 2)
        touched.insert(AgreementKey(i));
    }
  }

  bool take(state::Contributed const& one, uint32_t hops) {
    bool const full = taken_ >= limits::looked_at_at_once || asked_ >= limits::asked_at_once;
    if (full && taken_ != 0) return false;
    ++taken_;
    auto const [offices, fresh] = offices_.try_emplace(one.agreement);
    if (fresh) offices->second = state_.law.participating(state_.law.agreement(one.agreement)).size();
    size_t const references = state_.holdings.item(one.item).facts.references.size();
    asked_ += offices->second * (1 + references / limits::references_in_question);
    looked_.now.push_back({one, hops});
    return true;
  }

  void take_under(model::Unfinished what) {
    auto const found = state_.holdings.contributed.find(what.agreement);
    if (found == state_.holdings.contributed.end()) return;
    for (; what.from < found->second.size(); ++what.from)
      if (!take({found->second[what.from], what.agreement}, what.hops)) return looked_.later.push_back(what);
  }

  void take_referring(model::Unfinished what) {
    auto const left =
        take_referring_to(state_.holdings.item(what.referred).head.id, what, ItemKey(what.from));
    if (!left) return;
    what.from = left->value;
    looked_.later.push_back(what);
  }

  // From the item on that the portion ends before; none if it holds all.
  std::optional<ItemKey> take_referring_to(std::string const& id, model::Unfinished const& what,
                                           ItemKey from) {
    auto const& all = state_.holdings.referring_to(id);
    for (auto next = std::ranges::lower_bound(all, from); next != all.end(); ++next)
      if (state_.holdings.item(*next).is_under(what.agreement) && !take({*next, what.agreement}, what.hops))
        return *next;
    return std::nullopt;
  }

  void take_referring_to_published(model::Unfinished what) {
    auto const& objects = state_.holdings.frameworks.objects;
    size_t const end = std::min(objects.size(), what.from + limits::published_at_once);
    for (size_t const first = what.from; what.from < end; ++what.from) {
      std::string const& id = objects[what.from].id;
      size_t const before = taken_;
      auto const left = take_referring_to(id, what, ItemKey(0u));
      if (!left) continue;
      if (what.from == first && taken_ > before) {  // more than a portion: what is left of it waits by itself
        looked_.later.push_back(rest_of(id, *left, what));
        ++what.from;
      }
      break;
    }
    if (what.from < objects.size()) looked_.later.push_back(what);
  }

  // By an item that has the id. Of a marking that nobody gave there is none: so much is marked by it that all of the
  // agreement is looked at.
  model::Unfinished rest_of(std::string const& id, ItemKey from, model::Unfinished what) const {
    auto const items = state_.holdings.with_id(id);
    what.referred = items.empty() ? ItemKey{} : items.front();
    what.from = items.empty() ? 0 : from.value;
    return what;
  }

  State const& state_;
  Looked looked_;
  size_t taken_ = 0, asked_ = 0;
  std::map<AgreementKey, size_t> offices_;
};

}  // namespace

Looked to_look_at(State const& state, std::vector<model::Effect> const& effects, UtcTime time, By by) {
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
    auto const next = state::next_in(holdings.backlog, holdings.backlog_turn);
    if (next != holdings.backlog.end()) {
      holdings.backlog_turn = next->first.first;
      holdings.backlog.erase(next);
    }
  }
  for (model::Unfinished const& one : record.ruling.unfinished) state::leave(holdings.backlog, one);
}

std::optional<model::Command> next_portion(State const& state, UtcTime now) {
  auto const& delayed = state.holdings.delayed;
  bool const ended = !delayed.empty() && std::get<UtcTime>(*delayed.begin()) <= now;
  bool const of_airspace = state.airspace.next_to_forget() <= now || state.airspace.next_to_do() <= now;
  bool const to_tell = state::next_to_tell(state) <= now;
  if (state.holdings.backlog.empty() && !ended && !of_airspace && !to_tell) return std::nullopt;
  model::Command command;
  command.kind = model::CommandKind::pulse;
  command.body = codec::encode(Pulse{});
  return command;
}

}  // namespace comity::commands
