#include "commands/to_look_at.h"

#include <set>

#include "base/limits.h"

namespace comity::commands {

ToLookAt to_look_at(state::Holdings const& holdings, std::vector<model::Effect> const& effects, UtcTime time,
                    Delays delays) {
  ToLookAt looked;
  std::set<AgreementKey> touched;
  for (model::Effect const& effect : effects) touched.insert(effect.agreement);
  for (AgreementKey agreement : touched)
    for (state::Contributed const& one : state::contributions_under(holdings, agreement))
      (looked.now.size() < limits::looked_at_at_once ? looked.now : looked.later).push_back(one);
  if (delays == Delays::none) return looked;
  for (state::Delayed const& one : holdings.delayed) {
    auto const& [end, item, agreement] = one;
    if (end > time || looked.now.size() >= limits::looked_at_at_once) break;
    looked.now.push_back({item, agreement});
    looked.ended.push_back(one);
  }
  return looked;
}

void defer(state::Holdings& holdings, ToLookAt const& looked, UtcTime time) {
  for (state::Delayed const& one : looked.ended) holdings.delayed.erase(one);
  for (state::Contributed const& one : looked.later) holdings.delayed.emplace(time, one.item, one.agreement);
}

}  // namespace comity::commands
