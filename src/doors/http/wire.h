// The head of a response as bytes. Written by hand: the same answer always has the same fields in the same order
// (25-isolation: nothing may be read from the form of an answer), and it is the fastest part of the server.
//
// Order: status line, Date, Server, Connection when it closes, Content-Length (or Transfer-Encoding), the three fields of every answer
// (Cache-Control, X-Content-Type-Options, Content-Security-Policy; a reply that names one of them replaces it), then the
// reply's own in its order. Control characters in values are left out, so a value cannot end its line.
#pragma once

#include <cstddef>
#include <string>

#include "base/time.h"
#include "doors/http/message.h"

namespace comity::http {

enum class Persistence : uint8_t {
  keep,
  keep_10,  // an HTTP/1.0 client that asked for it is told so
  close,
};

// How the end of a body is known.
enum class Framing : uint8_t {
  length,
  chunked,      // RFC 9112, 7.1
  until_close,  // to HTTP/1.0, which knows no chunks
};

struct HeadFacts {
  int status;
  Persistence persistence;
  size_t body_bytes;  // of the body that a GET would get, also for HEAD
  Framing framing = Framing::length;
};

// 1xx, 204 and 304 have no body (RFC 9110, 6.4.1).
bool has_body(int status);

std::string response_head(HeadFacts facts, Headers const& headers, std::string const& date);

// RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(UtcTime time);

// The date as text, written once a second. One per thread.
class DateText {
 public:
  std::string const& at(UtcTime time) {
    int64_t const second = time.us / 1'000'000;
    if (second != second_) text_ = http_date(time);
    second_ = second;
    return text_;
  }

 private:
  int64_t second_ = INT64_MIN;
  std::string text_;
};

}  // namespace comity::http
