// A request to the doors, without a socket: the same routes, handlers and authentication as the server's.
#include <future>
#include <regex>
#include <stdexcept>

#include "crypto/base64.h"
#include "doors/http/target.h"
#include "transcripts/short_forms.h"
#include "transcripts/steps.h"

namespace comity::transcripts {
namespace {

// Headers of an answer that a reader of a transcript looks for; all of them count as told.
bool is_shown(std::string_view name) {
  for (char const* one : {"X-TAXII-Date-Added-First", "X-TAXII-Date-Added-Last", "Allow", "WWW-Authenticate",
                          "Retry-After", "Location"})
    if (http::same_word(name, one)) return true;
  return false;
}

// One line for each member of the answer and each element of its lists: the bytes of the body, with line feeds and
// indentation put between them. What is no JSON object stands as it is.
std::string laid_out(std::string const& body) {
  if (!body.starts_with('{')) return body;
  std::string out;
  size_t depth = 0;
  bool in_list = false, in_text = false;
  for (size_t i = 0; i < body.size(); ++i) {
    char const c = body[i];
    if (in_text) {
      out += c;
      if (c == '\\' && i + 1 < body.size()) out += body[++i];
      in_text = c != '"';
      continue;
    }
    in_text = c == '"';
    bool const opens = c == '{' || c == '[', closes = c == '}' || c == ']';
    if (opens) ++depth;
    if (opens && depth == 2) in_list = c == '[';
    if (closes) --depth;
    if (closes && depth == 0) out += "\n";
    out += c;
    bool const breaks =
        depth == 1 ? opens || c == ',' : depth == 2 && in_list && (opens ? c == '[' : c == ',');
    if (breaks && i + 1 < body.size() && body[i + 1] != ']' && body[i + 1] != '}')
      out += "\n" + std::string(2 * depth, ' ');
  }
  return out;
}

http::Request request_of(Playing& playing, std::string const& who, std::string const& method,
                         std::string const& target, std::vector<std::string> const& lines) {
  http::Request request;
  request.method = http::method_of(method);
  request.target = target;
  request.peer = "192.0.2.1";
  request.id = "request";
  auto parts = http::parse_target(target);
  if (!parts) throw std::runtime_error("no target: " + parts.error().detail);
  request.path = std::move(parts->path);
  request.query = std::move(parts->query);
  static std::regex const field("([A-Za-z-]+): (.*)");
  size_t i = 0;
  std::smatch found;
  for (; i < lines.size() && std::regex_match(lines[i], found, field); ++i)
    request.headers.add(found[1], found[2]);
  for (; i < lines.size(); ++i) request.body += lines[i] + (i + 1 < lines.size() ? "\n" : "");
  bool const taxii =
      target.starts_with("/taxii2") || target.contains("/collections/");  // also at roots of another server
  std::string const media = taxii ? "application/taxii+json;version=2.1" : "application/json";
  bool const is_f3548 = playing.stage.is_dss() && !target.starts_with("/api/");
  if (is_f3548 && !who.empty() && !request.headers.has("Authorization"))
    request.headers.add("Authorization", "Bearer " + playing.stage.f3548_token(who));
  if (!who.empty() && !request.headers.has("Authorization"))
    for (auto const& [name, value] :
         playing.stage.credential_of(who, taxii ? Asks::as_machine : Asks::as_person))
      request.headers.add(name, value);
  if (!request.headers.has("Accept")) request.headers.add("Accept", media);
  if (!request.body.empty() && !request.headers.has("Content-Type"))
    request.headers.add("Content-Type", media);
  return request;
}

}  // namespace

std::string ask_door(Playing& playing, std::string const& who, std::string const& method,
                     std::string const& target, std::vector<std::string> const& lines) {
  std::promise<http::Reply> answered;
  playing.stage.router().serve(request_of(playing, who, method, target, lines),
                               [&](http::Reply&& reply) { answered.set_value(std::move(reply)); });
  http::Reply reply = answered.get_future().get();
  // That an office was given its notices is recorded behind its back; what is asked next sees it.
  playing.stage.centre().submit_and_wait(std::vector<sequencer::Submission>{});
  if (!reply.body.current_at(playing.stage.centre().epoch()) && reply.again) reply = reply.again();
  std::string all, shown = std::to_string(reply.status);
  if (auto const type = reply.headers.find("Content-Type")) shown += " " + std::string(*type);
  for (auto const& [name, value] : reply.headers) {
    all += name + ": " + value + "\n";
    if (is_shown(name)) shown += "\n" + name + ": " + value;
  }
  if (!who.empty() && playing.stage.is_dss())
    playing.stage.was_told(who, all + reply.body.value());
  else if (!who.empty())
    playing.stage.was_told(playing.stage.speaker(who).office, all + reply.body.value());
  if (!reply.body.value().empty()) shown += "\n" + laid_out(reply.body.value());
  for (std::string const& line : playing.stage.log_since()) shown += "\n" + line;
  return shown;
}

}  // namespace comity::transcripts
