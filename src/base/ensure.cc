#include "base/ensure.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace comity {

thread_local uint64_t record_at_work = 0;

void ensure_failed(char const* condition, char const* file, int line) {
  std::fprintf(stderr, "comity: bug: %s does not hold (%s:%d, record %" PRIu64 ")\n", condition, file, line,
               record_at_work);
  std::abort();
}

}  // namespace comity
