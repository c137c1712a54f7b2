#include "doors/console/browser.h"

#include "release/egress.h"

namespace comity::console {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";
constexpr std::string_view permissions =
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=()";

bool changes(http::Method method) {
  return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

std::string_view name_of_cookie(Secured secured) {
  return secured == Secured::yes ? "__Secure-comity" : "comity";
}

std::string_view name_of_login_cookie(Secured secured) {
  return secured == Secured::yes ? "__Secure-comity-openid" : "comity-openid";
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  size_t const last = text.find_last_not_of(" \t");
  return last == text.npos ? std::string_view() : text.substr(0, last + 1);
}

}  // namespace

bool is_of_own_origin(http::Request const& request) {
  auto const site = request.headers.find("Sec-Fetch-Site");
  if (site && *site != "same-origin") return false;
  auto const origin = request.headers.find("Origin");
  if (!origin) return true;
  size_t const host = origin->find("://");
  return host != origin->npos &&
         http::same_word(origin->substr(host + 3), request.headers.find("Host").value_or(""));
}

bool is_of_own_page(http::Request const& request) {
  if (!changes(request.method)) return true;
  return request.headers.find("Comity-Console") == "1" && is_of_own_origin(request);
}

http::Reply of_another_page() {
  return {403,
          {{"Content-Type", "application/problem+json"}},
          release::Egress::fixed("{\"title\":\"Not from a page of this origin\",\"status\":403}\n")};
}

bool is_to_loopback(http::Request const& request) {
  std::string_view host = request.headers.find("Host").value_or("");
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1) == "[::1]";
  host = host.substr(0, host.find(':'));
  return host == "127.0.0.1" || http::same_word(host, "localhost") ||
         (host.size() > 10 && http::same_word(host.substr(host.size() - 10), ".localhost"));
}

static std::string_view cookie_named(http::Request const& request, std::string_view name) {
  std::string_view found;
  size_t times = 0;
  for (auto const& [field, value] : request.headers) {
    if (!http::same_word(field, "Cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      size_t const end = std::min(rest.find(';'), rest.size());
      std::string_view const pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      size_t const is = pair.find('=');
      if (is == pair.npos || pair.substr(0, is) != name) continue;
      found = pair.substr(is + 1);
      ++times;
    }
  }
  return times == 1 ? found : std::string_view();
}

struct CookieKind {
  std::string_view name, path, same_site;
};

// An empty text takes the cookie away.
static std::string cookie(CookieKind const& kind, std::string_view text, Duration life, Secured secured) {
  int64_t const age = text.empty() ? 0 : life.us / seconds(1).us;
  return std::string(kind.name) + "=" + std::string(text) + "; Path=" + std::string(kind.path) +
         "; Max-Age=" + std::to_string(age) + "; HttpOnly; SameSite=" + std::string(kind.same_site) +
         (secured == Secured::yes ? "; Secure" : "");
}

std::string_view cookie_of(http::Request const& request, Secured secured) {
  return cookie_named(request, name_of_cookie(secured));
}

std::string_view login_cookie_of(http::Request const& request, Secured secured) {
  return cookie_named(request, name_of_login_cookie(secured));
}

std::string set_cookie(std::string_view text, Duration life, Secured secured) {
  return cookie({name_of_cookie(secured), "/console", "Strict"}, text, life, secured);
}

std::string set_login_cookie(std::string_view text, Duration life, Secured secured) {
  return cookie({name_of_login_cookie(secured), "/console/openid", "Lax"}, text, life, secured);
}

void add_page_headers(http::Headers& headers) {
  headers.add("Content-Security-Policy", std::string(policy));
  headers.add("Referrer-Policy", "no-referrer");
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
  headers.add("Cross-Origin-Resource-Policy", "same-origin");
  headers.add("Permissions-Policy", std::string(permissions));
}

http::Reply without_prompt(http::Reply reply) {
  http::Headers kept;
  for (auto const& [name, value] : reply.headers)
    if (!http::same_word(name, "WWW-Authenticate")) kept.add(name, value);
  reply.headers = std::move(kept);
  if (reply.again) reply.again = [again = std::move(reply.again)] { return without_prompt(again()); };
  return reply;
}

}  // namespace comity::console
