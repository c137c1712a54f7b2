// From a draft to the command that files it: the one place where a draft becomes the form of `put_site` (docs/formats.md).
//
// An id is what makes a second import of a file change sites instead of doubling them: the UUID in the shape of version 4 of the SHA-256
// of office, source and the place's identity: its own id in the file, else its name and position to a hundred-thousandth of a
// degree. The source is part of it, since files number their rows from 1.
//
// Every volume is filed for every period, and said as it was: circles, points and altitudes go to the centre, which makes polygons and
// millimetres of them, outward. Coordinates become 1e-7 degrees; altitudes, radii and times of day whole numbers, outward as well. A
// schedule is that of all periods.
//
// A draft must have passed the checks (checks.h): what they refuse has no body. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "model/agreement.h"
#include "places/draft.h"

namespace comity::places {

std::string site_id(std::string_view office, std::string_view source, Draft const& draft);

// Without `at`, which is the version of what is there.
json::Object body_of(Draft const& draft, std::string_view id);

// Corners that the bodies of all would have: what a few rings in many periods are, before they are made.
size_t corners_of(std::vector<Draft> const& drafts);

std::vector<model::Point> ring_e7(std::vector<LatLng> const& ring);
char const* word_of(model::SiteKind kind);

}  // namespace comity::places
