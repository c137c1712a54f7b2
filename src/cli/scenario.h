// Loading a scenario into a new centre: `./run` and the tests that need one.
//
// A scenario (scenario/*.json) says parties, agreements and items with times relative to day 0. Every string of it that begins
// with `@` and a duration (`@-P2D`) becomes that moment before or after day 0. The loader makes the data directory, the
// keys of every party under DATA/demo-keys (so the centre is a demo for ever, 25-isolation B16), and then sends ordinary
// commands, signed where they must be, while the clock goes through the scenario's days: only a centre whose doors have
// not opened yet can be back-dated like that (theatre-2015, loader). Anything refused ends the loading with the reason.
//
// What a scenario has under `ahead` is filed when it is shown and not when it is loaded (demo_flights.h).
//
// DATA/demo-keys: PARTY.key (the binding key's seed, base64), officer-SLUG.key, credentials.toml for the command line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/seam.h"
#include "json/json.h"

namespace comity::cli {

struct Loaded {
  size_t parties = 0, agreements = 0, items = 0, filings = 0;
};

// `day_0` is midnight of the day the scenario plays; progress is told as it goes.
Result<Loaded> load_scenario(BytesView scenario, std::string const& data, UtcTime day_0, Seam seam,
                             std::function<void(std::string const&)> const& progress);

// What it has under `ahead`, with times that count from this one.
Result<std::vector<json::Value>> steps_ahead(BytesView scenario, UtcTime from);

// The scenarios that ship inside the program.
BytesView theatre_2015();
BytesView rodopi_fire();

}  // namespace comity::cli
