#include "doors/taxii/refusal.h"

#include "doors/taxii/door.h"
#include "release/compose.h"
#include "release/told_own.h"

namespace comity::taxii {
namespace {

using release::Egress;

http::Reply with(int status, release::Released<Bytes> body) {
  return {status, {{"Content-Type", media_type}}, std::move(body)};
}

http::Reply busy() {
  auto reply = with(503, Egress::fixed("{\"title\":\"Busy\",\"http_status\":\"503\"}"));
  reply.headers.add("Retry-After", "1");
  return reply;
}

// What HTTP itself refuses a request for, under this door's paths.
http::Reply framing_refusal(int status) {
  switch (status) {
    case 400: return with(400, Egress::fixed("{\"title\":\"Bad request\",\"http_status\":\"400\"}"));
    case 404: return answer_to(Refusal{No::not_there, {}, {}});
    case 408: return with(408, Egress::fixed("{\"title\":\"Request too slow\",\"http_status\":\"408\"}"));
    case 411: return with(411, Egress::fixed("{\"title\":\"Length required\",\"http_status\":\"411\"}"));
    case 413: return with(413, Egress::fixed("{\"title\":\"Content too large\",\"http_status\":\"413\"}"));
    case 415: return with(415, Egress::fixed("{\"title\":\"Unsupported content\",\"http_status\":\"415\"}"));
    case 417: return with(417, Egress::fixed("{\"title\":\"Expectation failed\",\"http_status\":\"417\"}"));
    case 431:
      return with(431, Egress::fixed("{\"title\":\"Header fields too large\",\"http_status\":\"431\"}"));
    case 500: return answer_to(Refusal{No::failed, {}, {}});
    case 501: return with(501, Egress::fixed("{\"title\":\"Not implemented\",\"http_status\":\"501\"}"));
    case 503: return busy();
    case 505:
      return with(505, Egress::fixed("{\"title\":\"HTTP version not supported\",\"http_status\":\"505\"}"));
    default: return http::fixed_reply(status);
  }
}

// The kinds whose details are what the asker sent.
http::Reply about_form(No no, Error const& error) {
  bool const query = no == No::bad_query;
  int const status = query ? 400 : 422;
  release::Composer body;
  release::FixedText const title =
      query ? release::FixedText("Malformed parameters") : release::FixedText("Unprocessable content");
  body.open().name("title").text(title);
  body.name("http_status").text(query ? release::FixedText("400") : release::FixedText("422"));
  if (!error.detail.empty()) body.name("details").told(release::tell_problem(title, status, error));
  return with(status, body.close().finish());
}

}  // namespace

http::Reply refuse_framing(int status) { return framing_refusal(status); }

http::Reply answer_to(Refusal const& refusal) {
  switch (refusal.no) {
    case No::bad_query:
    case No::bad_body: return about_form(refusal.no, refusal.about);
    case No::unauthenticated: return answer_to(auth::Denial{});
    case No::not_permitted:
      return with(403, Egress::fixed("{\"title\":\"Forbidden\",\"http_status\":\"403\"}"));
    case No::not_there: return with(404, Egress::fixed("{\"title\":\"Not found\",\"http_status\":\"404\"}"));
    case No::method: {
      auto reply = with(405, Egress::fixed("{\"title\":\"Method not allowed\",\"http_status\":\"405\"}"));
      reply.headers.add("Allow", refusal.allow);
      return reply;
    }
    case No::not_acceptable:
      return with(406, Egress::fixed("{\"title\":\"Not acceptable\",\"http_status\":\"406\"}"));
    case No::media:
      return with(415, Egress::fixed("{\"title\":\"Unsupported media type\",\"http_status\":\"415\"}"));
    case No::over_quota:
      return with(429, Egress::fixed("{\"title\":\"Too many refusals this hour\",\"http_status\":\"429\"}"));
    case No::failed:
      return with(500, Egress::fixed("{\"title\":\"Internal error\",\"http_status\":\"500\"}"));
    case No::busy: break;
  }
  return busy();
}

http::Reply answer_to(auth::Denial const& denial) {
  auto reply = [&] {
    switch (denial.why) {
      case auth::Denial::Why::unauthenticated:
        return with(401, Egress::fixed("{\"title\":\"Unauthorized\",\"http_status\":\"401\"}"));
      case auth::Denial::Why::wrong_office:
        return with(403, Egress::fixed("{\"title\":\"Not an office of this user\",\"http_status\":\"403\"}"));
      case auth::Denial::Why::backing_off:
        return with(429, Egress::fixed("{\"title\":\"Too many failures\",\"http_status\":\"429\"}"));
      case auth::Denial::Why::busy: break;
    }
    return with(503, Egress::fixed("{\"title\":\"Busy\",\"http_status\":\"503\"}"));
  }();
  auth::add_fields(denial, reply.headers);
  return reply;
}

}  // namespace comity::taxii
