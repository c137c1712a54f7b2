// The file of the guest book: made with mode 0600, what is deleted is overwritten. Inside this room only.
#pragma once

#include <string>

#include "base/seam.h"
#include "journal/sqlite.h"

namespace comity::guestbook {

Result<journal::Connection> open_file(std::string const& path, Seam seam, char const* tables);

}  // namespace comity::guestbook
