// Released<T>: a value that may leave the centre.
//
// Having one is the permission to send it. Only release/ makes one (class Egress), from an answer of `disclosure` or
// from a constant of the program; a door can move it, read it and hand it to the one function that writes bodies
// (doors/http), and can do nothing to come by one of its own. So "was this allowed to leave?" is a question of types.
//
// A release holds for the law it was decided under: epoch() is the law's epoch at that time, and whoever writes asks
// current_at() again with the epoch of now (25-isolation G6: what is released is decided when it leaves). What depends
// on no law at all (a fixed error text) is `timeless`.
//
// Move-only. A moved-from release must not be read. Not synchronised: one thread at a time.
#pragma once

#include <cstdint>
#include <utility>

namespace comity::release {

inline constexpr uint64_t timeless = UINT64_MAX;

template <class T>
class Released {
 public:
  Released(Released&&) noexcept = default;
  Released& operator=(Released&&) noexcept = default;
  Released(Released const&) = delete;
  Released& operator=(Released const&) = delete;

  T const& value() const { return value_; }
  uint64_t epoch() const { return epoch_; }
  bool current_at(uint64_t law_epoch) const { return epoch_ == timeless || epoch_ == law_epoch; }

 private:
  friend class Egress;
  friend struct ReleasedForTest;  // defined by tests alone

  Released(T value, uint64_t epoch) : value_(std::move(value)), epoch_(epoch) {}

  T value_;
  uint64_t epoch_;
};

}  // namespace comity::release
