#include "doors/http/slots.h"

#include "base/ensure.h"

namespace comity::http {

Slot::Slot(std::shared_ptr<Slots> slots, std::string address)
    : slots_(std::move(slots)), address_(std::move(address)) {}

Slot::~Slot() {
  if (slots_) slots_->give_back(address_);
}

std::optional<Slot> Slots::take(std::string const& address) {
  std::lock_guard const lock(mutex_);
  if (taken_ >= limits_.in_all) return std::nullopt;
  auto& here = by_address_[address];
  if (here >= limits_.per_address) return std::nullopt;
  ++here;
  ++taken_;
  return Slot(shared_from_this(), address);
}

size_t Slots::taken() const {
  std::lock_guard const lock(mutex_);
  return taken_;
}

void Slots::give_back(std::string const& address) {
  std::lock_guard const lock(mutex_);
  auto const here = by_address_.find(address);
  ensure(taken_ > 0 && here != by_address_.end());
  --taken_;
  if (--here->second == 0) by_address_.erase(here);
}

}  // namespace comity::http
