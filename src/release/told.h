// Told: something said about law, identities, agreements or rulings, as one viewer may know it.
//
// A Told is a JSON value that only this room makes, from a View and from what its reader sent itself; a door can place
// it in an answer (compose.h) and cannot make one of its own. It carries the epoch it was said under, like everything
// that leaves (25-isolation G6). Move-only.
//
// What makes one is in told_law.h (parties, agreements, clocks, matrix), told_items.h (why, who sees, rows of lists)
// and told_own.h (rulings, errors, ids, what the reader sent). Whatever a reader may not know is left out whole, or is
// "another rule" and "others" where leaving it out would say something false (G5); hidden and absent are one not_found.
// Thread rule: making one takes Eyes, so it is done under the lock that guards the state.
#pragma once

#include <cstdint>
#include <utility>

#include "json/json.h"

namespace comity::release {

class Told {
 public:
  Told(Told&&) noexcept = default;
  Told& operator=(Told&&) noexcept = default;
  Told(Told const&) = delete;
  Told& operator=(Told const&) = delete;

  json::Value const& value() const { return value_; }
  uint64_t epoch() const { return epoch_; }

 private:
  friend class Teller;
  Told(json::Value value, uint64_t epoch) : value_(std::move(value)), epoch_(epoch) {}

  json::Value value_;
  uint64_t epoch_;
};

}  // namespace comity::release
