#include "doors/f3548/verified.h"

namespace comity::f3548 {

std::optional<Caller> Verified::find(std::string_view token, UtcTime now) {
  Digest const name = crypto::prf(key_, "token", token);
  forms::TokenTrust trust;
  uint64_t trusted = 0;
  {
    std::shared_lock const lock(mutex_);
    auto const found = known_.find(name);
    if (found != known_.end()) return found->second.until > now ? std::optional(found->second) : std::nullopt;
    trust = trust_, trusted = trusted_;
  }
  auto read = forms::read_f3548_token(token, trust, now);
  if (!read) return std::nullopt;
  Caller caller{std::move(read->subject), read->scopes, read->expires, {}, {}, trusted};
  enrolled(token, caller);
  return caller;
}

void Verified::enrolled(std::string_view token, Caller const& caller) {
  Digest const name = crypto::prf(key_, "token", token);
  std::unique_lock const lock(mutex_);
  if (caller.trusted != trusted_) return;  // a key that verified it may be gone
  if (known_.size() >= most) known_.clear();
  known_[name] = caller;
}

void Verified::trust(forms::TokenTrust trust) {
  std::unique_lock const lock(mutex_);
  trust_ = std::move(trust), ++trusted_;
  known_.clear();
}

}  // namespace comity::f3548
