#include "doors/taxii/refusal.h"

#include "release/compose.h"
#include "release/told_own.h"

namespace comity::taxii {
namespace {

using release::Egress;

http::Reply with(int status, release::Released<Bytes> body) {
  return {status, {{"Content-Type", media_type}}, std::move(body)};
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
  return http::fixed_reply(503);
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
