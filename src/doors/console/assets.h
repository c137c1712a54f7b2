// The console itself, as it was built: constants of the program, so nothing of any party can be in them (release/egress.h).
//
// tools/console-pack writes the table from console/dist when the program is built; where there is none the table is empty, and
// the first page says so. `packed` is the same in gzip, made then and not now, and empty where that is no gain. What has a
// digest in its name (`/assets/…`) never changes and may be kept; everything else is asked for again by its ETag.
// Thread-safe: constants.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "doors/http/router.h"
#include "release/egress.h"

namespace comity::console {

struct Asset {
  std::string_view path;    // `/index.html`, `/assets/index-5Fq2.js`
  std::string_view media;   // its Content-Type
  std::string_view digest;  // of its octets, for the ETag
  release::FixedText plain, packed;
};

std::span<Asset const> assets();

// Of the application's paths, of the files beside it, and of `/assets/{name}`. `on_first_page` is told of each GET of `/`, on the event loop.
using OnPage = std::function<void(http::Request const&)>;
std::vector<http::Route> asset_routes(std::span<Asset const> all, OnPage const& on_first_page);

}  // namespace comity::console
