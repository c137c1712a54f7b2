#include "cli/demo_folder.h"

#include <filesystem>

#include "base/seam.h"

namespace comity::cli {

Result<void> clear_demo_folder(std::string const& folder) {
  namespace fs = std::filesystem;
  std::string const marker = folder + "/this-is-a-demo";  // there before anything else is
  std::error_code failed;
  bool const is_demo = fs::exists(marker, failed);
  if (!is_demo && fs::exists(folder, failed) && !fs::is_empty(folder, failed))
    return fail(ErrorCode::bad_input,
                folder + " holds something that is no demo: name another directory, or remove it yourself");
  if (is_demo) fs::remove_all(folder, failed);  // of a loading that was cut off
  fs::create_directories(folder, failed);
  fs::permissions(folder, fs::perms::owner_all, failed);
  return system_seam().files.write(marker, "", 0600);
}

}  // namespace comity::cli
