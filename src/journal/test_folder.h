// A folder of its own for one test, removed with all that is in it when the test ends. Only used by tests.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/ensure.h"

namespace comity::journal {

class TestFolder {
 public:
  TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "comity-test-XXXXXX").string();
    ensure(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TestFolder(TestFolder const&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  std::string const& path() const { return path_; }
  std::string file(std::string const& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace comity::journal
