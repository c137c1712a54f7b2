// What an operator watches besides requests: the gauges of `/metrics` that are asked of the centre, its doors and its disk
// (docs/operations.md says what each means). Labels are words of the program. Nothing in them counts records: the journal's
// size and the room on its disk are rounded to what a thousand records more or less do not move (25-isolation F7).
//
// The centre, the doors and the Metrics outlive the server that serves the page.
#pragma once

#include <string>
#include <vector>

#include "cli/doors.h"
#include "doors/http/metrics.h"
#include "sequencer/centre.h"

namespace comity::cli {

void watch_vitals(http::Metrics& metrics, sequencer::Centre const& centre, Doors const& doors,
                  std::string const& data);

// What has begun or ended since, a sentence each, with what to do: for the operator's standard error.
std::vector<std::string> news(sequencer::Vitals const& before, sequencer::Vitals const& now);

}  // namespace comity::cli
