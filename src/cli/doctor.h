// `comity doctor`: what an operator looks at first, in one table, with what to do next (docs/operations.md).
//
// It only reads, takes no lock and needs no centre; one may be serving meanwhile. It looks at what a look can tell; that
// every stored byte is what was stored is `comity verify`. Exit code: 0 all is well, 1 something is to be seen to, 5
// something is bad. One thread.
#pragma once

#include <string>
#include <vector>

#include "base/seam.h"
#include "cli/exit_code.h"
#include "cli/local.h"

namespace comity::cli {

enum class Found : uint8_t { ok, warn, bad };

struct Check {
  std::string name;
  Found found = Found::ok;
  std::string what, next;  // what was seen; what to do, empty if nothing
};

struct DoctorCall {
  std::string data, certificate;  // a file in PEM; may be empty
  Format format = Format::text;
};

std::vector<Check> examine(DoctorCall const& call, Seam seam);
Exit run_doctor(DoctorCall const& call);

}  // namespace comity::cli
