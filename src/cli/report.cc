#include "cli/report.h"

#include <fmt/format.h>

#include <cstdio>

#include "cli/exit_code.h"

namespace comity::cli {

int report(Error const& error) {
  std::string const where = error.pointer.empty() ? "" : " (at " + error.pointer + ")";
  fmt::print(stderr, "comity: {}{}\n", error.detail, where);
  return code(exit_of(error));
}

}  // namespace comity::cli
