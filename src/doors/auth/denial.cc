#include <string>

#include "doors/auth/authenticator.h"
#include "release/egress.h"

namespace comity::auth {
namespace {

release::Released<Bytes> body_of(Denial::Why why) {
  using release::Egress;
  switch (why) {
    case Denial::Why::unauthenticated: return Egress::fixed("{\"title\":\"Unauthorized\",\"status\":401}\n");
    case Denial::Why::wrong_office:
      return Egress::fixed("{\"title\":\"Not an office of this user\",\"status\":403}\n");
    case Denial::Why::backing_off: return Egress::fixed("{\"title\":\"Too many failures\",\"status\":429}\n");
    case Denial::Why::busy: break;
  }
  return Egress::fixed("{\"title\":\"Busy\",\"status\":503}\n");
}

}  // namespace

int status_of(Denial const& denial) {
  switch (denial.why) {
    case Denial::Why::unauthenticated: return 401;
    case Denial::Why::wrong_office: return 403;
    case Denial::Why::backing_off: return 429;
    case Denial::Why::busy: break;
  }
  return 503;
}

void add_fields(Denial const& denial, http::Headers& headers) {
  if (denial.why == Denial::Why::unauthenticated)  // R5
    headers.add("WWW-Authenticate", "Basic realm=\"comity\", charset=\"UTF-8\", Bearer realm=\"comity\"");
  int64_t const whole_seconds = (denial.retry_after.us + 999'999) / 1'000'000;
  if (denial.why == Denial::Why::busy) headers.add("Retry-After", "1");
  if (denial.why != Denial::Why::busy && whole_seconds > 0)
    headers.add("Retry-After", std::to_string(whole_seconds));
}

http::Reply reply_of(Denial const& denial) {
  http::Headers headers{{"Content-Type", "application/problem+json"}};
  add_fields(denial, headers);
  return {status_of(denial), std::move(headers), body_of(denial.why)};
}

}  // namespace comity::auth
