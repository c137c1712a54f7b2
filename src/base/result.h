// Errors of the second kind (50-ledger, "kinds of no"): hostile or broken input, missing rights to even ask, I/O.
//
// A *refusal* is not an error: it is a domain answer and lives in a Ruling (model/ruling.h). A *bug* is neither: see
// ensure.h. Result<T> is std::expected; TRY hands an error up:
//
//     auto const bytes = TRY(files.read(path));
//
// `detail` is for the person who sent the input. It may quote what the caller sent and names that the caller may know,
// never anything looked up (25-isolation G4). `pointer` is a JSON pointer into the input, where there is one.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace comity {

enum class ErrorCode {
  bad_input,        // malformed, out of range, unknown word
  too_large,        // beyond a limit of base/limits.h
  unsupported,      // well-formed, but of a kind this centre does not take (media type, method)
  unauthenticated,  // no credential, or one that does not hold
  forbidden,        // authenticated, but without the right the route itself asks for
  not_found,        // absent or hidden: one answer for both
  busy,             // a global limit, or not caught up yet: try again later
  over_quota,       // this office has used up its share
  io,               // the disk or the network failed
  corrupt,          // stored bytes are not what was stored
  newer_format,     // the data directory was written by a newer program
  older_format,     // … by one so old that this one cannot read it
};

struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::string detail;
  std::string pointer = {};
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string detail, std::string pointer = {}) {
  return std::unexpected(Error{code, std::move(detail), std::move(pointer)});
}

char const* name_of(ErrorCode code);

}  // namespace comity

// The value of a Result, or return its error from the enclosing function.
#define TRY(expression)                                                                   \
  __extension__({                                                                         \
    auto comity_try_result = (expression);                                                \
    if (!comity_try_result) return std::unexpected(std::move(comity_try_result).error()); \
    std::move(comity_try_result).value();                                                 \
  })

// The same for a Result<void>.
#define TRY_VOID(expression)                                                              \
  do {                                                                                    \
    auto comity_try_result = (expression);                                                \
    if (!comity_try_result) return std::unexpected(std::move(comity_try_result).error()); \
  } while (false)
