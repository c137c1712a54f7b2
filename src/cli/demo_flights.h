// The flights of a demo, and what its offices are told of them.
//
// A scenario has under `ahead` what is filed each time that it is shown: {as, command}, as a step has them, with times from the hour
// in which that is done. So a demo of last week has flights before it like one of a minute ago. Only what nobody has any more is
// filed: an office with an intent that is not over yet keeps what it has made of it.
//
// They go to the running centre as anybody's commands do, by the machine of each office over its door. An Error is that it was not reached, or refused one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "cli/demo_keys.h"
#include "cli/table.h"

namespace comity::cli {

// Every office, with what lets it in.
using DemoOffices = std::vector<DemoAccess>;

// `from` is the hour that the times of the scenario count from.
Result<void> file_what_is_ahead(BytesView scenario, std::string const& url, DemoOffices const& offices,
                                UtcTime from);

// One row for each open notice of each office.
Result<Table> what_each_was_told(std::string const& url, DemoOffices const& offices);

}  // namespace comity::cli
