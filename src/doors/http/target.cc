#include "doors/http/target.h"

#include <algorithm>

namespace comity::http {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::unexpected<Error> malformed() { return fail(ErrorCode::bad_input, "malformed request target"); }

// The two digits after the `%` at `at`.
Result<char> octet(std::string_view raw, size_t at) {
  if (raw.size() - at < 3) return malformed();
  int const high = digit(raw[at + 1]);
  int const low = digit(raw[at + 2]);
  if (high < 0 || low < 0) return malformed();
  return static_cast<char>(high << 4 | low);
}

Result<std::string> decode_path(std::string_view raw) {
  std::string path;
  path.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '%') {
      c = TRY(octet(raw, i));
      if (c == '/') return malformed();
      i += 2;
    }
    auto const code = static_cast<unsigned char>(c);
    if (code < 0x20 || code == 0x7f) return malformed();
    path += c;
  }
  return path;
}

Result<std::string> decode_query_word(std::string_view raw) {
  std::string word;
  word.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i] == '+' ? ' ' : raw[i];
    if (c == '%') {
      c = TRY(octet(raw, i));
      i += 2;
    }
    if (c == '\0') return malformed();
    word += c;
  }
  return word;
}

Result<Query> decode_query(std::string_view raw) {
  Query query;
  while (!raw.empty()) {
    auto const pair = raw.substr(0, raw.find('&'));
    raw.remove_prefix(pair.size() < raw.size() ? pair.size() + 1 : pair.size());
    if (pair.empty()) continue;
    auto const equals = pair.find('=');
    auto name = TRY(decode_query_word(pair.substr(0, equals)));
    auto value = TRY(decode_query_word(equals == pair.npos ? "" : pair.substr(equals + 1)));
    query.emplace_back(std::move(name), std::move(value));
  }
  return query;
}

// RFC 9112, 3.2.2: a server takes the absolute form too; whose authority it names is not looked at here.
std::string_view without_authority(std::string_view raw) {
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (raw.size() < scheme.size() || !same_word(raw.substr(0, scheme.size()), scheme)) continue;
    auto const end = raw.find_first_of("/?#", scheme.size());
    return end == raw.npos ? "/" : raw.substr(end);
  }
  return raw;
}

}  // namespace

Result<Target> parse_target(std::string_view raw) {
  if (raw == "*") return Target{"*", {}};
  raw = without_authority(raw);
  if (raw.empty() || raw.front() != '/' || raw.find('#') != raw.npos) return malformed();
  auto const mark = raw.find('?');
  auto path = TRY(decode_path(raw.substr(0, mark)));
  auto query = TRY(decode_query(mark == raw.npos ? "" : raw.substr(mark + 1)));
  return Target{std::move(path), std::move(query)};
}

std::string percent_encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    auto const octet = static_cast<unsigned char>(c);
    if (letter || c == '-' || c == '.' || c == '_' || c == '~')
      out += c;
    else
      out += {'%', digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

std::string path_in(BytesView head) {
  auto const start = std::min(head.find_first_not_of("\r\n"), head.size());
  auto const line = head.substr(start, head.find_first_of("\r\n", start) - start);
  auto const space = line.find(' ');
  if (space == line.npos) return {};
  auto const raw = line.substr(space + 1, line.find(' ', space + 1) - space - 1);
  auto target = parse_target(raw);
  return target ? std::move(target->path) : std::string(raw.substr(0, raw.find('?')));
}

}  // namespace comity::http
