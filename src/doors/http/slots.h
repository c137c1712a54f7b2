// Places for connections: how many in all, how many from one address. A Slot gives its place back when it goes.
//
// One address is an IPv4 address, or the network half of an IPv6 address, since a host has all of the other half.
// Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace comity::http {

class Slots;

// What counts as one address: also where failures to authenticate are counted.
std::string network_of(std::string const& address);

class Slot {
 public:
  Slot(Slot&& other) noexcept : slots_(std::move(other.slots_)), address_(std::move(other.address_)) {}
  Slot& operator=(Slot&&) = delete;
  ~Slot();

 private:
  friend class Slots;
  Slot(std::shared_ptr<Slots> slots, std::string address);

  std::shared_ptr<Slots> slots_;
  std::string address_;
};

class Slots : public std::enable_shared_from_this<Slots> {
 public:
  struct Limits {
    size_t in_all;
    size_t per_address;
  };
  explicit Slots(Limits limits) : limits_(limits) {}

  std::optional<Slot> take(std::string const& address);
  size_t taken() const;

 private:
  friend class Slot;
  void give_back(std::string const& address);

  Limits const limits_;
  mutable std::mutex mutex_;
  size_t taken_ = 0;
  std::unordered_map<std::string, size_t> by_address_;
};

}  // namespace comity::http
