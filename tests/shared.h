// Data that may lie beside the project: published STIX bundles, the fixtures of OASIS. A clone elsewhere has none of it.
//
// The folder is named by the environment variable COMITY_SHARED, else it is `../shared` seen from the project. Tests
// that need it say so and are skipped where it is absent; they are run from the project's folder.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace comity::tests {

inline std::filesystem::path shared_folder() {
  char const* named = std::getenv("COMITY_SHARED");
  return named ? named : "../shared";
}

inline std::string read_file(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace comity::tests

// Ends the test as skipped where the folder does not have `path`.
#define NEED_SHARED(path)                                                \
  if (!std::filesystem::exists(comity::tests::shared_folder() / (path))) \
  GTEST_SKIP() << "no data: " << (path) << " is not beside the project (set COMITY_SHARED)"
