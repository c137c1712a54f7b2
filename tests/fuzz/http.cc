// Everything that reads a client's bytes before a door sees them: framing with Beast's parser, targets, routes, media
// types. The first byte chooses how the input arrives; the properties are that nothing crashes, that what is accepted
// is within the limits, and that the way a body is cut into pieces does not change what is read.
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "doors/http/negotiate.h"
#include "doors/http/parser.h"
#include "doors/http/router.h"
#include "doors/http/target.h"
#include "doors/http/wire.h"

namespace comity::http {
namespace {

constexpr FramingLimits limits{.head_bytes = 4096, .header_fields = 20, .body_bytes = 256};

struct Outcome {
  int status = -1;  // -1: more bytes needed
  Request request = {};
};

Outcome parse(BytesView text, size_t step) {
  Outcome outcome;
  auto const length = head_length(text.substr(0, limits.head_bytes));
  if (length == 0) return outcome;
  RequestParser parser(limits);
  if (int const status = parser.head(text.substr(0, length)); status != RequestParser::go_on)
    return {status, {}};
  size_t begin = length;
  for (size_t end = length; !parser.done();) {
    if (end == text.size()) return outcome;
    end = std::min(text.size(), end + step);
    auto const taken = parser.body(text.substr(begin, end - begin));
    ensure(taken.bytes <= end - begin);
    begin += taken.bytes;
    if (taken.status != RequestParser::go_on) return {taken.status, {}};
  }
  return {RequestParser::go_on, parser.take()};
}

Router const& router() {
  auto const serve = [](Request&&, Match const&, Done) {};
  static Router const table({{{Method::get}, "/", "", serve},
                             {{Method::get}, "/a/{x}/", "", serve},
                             {{Method::post}, "/a/{x}/b/{y}", "", serve},
                             {{Method::get}, "/a/b/{y}", "", serve}});
  return table;
}

void check_routes(Method method, std::string_view path) {
  auto const match = router().match(method, path);
  if (!match) return;
  for (auto const& param : match->params) ensure(!param.second.empty());
  ensure(match->method_allowed == match->route->methods.has(method));
}

void check(BytesView input) {
  size_t const step = input.empty() ? 1 : 1 + static_cast<unsigned char>(input.front()) % 32;
  auto const text = input.substr(input.empty() ? 0 : 1);
  auto const whole = parse(text, SIZE_MAX - text.size());
  auto const pieces = parse(text, step);
  ensure(whole.status == pieces.status);
  if (whole.status == RequestParser::go_on) {
    ensure(whole.request.body == pieces.request.body && whole.request.headers == pieces.request.headers);
    ensure(whole.request.body.size() <= limits.body_bytes);
    ensure(whole.request.headers.size() <= limits.header_fields);
    check_routes(whole.request.method, whole.request.path);
    auto const head = response_head({200, Persistence::keep, 0}, whole.request.headers, "");
    ensure(head_length(head) == head.size());
  }
  if (auto const target = parse_target(text)) check_routes(Method::get, target->path);
  for (auto const& range : parse_accept(text)) ensure(range.quality >= 0 && range.quality <= 1000);
  accepts(text, {"application/taxii+json", "2.1"});
  is_of(text, {"application/taxii+json", "2.1"});
}

}  // namespace
}  // namespace comity::http

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  comity::http::check({reinterpret_cast<char const*>(data), size});
  return 0;
}
