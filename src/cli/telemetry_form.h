// A report of where an intent is, on its way to /commands: the body of report_telemetry without its `id` (docs/formats.md), made of what the
// command line was given. What has a fraction of its unit is rounded outward, or refused where there is no outward.
//
// Errors are bad_input and say which option is meant. Thread-safe.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "cli/verb.h"
#include "json/json.h"

namespace comity::cli {

std::vector<Argument> telemetry_arguments();
Result<json::Object> telemetry_body(Call const& call, UtcTime now);

}  // namespace comity::cli
