// Codes that persons gave beside their passwords (crypto/totp.h): each counts once.
//
// Of each person the step of the last code is remembered, and none that is not later is taken. That is memory, not a record:
// instead, no code of a step that had begun when the program started is taken, so none that was taken before counts again but
// one given from a clock that was ahead, within half a minute of the restart.
// Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>

#include "crypto/totp.h"

namespace comity::auth {

class SecondFactors {
 public:
  explicit SecondFactors(UtcTime start) : start_(crypto::totp_step_at(start)) {}

  // True, once, for a code that holds.
  bool take(uint32_t person, crypto::TotpSecret const& secret, std::string_view code, UtcTime now) {
    auto const step = crypto::totp_step(secret, code, now);
    if (!step) return false;
    std::lock_guard const lock(mutex_);
    uint64_t& last = last_.try_emplace(person, start_).first->second;
    if (*step <= last) return false;
    last = *step;
    return true;
  }

 private:
  uint64_t const start_;
  std::mutex mutex_;
  std::map<uint32_t, uint64_t> last_;
};

}  // namespace comity::auth
