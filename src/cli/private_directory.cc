#include "cli/private_directory.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/seam.h"

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

constexpr mode_t others = S_IRWXG | S_IRWXO;

std::string name_of(uid_t user) {
  passwd const* const known = ::getpwuid(user);
  return known ? known->pw_name : std::to_string(user);
}

std::unexpected<Error> may_be_read(std::string const& path, std::string const& data) {
  return fail(ErrorCode::bad_input,
              path + " may be read by others than its owner; run: chmod -R go= " + data);
}

// What must never have been within reach of others: what is in these was secret from its first moment.
bool holds_keys(fs::path const& path, fs::path const& data) {
  auto const under = path.lexically_relative(data);
  return !under.empty() && (*under.begin() == "keys" || *under.begin() == "first-passwords");
}

Result<void> close_to_others(fs::directory_entry const& entry, std::string const& data) {
  struct stat status{};
  if (::lstat(entry.path().c_str(), &status) != 0) return {};  // gone meanwhile
  bool const counts = S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
  if (!counts || (status.st_mode & others) == 0) return {};
  if (holds_keys(entry.path(), data)) return may_be_read(entry.path().string(), data);
  if (::chmod(entry.path().c_str(), status.st_mode & S_IRWXU) == 0) return {};
  return may_be_read(entry.path().string(), data);
}

}  // namespace

Result<void> is_own(std::string const& data) {
  struct stat status{};
  if (::stat(data.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return {};
  if (status.st_uid == ::geteuid()) return {};
  if (status.st_uid == 0)
    return fail(ErrorCode::bad_input,
                data + " belongs to root, who serves no centre; give it to this user: chown -R " +
                    name_of(::geteuid()) + ": " + data);
  std::string const owner = name_of(status.st_uid);
  return fail(ErrorCode::bad_input, data + " belongs to " + owner + "; run this as that user: runuser -u " +
                                        owner + " -- comity …");
}

Result<void> make_private(std::string const& data) {
  TRY_VOID(is_own(data));
  struct stat status{};
  if (::stat(data.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return {};
  if ((status.st_mode & others) != 0) return may_be_read(data, data);
  std::error_code error;
  for (fs::recursive_directory_iterator at(data, error), end; !error && at != end; at.increment(error))
    TRY_VOID(close_to_others(*at, data));
  if (error) return fail(ErrorCode::io, data + " cannot be looked through: " + error.message());
  return {};
}

}  // namespace comity::cli
