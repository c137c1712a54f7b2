// Bugs (50-ledger, third kind of no). `ensure(condition)` is always compiled in: an assertion that fails in production
// stops the process before a wrong state is written; restart replays the journal. The message names the place and, when
// the machine is at work on a record, the record's index, so that the report says which record to look at.
#pragma once

#include <cstdint>

namespace comity {

[[noreturn]] void ensure_failed(char const* condition, char const* file, int line);

// The index of the record this thread decides or applies; 0 when it does neither.
extern thread_local uint64_t record_at_work;

}  // namespace comity

#define ensure(condition) \
  (static_cast<bool>(condition) ? void(0) : ::comity::ensure_failed(#condition, __FILE__, __LINE__))
