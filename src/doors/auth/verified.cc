#include "doors/auth/verified.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::auth {

std::optional<Principal> Verified::find(Digest const& name, int64_t now_us) const {
  std::lock_guard const lock(mutex_);
  auto const found = entries_.find(name);
  if (found == entries_.end() || now_us >= found->second.until_us) return std::nullopt;
  return found->second.principal;
}

bool Verified::knew(Digest const& name) const {
  std::lock_guard const lock(mutex_);
  return entries_.contains(name);
}

void Verified::keep(Digest const& name, Principal principal, OfficeKey office, int64_t now_us) {
  std::lock_guard const lock(mutex_);
  bool const is_new =
      entries_.insert_or_assign(name, Entry{std::move(principal), now_us + limits::credential_cache.us})
          .second;
  if (!is_new) return;
  order_[office].push_back(name);
  if (++named_ <= limits::credential_cache_entries) return;
  auto const most = std::ranges::max_element(order_, {}, [](auto const& one) { return one.second.size(); });
  entries_.erase(most->second.front());
  most->second.pop_front();
  --named_;
  if (most->second.empty()) order_.erase(most);
}

void Verified::drop(Digest const& name) {
  std::lock_guard const lock(mutex_);
  entries_.erase(name);
}

}  // namespace comity::auth
