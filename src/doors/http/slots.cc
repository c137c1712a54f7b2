#include "doors/http/slots.h"

#include <arpa/inet.h>

#include "base/ensure.h"

namespace comity::http {

std::string network_of(std::string const& address) {
  in6_addr v6{};
  if (::inet_pton(AF_INET6, address.c_str(), &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6)) return address;
  return {reinterpret_cast<char const*>(v6.s6_addr), 8};
}

Slot::Slot(std::shared_ptr<Slots> slots, std::string address)
    : slots_(std::move(slots)), address_(std::move(address)) {}

Slot::~Slot() {
  if (slots_) slots_->give_back(address_);
}

std::optional<Slot> Slots::take(std::string const& address) {
  std::lock_guard const lock(mutex_);
  if (taken_ >= limits_.in_all) return std::nullopt;
  auto group = network_of(address);
  auto const here = by_address_.try_emplace(group, 0).first;
  if (here->second >= limits_.per_address) return std::nullopt;
  ++here->second;
  ++taken_;
  return Slot(shared_from_this(), std::move(group));
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
