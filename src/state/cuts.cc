#include "state/cuts.h"

namespace comity::state {

Cut Cuts::of(OfficeKey office, model::Actor const& user) const {
  Cut cut;
  if (auto const found = offices.find(office); found != offices.end()) cut = found->second;
  if (auto const found = users.find(user); found != users.end()) cut.sessions += found->second;
  return cut;
}

}  // namespace comity::state
