// Whose a data directory is. Whoever reads it reads everything in it, and whoever writes it is the centre
// (docs/operations.md); so before it is used it is looked at who may.
//
// Promises: bad_input with the command that mends it, and nothing done, when the directory is another user's (a file that
// root leaves in it would be out of the centre's reach), or when others may look into it or read a key. Other files in it are
// made its owner's alone; they were so behind the directory's own mode.
// Not promised: anything about who is root, about access lists, or about what lies above the directory.
//
// Links in the directory are not followed; the directory itself may be one.
#pragma once

#include <string>

#include "base/result.h"

namespace comity::cli {

// Of a directory that is there; one that is not is for whoever opens it.
Result<void> is_own(std::string const& data);
Result<void> make_private(std::string const& data);

}  // namespace comity::cli
