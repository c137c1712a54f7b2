#include "cli/exit_code.h"

namespace comity::cli {

Exit exit_of(Error const& error) {
  switch (error.code) {
    case ErrorCode::unauthenticated:
    case ErrorCode::forbidden:
    case ErrorCode::not_found: return Exit::not_there;
    case ErrorCode::over_quota: return Exit::refused;
    case ErrorCode::busy:
    case ErrorCode::io: return Exit::unreachable;
    case ErrorCode::corrupt: return Exit::integrity;
    case ErrorCode::bad_input:
    case ErrorCode::too_large:
    case ErrorCode::unsupported:
    case ErrorCode::newer_format:
    case ErrorCode::older_format: return Exit::usage;
  }
  return Exit::usage;
}

}  // namespace comity::cli
