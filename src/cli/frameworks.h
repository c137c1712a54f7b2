// `comity frameworks load`: what is missing of an allowed framework into the reference set, and what became of it.
//
// The file is compared with what two officers allowed before anything is sent; what the centre has of the framework already is
// not sent again, so a load that was cut off is simply started again. Objects that the centre would not take even permissively
// (stix/read.h) are not sent either, and are counted as refused. Progress goes to stderr.
//
// Done if all is there now; refused if something is not; usage if the file is another bundle than the one that is allowed.
#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/published_bundle.h"
#include "cli/remote.h"

namespace comity::cli {

Exit load_framework(Settings const& settings, std::string const& framework, PublishedBundle const& bundle);

}  // namespace comity::cli
