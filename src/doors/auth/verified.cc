#include "doors/auth/verified.h"

#include "base/limits.h"

namespace comity::auth {

std::optional<Principal> Verified::find(Digest const& name, int64_t now_us) const {
  std::lock_guard const lock(mutex_);
  auto const found = entries_.find(name);
  if (found == entries_.end() || now_us >= found->second.until_us) return std::nullopt;
  return found->second.principal;
}

void Verified::keep(Digest const& name, Principal principal, int64_t now_us) {
  std::lock_guard const lock(mutex_);
  bool const is_new =
      entries_.insert_or_assign(name, Entry{std::move(principal), now_us + limits::credential_cache.us})
          .second;
  if (!is_new) return;
  order_.push_back(name);
  if (order_.size() <= limits::credential_cache_entries) return;
  entries_.erase(order_.front());
  order_.pop_front();
}

void Verified::drop(Digest const& name) {
  std::lock_guard const lock(mutex_);
  entries_.erase(name);
}

}  // namespace comity::auth
