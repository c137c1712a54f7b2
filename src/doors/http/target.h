// The request target (RFC 9112, 3.2; RFC 3986): split into path and query and percent-decoded, once and strictly.
//
// Refused, as bad_input: a `%` without two hexadecimal digits, a decoded control character or `/` in the path (it would
// mean another path to whoever splits later), a decoded NUL anywhere, a fragment, and every form but `/path?query`,
// `http://authority/path?query` and `*`. In the query `+` is a space, as every client library writes it. Dot segments
// are not resolved: they are names like any other, and no route has them.
//
// Pure; the size is bounded by the limit on heads.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "doors/http/message.h"

namespace comity::http {

struct Target {
  std::string path;
  Query query;
};

Result<Target> parse_target(std::string_view raw);

// As one value of a query or a form (RFC 3986, 2.3): whatever is not unreserved is percent-encoded.
std::string percent_encoded(std::string_view text);

// The path in the request line of a head that is cut off or that was refused, as far as it is there: decoded, or as sent if
// it cannot be. "" if there is none.
std::string path_in(BytesView head);

}  // namespace comity::http
