// The links that sign a visitor of a demo in as its parties, each under a host name of its own, so that one browser can be several
// of them. The running centre makes them (doors/console); each works once.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "cli/table.h"

namespace comity::cli {

// A row for each of the parties that play the main parts; where none of them is there, for every party.
Result<Table> sign_in_links(std::string const& url, uint16_t port);

}  // namespace comity::cli
