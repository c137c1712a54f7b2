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

  Request request;
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
    if (head_done_) return;  // a trailer: it must not pass for a header
    if (request.headers.size() == limits_.header_fields) {
      code = beast::http::error::header_limit;
      return;
    }
    request.headers.add(std::string(plain(name)), std::string(plain(value)));
  }
  void on_header_impl(Code&) override { head_done_ = true; }
  void on_body_init_impl(Length const&, Code&) override {}
  void on_chunk_header_impl(uint64_t size, Text, Code& code) override {
    if (size > limits_.body_bytes - request.body.size()) code = beast::http::error::body_limit;
  }
  size_t on_body_impl(Text bytes, Code& code) override { return keep(bytes, code); }
  size_t on_chunk_body_impl(uint64_t, Text bytes, Code& code) override { return keep(bytes, code); }
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
  bool head_done_ = false;
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
  while (used < bytes.size() && !machine_->is_done()) {
    Code code;
    auto const rest = bytes.substr(used);
    auto const n = machine_->put(boost::asio::buffer(rest.data(), rest.size()), code);
    used += n;
    if (code == beast::http::error::need_more) break;
    if (code) return {used, status_of(code)};
  }
  return {used, go_on};
}

bool RequestParser::done() const { return machine_->is_done(); }
bool RequestParser::expects_continue() const { return machine_->expects_continue; }
bool RequestParser::keeps_alive() const { return machine_->keep_alive(); }
bool RequestParser::is_http_10() const { return machine_->http_10; }
size_t RequestParser::body_bytes() const { return machine_->request.body.size(); }
Method RequestParser::method() const { return machine_->request.method; }
Request RequestParser::take() { return std::move(machine_->request); }

}  // namespace comity::http
