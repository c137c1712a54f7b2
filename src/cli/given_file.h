// A file that the command line names: what is wrong with it is wrong with the command line (exit code 2, 15-forms 4), not a
// centre that cannot be reached or a thing that is not there.
#pragma once

#include <string>

#include "base/result.h"
#include "base/seam.h"

namespace comity::cli {

inline Result<Bytes> given_file(std::string const& path) {
  auto bytes = system_seam().files.read(path);
  if (bytes) return bytes;
  return fail(ErrorCode::bad_input, bytes.error().detail);
}

}  // namespace comity::cli
