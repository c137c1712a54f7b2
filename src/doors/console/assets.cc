#include "doors/console/assets.h"

#include <algorithm>
#include <charconv>

#include "doors/console/browser.h"

namespace comity::console {
namespace {

// Where the application reads its own address; whatever stands behind them is its own business.
constexpr std::string_view pages[] = {"/",
                                      "/sign-in",
                                      "/account",
                                      "/watch",
                                      "/watch/{thing}",
                                      "/agreements",
                                      "/agreements/{thing}",
                                      "/agreements/{thing}/{part}",
                                      "/exchange",
                                      "/exchange/{thing}",
                                      "/exchange/{thing}/{part}",
                                      "/ground",
                                      "/ground/{thing}",
                                      "/people",
                                      "/people/{thing}",
                                      "/proof",
                                      "/proof/{thing}",
                                      "/print/{thing}",
                                      "/about",
                                      "/tour",
                                      "/tour/{thing}"};

constexpr release::FixedText no_console =
    "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Comity</title>\n"
    "<p>This centre runs. This build of it has no console: its program was built without one.</p>\n"
    "<p>The API and the command line have everything; see the README.</p>\n</html>\n";

// RFC 9110, 12.5.3: whether gzip is taken.
bool takes_gzip(http::Request const& request) {
  std::string const list = request.headers.joined("Accept-Encoding");
  bool any = false, named = false, takes = false;
  for (std::string_view rest = list; !rest.empty();) {
    size_t const end = std::min(rest.find(','), rest.size());
    std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    std::string_view const name = one.substr(0, one.find(';'));
    size_t const first = name.find_first_not_of(' '), last = name.find_last_not_of(' ');
    if (first == name.npos) continue;
    std::string_view const word = name.substr(first, last - first + 1);
    size_t const q = one.find("q=");
    bool const wanted =
        q == one.npos || one.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
    if (http::same_word(word, "gzip")) named = true, takes = wanted;
    if (word == "*") any = wanted;
  }
  return named ? takes : any;
}

bool is_known(http::Request const& request, std::string_view tag) {
  std::string const list = request.headers.joined("If-None-Match");
  return list == "*" || list.contains(tag);
}

enum class Kept : uint8_t { asked_again, for_ever };

http::Reply reply_of(http::Request const& request, Asset const& asset, Kept kept) {
  bool const packed = !asset.packed.text().empty() && takes_gzip(request);
  std::string const tag = "\"" + std::string(asset.digest) + (packed ? "-gz\"" : "\"");
  http::Headers headers{
      {"Content-Type", std::string(asset.media)},
      {"Cache-Control", kept == Kept::for_ever ? "public, max-age=31536000, immutable" : "no-cache"},
      {"ETag", tag},
      {"Vary", "Accept-Encoding"}};
  add_page_headers(headers);
  if (is_known(request, tag)) return {304, std::move(headers), release::Egress::fixed("")};
  if (packed) headers.add("Content-Encoding", "gzip");
  return {200, std::move(headers), release::Egress::fixed(packed ? asset.packed : asset.plain)};
}

http::Reply reply_of_none() {
  http::Headers headers{{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-cache"}};
  add_page_headers(headers);
  return {200, std::move(headers), release::Egress::fixed(no_console)};
}

Asset const* find(std::span<Asset const> all, std::string_view path) {
  auto const found = std::ranges::find(all, path, &Asset::path);
  return found == all.end() ? nullptr : &*found;
}

using Answer = std::function<http::Reply(http::Request const&, http::Match const&)>;

http::Route route(std::string_view pattern, Answer answer) {
  return {{http::Method::get},
          pattern,
          "",
          [answer = std::move(answer)](http::Request&& request, http::Match const& match, http::Done done) {
            http::Reply reply = match.missing_slash ? http::fixed_reply(404) : answer(request, match);
            if (!match.method_allowed)
              reply = {405,
                       {{"Content-Type", "application/problem+json"}, {"Allow", match.allow.text()}},
                       release::Egress::fixed("{\"title\":\"Method not allowed\",\"status\":405}\n")};
            reply.note = match.note();
            done(std::move(reply));
          }};
}

}  // namespace

std::vector<http::Route> asset_routes(std::span<Asset const> all, OnPage const& on_first_page) {
  std::vector<http::Route> routes;
  Asset const* const index = find(all, "/index.html");
  for (std::string_view const page : pages)
    routes.push_back(route(page, [index, told = page == "/" ? on_first_page : OnPage()](
                                     http::Request const& request, http::Match const& match) {
      if (told && match.method_allowed) told(request);
      return index ? reply_of(request, *index, Kept::asked_again) : reply_of_none();
    }));
  routes.push_back(route("/assets/{name}", [all](http::Request const& request, http::Match const& match) {
    Asset const* const asset = find(all, "/assets/" + std::string(match.param("name")));
    return asset ? reply_of(request, *asset, Kept::for_ever) : http::fixed_reply(404);
  }));
  for (Asset const& asset : all) {
    bool const has_route = &asset == index || (asset.path.starts_with("/assets/") &&
                                               asset.path.find('/', 8) == std::string_view::npos);
    if (has_route) continue;
    routes.push_back(route(asset.path, [&asset](http::Request const& request, http::Match const&) {
      return reply_of(request, asset, Kept::asked_again);
    }));
  }
  return routes;
}

}  // namespace comity::console
