// The overlay of outward.h as a KML document, from rows as they were told. Inside this room only; outward.h says what it promises.
#pragma once

#include "base/bytes.h"
#include "json/json.h"

namespace comity::release {

Bytes kml_text(json::Array const& intents, json::Array const& sites, json::Array const& conflicts,
               json::Array const& notices);

}  // namespace comity::release
