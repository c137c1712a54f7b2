#include "doors/api/endpoint.h"
#include "doors/auth/authenticator.h"
#include "release/told_own.h"

namespace comity::api {
namespace {

using release::Composer;
using release::Egress;

http::Reply constant(int status, release::FixedText text) {
  return {status, {{"Content-Type", "application/problem+json"}}, Egress::fixed(text)};
}

http::Reply told(release::FixedText title, int status, Error const& error) {
  Composer body;
  body.told(release::tell_problem(title, status, error));
  return {status, {{"Content-Type", "application/problem+json"}}, body.finish()};
}

}  // namespace

http::Reply reply_of(Error const& error) {
  switch (error.code) {
    case ErrorCode::bad_input: return told("Bad request", 400, error);
    case ErrorCode::too_large: return told("Content too large", 413, error);
    case ErrorCode::unsupported: return http::fixed_reply(415);
    case ErrorCode::unauthenticated: return auth::reply_of(auth::Denial{});
    case ErrorCode::forbidden: return constant(403, "{\"title\":\"Forbidden\",\"status\":403}\n");
    case ErrorCode::not_found: return http::fixed_reply(404);
    case ErrorCode::over_quota: return over_quota();
    case ErrorCode::busy: return http::fixed_reply(503);
    case ErrorCode::io:
    case ErrorCode::corrupt:
    case ErrorCode::newer_format:
    case ErrorCode::older_format: break;
  }
  return http::fixed_reply(500);
}

http::Reply method_not_allowed(http::MethodSet allow) {
  auto reply = constant(405, "{\"title\":\"Method not allowed\",\"status\":405}\n");
  reply.headers.add("Allow", allow.text());
  return reply;
}

http::Reply not_acceptable() { return constant(406, "{\"title\":\"Not acceptable\",\"status\":406}\n"); }

http::Reply over_quota() {
  auto reply = constant(429, "{\"title\":\"Too many requests\",\"status\":429}\n");
  reply.headers.add("Retry-After", "60");
  return reply;
}

Page unreadable(std::vector<forms::Problem> const& problems) {
  Composer body;
  body.open().name("title").text("Unprocessable content").name("status").number(422).name("problems");
  body.told(release::tell_problems(problems)).close();
  return {422, body.finish(), "application/problem+json", {}};
}

}  // namespace comity::api
