#include "guestbook/file.h"

namespace comity::guestbook {

Result<journal::Connection> open_file(std::string const& path, Seam seam, char const* tables) {
  if (!seam.files.exists(path)) TRY_VOID(seam.files.write(path, "", 0600));
  auto connection = TRY(journal::Connection::open(path, journal::Connection::Mode::create));
  TRY_VOID(
      connection.run("PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL;"));
  TRY_VOID(connection.run(tables));
  return connection;
}

}  // namespace comity::guestbook
