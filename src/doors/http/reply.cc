#include "doors/http/reply.h"

#include "base/ensure.h"
#include "release/egress.h"

namespace comity::http {
namespace {

release::Released<Bytes> fixed_body(int status) {
  using release::Egress;
  switch (status) {
    case 400: return Egress::fixed("{\"title\":\"Bad request\",\"status\":400}\n");
    case 404: return Egress::fixed("{\"title\":\"Not found\",\"status\":404}\n");
    case 408: return Egress::fixed("{\"title\":\"Request too slow\",\"status\":408}\n");
    case 411: return Egress::fixed("{\"title\":\"Length required\",\"status\":411}\n");
    case 413: return Egress::fixed("{\"title\":\"Content too large\",\"status\":413}\n");
    case 415: return Egress::fixed("{\"title\":\"Unsupported content\",\"status\":415}\n");
    case 417: return Egress::fixed("{\"title\":\"Expectation failed\",\"status\":417}\n");
    case 431: return Egress::fixed("{\"title\":\"Header fields too large\",\"status\":431}\n");
    case 500: return Egress::fixed("{\"title\":\"Internal error\",\"status\":500}\n");
    case 501: return Egress::fixed("{\"title\":\"Not implemented\",\"status\":501}\n");
    case 503: return Egress::fixed("{\"title\":\"Busy\",\"status\":503}\n");
    case 505: return Egress::fixed("{\"title\":\"HTTP version not supported\",\"status\":505}\n");
    default: ensure(!"a status with a fixed body");
  }
  return Egress::fixed("");
}

}  // namespace

Reply fixed_reply(int status) {
  Headers headers{{"Content-Type", "application/problem+json"}};
  if (status == 503) headers.add("Retry-After", "1");
  return {status, std::move(headers), fixed_body(status)};
}

Reply refuse_plainly(int status, std::string_view) { return fixed_reply(status); }

Reply slash_redirect(Request const& request) {
  auto const mark = request.target.find('?');
  std::string location = request.target.substr(0, mark) + "/";
  if (mark != std::string::npos) location += request.target.substr(mark);
  return {308, {{"Location", std::move(location)}}, release::Egress::fixed("")};
}

}  // namespace comity::http
