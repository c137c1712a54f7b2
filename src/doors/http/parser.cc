#include "doors/http/parser.h"

#include <boost/beast/http/basic_parser.hpp>

#include "doors/http/target.h"

namespace comity::http {
namespace {

namespace beast = boost::beast;
using Code = boost::beast::error_code;
using Text = boost::beast::string_view;

std::string_view plain(Text text) { return {text.data(), text.size()}; }

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

size_t leading_line_ends(BytesView bytes) {
  size_t n = 0;
  while (bytes.substr(n, 2) == "\r\n") n += 2;
  return n;
}

// The shortest end of a chunked body, `0` and two line ends. Beast must not see less of it: given only `0` and one line
// end, it asserts at the next byte.
constexpr size_t shortest_end = 5;

// `rest` begins at the last chunk and holds an empty line. Trailer fields are refused: nobody here needs them, and they
// are one more thing that two readers can read differently.
size_t end_of_chunks(BytesView rest) {
  auto const start = leading_line_ends(rest);
  auto const line_end = rest.find("\r\n", start);
  return rest.substr(line_end, 4) == "\r\n\r\n" ? line_end + 4 : 0;
}

int status_of(Code const& code) {
  using E = beast::http::error;
  if (code == E::header_limit) return 431;
  if (code == E::bad_version) return 505;
  if (code == E::body_limit || code == E::buffer_overflow) return 413;
  return 400;
}

}  // namespace

size_t head_length(BytesView buffered) {
  auto const start = leading_line_ends(buffered);
  auto const end = buffered.find("\r\n\r\n", start);
  return end == buffered.npos ? 0 : end + 4;
}

class RequestParser::Machine : public beast::http::basic_parser<true> {
 public:
  explicit Machine(FramingLimits limits) : limits_(limits) {
    header_limit(static_cast<uint32_t>(limits.head_bytes) + 1);
    body_limit(boost::none);  // counted here, so that the order of refusals is ours
  }

  int check_head() const;
  // What follows is the head of a chunk.
  bool is_between_chunks() const { return chunked() && chunk_left_ == 0; }

  Request request;
  bool chunks_ended = false;
  bool expects_continue = false;
  bool http_10 = false;

 private:
  using Length = boost::optional<uint64_t>;

  void on_request_impl(beast::http::verb, Text method, Text target, int version, Code&) override {
    request.method = method_of(plain(method));
    request.target = plain(target);
    http_10 = version < 11;
  }
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(beast::http::field, Text name, Text value, Code& code) override {
    if (request.headers.size() == limits_.header_fields) {
      code = beast::http::error::header_limit;
      return;
    }
    request.headers.add(std::string(plain(name)), std::string(plain(value)));
  }
  void on_header_impl(Code&) override {}
  void on_body_init_impl(Length const&, Code&) override {}
  void on_chunk_header_impl(uint64_t size, Text, Code& code) override {
    if (size > limits_.body_bytes - request.body.size()) code = beast::http::error::body_limit;
    if (size == 0) code = beast::http::error::end_of_chunk;  // Beast stops before trailers: see end_of_chunks
    chunk_left_ = size;
  }
  size_t on_body_impl(Text bytes, Code& code) override { return keep(bytes, code); }
  size_t on_chunk_body_impl(uint64_t, Text bytes, Code& code) override {
    auto const kept = keep(bytes, code);
    chunk_left_ -= kept;
    return kept;
  }
  void on_finish_impl(Code&) override {}

  size_t keep(Text bytes, Code& code) {
    if (bytes.size() > limits_.body_bytes - request.body.size()) {
      code = beast::http::error::body_limit;
      return 0;
    }
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  bool has_repeated_field() const;

  FramingLimits limits_;
  uint64_t chunk_left_ = 0;
};

bool RequestParser::Machine::has_repeated_field() const {
  for (auto const* name : {"Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization"}) {
    if (request.headers.count(name) > 1) return true;
  }
  return false;
}

int RequestParser::Machine::check_head() const {
  auto const& headers = request.headers;
  auto const length = headers.find("Content-Length");
  auto const coding = headers.find("Transfer-Encoding");
  if (has_repeated_field()) return 400;
  if (!headers.has("Host") && !http_10) return 400;  // RFC 9112, 3.2
  if (length && (coding || !is_number(*length))) return 400;
  if (coding && http_10) return 400;
  if (auto const expect = headers.find("Expect"); expect && !same_word(*expect, "100-continue")) return 417;
  if (headers.has("Content-Encoding")) return 415;
  if (coding && !same_word(*coding, "chunked")) return 501;
  bool const needs_body = request.method == Method::post || request.method == Method::put;
  if (needs_body && !length && !coding) return 411;
  auto const announced = content_length();
  if (announced && *announced > limits_.body_bytes) return 413;
  return go_on;
}

RequestParser::RequestParser(FramingLimits limits) : machine_(std::make_unique<Machine>(limits)) {}
RequestParser::~RequestParser() = default;

int RequestParser::head(BytesView bytes) {
  bytes.remove_prefix(leading_line_ends(bytes));
  if (bytes.find("\r\n ") != bytes.npos || bytes.find("\r\n\t") != bytes.npos) return 400;  // folding
  Code code;
  auto const used = machine_->put(boost::asio::buffer(bytes.data(), bytes.size()), code);
  if (code) return status_of(code);
  if (used != bytes.size() || !machine_->is_header_done()) return 400;
  if (int const status = machine_->check_head(); status != go_on) return status;
  auto target = parse_target(machine_->request.target);
  if (!target) return 400;
  machine_->request.path = std::move(target->path);
  machine_->request.query = std::move(target->query);
  machine_->expects_continue = !machine_->http_10 && machine_->request.headers.has("Expect");
  return go_on;
}

RequestParser::Taken RequestParser::body(BytesView bytes) {
  size_t used = 0;
  while (used < bytes.size() && !done()) {
    Code code;
    auto const rest = bytes.substr(used);
    if (machine_->is_between_chunks() && rest.front() == '0' && rest.size() < shortest_end) break;
    used += machine_->put(boost::asio::buffer(rest.data(), rest.size()), code);
    if (code == beast::http::error::need_more) break;
    if (code == beast::http::error::end_of_chunk) {
      auto const end = end_of_chunks(rest);
      machine_->chunks_ended = end != 0;
      return {used + end, end != 0 ? go_on : 400};
    }
    if (code) return {used, status_of(code)};
  }
  return {used, go_on};
}

bool RequestParser::done() const { return machine_->is_done() || machine_->chunks_ended; }
bool RequestParser::expects_continue() const { return machine_->expects_continue; }
bool RequestParser::keeps_alive() const { return machine_->keep_alive(); }
bool RequestParser::is_http_10() const { return machine_->http_10; }
size_t RequestParser::body_bytes() const { return machine_->request.body.size(); }
std::string const& RequestParser::path() const { return machine_->request.path; }
Request RequestParser::take() { return std::move(machine_->request); }

}  // namespace comity::http
