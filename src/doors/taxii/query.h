// The query of a request for objects (R33 to R37): limit, added_after, next and the match fields.
//
// Every parameter at most once, malformed ones are refused, unknown ones are passed over (R34). Values of a match field
// are parted by commas. match[version] is `first`, `last`, `all` (alone) and times, none of them twice (R35). Pure.
// Inside this room only.
#pragma once

#include <string>

#include "base/result.h"
#include "doors/http/message.h"
#include "release/feed.h"

namespace comity::taxii {

// Which match fields an endpoint has.
enum class Matching : uint8_t {
  all,       // objects, manifest
  versions,  // one object: version and spec_version
  none,      // the versions of one object: spec_version; all versions are meant
};

struct Wish {
  release::FeedQuery query;
  std::string next;  // the token; empty: none
};

Result<Wish> read_query(http::Query const& query, Matching matching);
// `first,2016-04-06T20:03:48.000Z`, for DELETE.
Result<release::Versions> read_versions(std::string_view text);

}  // namespace comity::taxii
