#include "cli/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/contains.h"
#include "base/seam.h"
#include "cli/members.h"
#include "cli/remote.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "json/json.h"

namespace comity::cli {
namespace {

constexpr char const* taxii_type = "application/taxii+json;version=2.1";
constexpr char const* stream_type = "text/event-stream";
constexpr size_t most_pages = 10'000;  // of one list; a cursor that goes in circles ends here

std::string path_in(std::string_view url) {
  auto const scheme = url.find("://");
  if (scheme == url.npos) return std::string(url);
  auto const slash = url.find('/', scheme + 3);
  return slash == url.npos ? "/" : std::string(url.substr(slash));
}

std::string with_query(std::string const& path, std::string const& query) {
  return path + (path.find('?') == path.npos ? "?" : "&") + query;
}

std::optional<json::Value> json_of(Bytes const& body) {
  auto value = json::parse(body, body.size() + 1, json::Numbers::any);
  return value ? std::optional(std::move(*value)) : std::nullopt;
}

json::Array list_in(json::Value const& value, std::string_view name) {
  if (value.is_array()) return value.as_array();
  auto const* members = value.if_object();
  auto const* list = members ? members->if_contains(name) : nullptr;
  return list && list->is_array() ? list->as_array() : json::Array{};
}

std::vector<std::string> texts_in(json::Value const& value, std::string_view list, std::string_view member) {
  std::vector<std::string> texts;
  for (auto const& one : list_in(value, list)) {
    std::string text = one.is_string() ? std::string(one.as_string()) : text_at(one, member);
    if (!text.empty() && !contains(texts, text)) texts.push_back(std::move(text));
  }
  return texts;
}

bool is_item_id(std::string_view name) { return name.find("--") != name.npos; }

// As long as `name`, of its shape, and made of it alone: what nobody has.
std::string nobody_has(std::string const& name) {
  Digest const digest = crypto::sha256("comity sweep: nobody has " + name);
  if (is_item_id(name)) return name.substr(0, name.find("--") + 2) + crypto::uuid_v4_shaped(digest);
  std::string const letters = to_hex(digest) + to_hex(crypto::sha256(digest.view()));
  std::string out = name;
  for (size_t i = 0; i < out.size(); ++i) {
    char const c = letters[i % letters.size()];
    bool const fixed = out[i] == '.' || out[i] == '/' || out[i] == '-';
    if (!fixed)
      out[i] = static_cast<char>(c <= '9' ? 'g' + (c - '0') : 'q' + (c - 'a'));  // no digit, no real word
  }
  return out;
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string without_value(std::string const& text, std::string_view member) {
  auto const at = text.find(member);
  auto const end = at == text.npos ? at : text.find('"', at + member.size());
  return end == text.npos ? text : text.substr(0, at + member.size()) + text.substr(end);
}

// Of the command that was sent.
std::string without_digest(std::string const& text) { return without_value(text, "\"digest\":\""); }

// `"time":"…"` of /me is the centre's clock.
std::string without_clock(std::string const& text) { return without_value(text, "\"time\":\""); }

class Walker {
 public:
  explicit Walker(Ask const& ask) : ask_(ask) {}

  Result<void> everything(std::vector<std::string> const& guesses);
  Walk take() { return std::move(walk_); }

 private:
  Result<Answer> ask(Question const& question);
  Result<std::optional<json::Value>> get(std::string const& path, std::string const& accept);
  Result<void> pages(std::string const& path, std::string const& accept, std::string const& cursor,
                     std::set<std::string>* ids);
  Result<void> taxii();
  Result<void> root(std::string const& path);
  Result<void> collection(std::string const& path);
  Result<void> native();
  Result<void> agreements();
  Result<void> item(std::string const& id);
  Result<void> errors();
  Result<void> guess(std::string const& name);
  std::vector<Question> questions_about(std::string const& name) const;

  Ask const& ask_;
  Walk walk_;
  std::set<std::string> asked_;
  std::set<std::string> known_;  // names from this office's own lists
};

Result<Answer> Walker::ask(Question const& question) {
  std::string const text = question.text();
  if (!asked_.insert(text).second) return *std::ranges::find(walk_.answers, text, &Answer::question);
  auto response = TRY(ask_(question));
  walk_.answers.push_back({text, response.status, std::move(response.headers), std::move(response.body)});
  return walk_.answers.back();
}

// The JSON of a good answer.
Result<std::optional<json::Value>> Walker::get(std::string const& path, std::string const& accept) {
  auto const answer = TRY(ask({.path = path, .accept = accept}));
  return answer.status == 200 ? json_of(answer.body) : std::nullopt;
}

Result<void> Walker::pages(std::string const& path, std::string const& accept, std::string const& cursor,
                           std::set<std::string>* ids) {
  std::string page = path;
  for (size_t i = 0; i < most_pages; ++i) {
    auto const value = TRY(get(page, accept));
    if (!value) return {};
    for (char const* list : {"objects", "items"})
      if (ids)
        for (auto& id : texts_in(*value, list, "id")) ids->insert(std::move(id));
    std::string const next = text_at(*value, "next");
    if (next.empty()) return {};
    page = with_query(path, cursor + "=" + segment(next));
  }
  return {};
}

Result<void> Walker::collection(std::string const& path) {
  std::set<std::string> ids;
  TRY(get(path, taxii_type));
  TRY_VOID(pages(path + "manifest/", taxii_type, "next", &ids));
  TRY_VOID(pages(path + "objects/", taxii_type, "next", &ids));
  TRY_VOID(pages(path + "objects/?match[version]=all", taxii_type, "next", nullptr));
  for (auto const& id : ids) {
    known_.insert(id);
    TRY(get(path + "objects/" + segment(id) + "/", taxii_type));
    TRY(get(path + "objects/" + segment(id) + "/versions/", taxii_type));
  }
  return {};
}

Result<void> Walker::root(std::string const& path) {
  std::string name = path;
  if (name.ends_with('/')) name.pop_back();
  known_.insert(name.substr(name.rfind('/') + 1));
  TRY(get(path, taxii_type));
  auto const list = TRY(get(path + "collections/", taxii_type));
  if (!list) return {};
  for (auto const& id : texts_in(*list, "collections", "id"))
    TRY_VOID(collection(path + "collections/" + segment(id) + "/"));
  return {};
}

Result<void> Walker::taxii() {
  auto const discovery = TRY(get("/taxii2/", taxii_type));
  if (!discovery) return {};
  for (auto const& url : texts_in(*discovery, "api_roots", "url")) TRY_VOID(root(path_in(url)));
  return {};
}

Result<void> Walker::agreements() {
  std::vector<std::string> ids;
  for (std::string query;;) {
    auto const list = TRY(get("/api/v1/agreements" + query, json_type));
    auto const page = list ? texts_in(*list, "agreements", "id") : std::vector<std::string>{};
    if (page.empty()) break;
    ids.insert(ids.end(), page.begin(), page.end());
    query = "?next=" + segment(page.back());
  }
  for (auto const& id : ids) {
    known_.insert(id);
    std::string const path = "/api/v1/agreements/" + segment(id);
    TRY(get(path, json_type));
    TRY(ask({.path = path, .accept = "text/markdown"}));
    for (char const* part : {"?version=1", "?version=2", "/acts", "/ballots", "/clocks", "/matrix"})
      TRY(get(path + part, json_type));
  }
  return {};
}

Result<void> Walker::item(std::string const& id) {
  std::string const path = "/api/v1/items/" + segment(id);
  for (char const* part : {"", "/why", "/who-sees", "/who-has"}) TRY(get(path + part, json_type));
  return {};
}

// What follows from filings is said by clauses, whatever others have filed there.
std::string preview_of_filings() {
  std::string const extents =
      R"("extents":[{"polygon":[[355000000,330000000],[425000000,330000000],[355000000,375000000]],)"
      R"("low":{"value":0,"unit":"m","reference":"W84"},"high":{"value":9000,"unit":"m","reference":"W84"},)"
      R"("from":"2036-01-01T00:00:00.000000Z","until":"2036-01-01T01:00:00.000000Z"}])";
  std::string commands;
  for (std::string const& one :
       {std::string(R"("put_intent","body":{"state":"Accepted",)"),
        std::string(R"("put_constraint","body":{)"),
        std::string(R"("put_site","body":{"kind":"hospital","name":"nobody's","source":"none",)"
                    R"("measured":"none","reconfirm_by":"2036-01-01T00:00:00.000000Z",)")})
    commands += (commands.empty() ? "" : ",") + (R"({"kind":)" + one) +
                R"("id":"5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a11",)" + extents + "}}";
  return R"({"commands":[)" + commands + R"(],"questions":["refused?","who_is_told"]})";
}

Result<void> Walker::native() {
  for (char const* path : {"/api/v1/me",         "/api/v1/clients",   "/api/v1/people",
                           "/api/v1/templates",  "/api/v1/matrix",    "/api/v1/refusals",
                           "/api/v1/recalls",    "/api/v1/onward",    "/api/v1/intents",
                           "/api/v1/sites",      "/api/v1/conflicts", "/api/v1/notices",
                           "/api/v1/watch",      "/api/v1/issues",    "/api/v1/board",
                           "/api/v1/statements", "/healthz",          "/",
                           "/checkpoint",        "/metrics",          "/api/v1/destinations",
                           "/api/v1/frameworks", "/public/centre",    "/public/replies"})
    TRY(get(path, json_type));
  for (char const* list : {"/api/v1/intents", "/api/v1/sites", "/api/v1/conflicts", "/api/v1/notices"})
    TRY(ask({.path = list, .accept = "application/geo+json"}));
  for (char const* map : {"/api/v1/kml", "/api/v1/overlay.kml"})
    TRY(ask({.path = map, .accept = "application/vnd.google-earth.kml+xml"}));
  TRY_VOID(agreements());
  if (auto const list = TRY(get("/api/v1/parties", json_type)))
    for (auto const& party : texts_in(*list, "parties", "party")) {
      known_.insert(party);
      TRY(get("/api/v1/parties/" + segment(party), json_type));
      auto const offices = TRY(get("/api/v1/parties/" + segment(party) + "/offices", json_type));
      if (offices)
        for (auto const& office : texts_in(*offices, "offices", "office")) known_.insert(office);
    }
  std::set<std::string> ids;
  for (char const* role : {"received", "contributed", "reference"}) {
    std::string const path = std::string("/api/v1/items?role=") + role;
    TRY_VOID(pages(path, json_type, "after", &ids));
    TRY_VOID(pages(path + "&order=newest", json_type, "after", &ids));
    TRY(ask({.path = path, .accept = stream_type}));
  }
  TRY(ask({http::Method::post, "/api/v1/previews", json_type, preview_of_filings()}));
  for (char const* path : {"/api/v1/duties", "/api/v1/records"}) {
    TRY_VOID(pages(path, json_type, "after", &ids));
    TRY(ask({.path = path, .accept = stream_type}));
  }
  for (auto const& id : ids) {
    known_.insert(id);
    TRY_VOID(item(id));
  }
  return {};
}

// A text that names others in its condition: hidden must compile like unknown (B2).
std::string text_naming(std::string const& agreement) {
  return R"({"format":"comity-agreement/1","id":"x.y","entry_into_force":{"in_force":)" +
         json::write(json::Value(agreement)) + "}}";
}

std::string preview_under(std::string const& agreement) {
  return R"({"commands":[{"kind":"contribute","body":{"agreement":)" + json::write(json::Value(agreement)) +
         R"(,"object":{"type":"identity","spec_version":"2.1",)"
         R"("id":"identity--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a11","created":"2020-01-01T00:00:00.000Z",)"
         R"("modified":"2020-01-01T00:00:00.000Z","name":"nobody"}}}],"questions":["refused?"]})";
}

std::vector<Question> Walker::questions_about(std::string const& name) const {
  std::vector<Question> all;
  auto const add = [&](std::string const& path, std::string const& accept) {
    all.push_back({.path = path, .accept = accept});
  };
  std::string const one = segment(name);
  for (char const* part : {"", "collections/", "status/00000000-0000-4000-8000-000000000000/"})
    add("/taxii2/" + one + "/" + part, taxii_type);
  add("/taxii2/all/collections/" + one + "/", taxii_type);
  for (char const* part : {"", "?version=1", "/acts", "/ballots", "/clocks", "/matrix"})
    add("/api/v1/agreements/" + one + part, json_type);
  add("/api/v1/agreements/" + one, "text/markdown");
  for (char const* page : {"/agreements/", "/exchange/"}) add(page + one, "text/html");
  for (char const* part : {"", "/offices"}) add("/api/v1/parties/" + one + part, json_type);
  for (char const* part : {"", "/why", "/who-sees", "/who-has"})
    add("/api/v1/items/" + one + part, json_type);
  for (char const* role : {"received", "contributed", "reference"}) {
    add(std::string("/api/v1/items?role=") + role + "&agreement=" + one, json_type);
    add(std::string("/api/v1/items?role=") + role + "&id=" + one, json_type);
  }
  add("/api/v1/agreements?party=" + one, json_type);
  add("/api/v1/commands/" + one, json_type);
  add("/api/v1/recalls/" + one, json_type);
  add("/api/v1/export?party=" + one, json_type);
  all.push_back({http::Method::post, "/api/v1/agreements/compile", json_type, text_naming(name)});
  all.push_back({http::Method::post, "/api/v1/previews", json_type, preview_under(name)});
  return all;
}

Result<void> Walker::guess(std::string const& name) {
  if (known_.contains(name)) return {};
  std::string const other = nobody_has(name);
  auto const about = questions_about(name), control = questions_about(other);
  for (size_t i = 0; i < about.size(); ++i) {
    auto const answer = TRY(ask(about[i]));
    auto const same = TRY(ask(control[i]));
    ++walk_.guessed;
    // What the caller sent may come back, also as a digest of it; nothing else may differ.
    if (without_digest(replaced(compared(answer), name, other)) != without_digest(compared(same)))
      walk_.told_apart.push_back(answer.question);
  }
  return {};
}

Result<void> Walker::errors() {
  for (auto const& shape : {std::string("qx.nothing-here"), std::string("qx"), std::string("qx/nothing"),
                            std::string("indicator--00000000-0000-4000-8000-000000000000")})
    for (auto const& question : questions_about(nobody_has(shape))) TRY(ask(question));
  for (char const* path : {"/nothing", "/taxii2", "/api/v1/nothing", "/api/v1/agreements?state=nothing",
                           "/api/v1/items?limit=0", "/taxii2/all/collections/?limit=0"})
    TRY(ask({.path = path, .accept = json_type}));
  for (char const* path : {"/taxii2/", "/taxii2/all/", "/api/v1/me", "/api/v1/agreements", "/api/v1/items"})
    TRY(ask({.path = path, .accept = json_type, .as = As::nobody}));
  return {};
}

Result<void> Walker::everything(std::vector<std::string> const& guesses) {
  TRY_VOID(taxii());
  TRY_VOID(native());
  TRY_VOID(errors());
  for (auto const& name : guesses) TRY_VOID(guess(name));
  return {};
}

}  // namespace

std::string Question::text() const {
  std::string text = std::string(http::name_of(method)) + " " + path;
  if (!accept.empty() && accept != json_type) text += " as " + accept.substr(0, accept.find(';'));
  if (!body.empty()) text += " with " + to_hex(crypto::sha256(body)).substr(0, 8);
  return as == As::nobody ? text + " without a credential" : text;
}

std::string compared(Answer const& answer) {
  std::string out = fmt::format("{}\n", answer.status);
  for (auto const& [name, value] : answer.headers)
    if (!http::same_word(name, "Date")) out += name + ": " + value + "\n";
  return out + "\n" + (answer.question == "GET /api/v1/me" ? without_clock(answer.body) : answer.body);
}

Result<Walk> walk(Ask const& ask, std::vector<std::string> const& guesses) {
  Walker walker(ask);
  TRY_VOID(walker.everything(guesses));
  return walker.take();
}

}  // namespace comity::cli
