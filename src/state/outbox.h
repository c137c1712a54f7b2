// What the centre has to tell subscribers of F3548 and has not told yet (model/to_tell.h).
//
// Bounded for each office by limits::to_tell: what has waited longest makes room, and its subscriber finds out by asking, as after any
// outage of its own. A table and no rule. Deterministic; thread rule: state.h.
#pragma once

#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "base/limits.h"
#include "model/to_tell.h"

namespace comity::state {

class Outbox {
 public:
  // `ended`: of surrogates, the notice that ended; 0: none did.
  void add(model::ToTell const& what, uint64_t ended = 0) {
    auto& of = offices_[what.office];
    model::WaitsSince& since = of[what];
    order_.erase({what.office, since.count});
    since.count = ++last_;
    if (ended != 0 && since.ended.size() < limits::surrogates_ended) since.ended.push_back(ended);
    order_[{what.office, since.count}] = what;
    if (of.size() > limits::to_tell) drop(order_.lower_bound({what.office, 0})->second);
  }
  // It was told as it was at that count; what changed since stays.
  void told(model::ToTell const& what, uint64_t count) {
    auto const office = offices_.find(what.office);
    if (office == offices_.end()) return;
    auto const found = office->second.find(what);
    if (found != office->second.end() && found->second.count == count) drop(what);
  }
  // A subscription has ended: whoever had it is told nothing more by it.
  void forget(OfficeKey office, model::EntityId subscription) {
    auto const of = offices_.find(office);
    if (of == offices_.end()) return;
    std::vector<model::ToTell> gone;
    for (auto one = of->second.lower_bound(
             {office, subscription, model::ToTell::Of::intent, OfficeKey(size_t{0}), {}});
         one != of->second.end() && one->first.subscription == subscription; ++one)
      gone.push_back(one->first);
    for (model::ToTell const& what : gone) drop(what);
  }
  std::map<OfficeKey, std::map<model::ToTell, model::WaitsSince>> const& all() const { return offices_; }
  bool empty() const { return offices_.empty(); }
  // Moves whenever something has to be told, or told anew.
  uint64_t added() const { return last_; }

  auto fields(this auto& self) { return std::tie(self.offices_, self.last_); }
  void complete() {
    order_.clear();
    for (auto const& [office, of] : offices_)
      for (auto const& [what, since] : of) order_[{office, since.count}] = what;
  }

 private:
  void drop(model::ToTell what) {
    auto const office = offices_.find(what.office);
    order_.erase({what.office, office->second.at(what).count});
    office->second.erase(what);
    if (office->second.empty()) offices_.erase(office);
  }

  std::map<OfficeKey, std::map<model::ToTell, model::WaitsSince>> offices_;
  uint64_t last_ = 0;
  std::map<std::pair<OfficeKey, uint64_t>, model::ToTell> order_;
};

}  // namespace comity::state
