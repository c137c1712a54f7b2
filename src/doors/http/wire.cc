#include "doors/http/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace comity::http {
namespace {

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";
  }
}

// Part of every answer: kept by nobody, taken for nothing but what it says, and inert in a browser (G6, G13).
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> everywhere = {{
    {"Cache-Control", "private, no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'"},
}};

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (char const c : value) {
    auto const code = static_cast<unsigned char>(c);
    if (code >= 0x20 && code != 0x7f) head += c;
  }
  head += "\r\n";
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(HeadFacts facts, Headers const& headers, std::string const& date) {
  std::string head;
  head.reserve(512);
  head += "HTTP/1.1 ";
  head += std::to_string(facts.status);
  head += ' ';
  head += reason_of(facts.status);
  head += "\r\n";
  add_field(head, "Date", date);
  add_field(head, "Server", "comity");
  if (facts.persistence == Persistence::close) add_field(head, "Connection", "close");
  if (facts.persistence == Persistence::keep_10) add_field(head, "Connection", "keep-alive");
  if (has_body(facts.status) && facts.framing == Framing::length)
    add_field(head, "Content-Length", std::to_string(facts.body_bytes));
  if (facts.framing == Framing::chunked) add_field(head, "Transfer-Encoding", "chunked");
  for (auto const& [name, value] : everywhere) add_field(head, name, headers.find(name).value_or(value));
  for (auto const& [name, value] : headers) {
    bool const told =
        std::ranges::any_of(everywhere, [&](auto const& one) { return same_word(one.first, name); });
    if (!told) add_field(head, name, value);
  }
  head += "\r\n";
  return head;
}

std::string http_date(UtcTime time) {
  static constexpr std::array day_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  using namespace std::chrono;
  sys_seconds const second(std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(time.us)));
  auto const day = floor<std::chrono::days>(second);
  year_month_day const date(day);
  hh_mm_ss const clock(second - day);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", day_names[weekday(day).c_encoding()],
                     unsigned(date.day()), month_names[unsigned(date.month()) - 1], int(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace comity::http
