#include "cli/taxii_client.h"

#include <fmt/format.h>

#include "crypto/base64.h"

namespace comity::cli {

static constexpr char const* media_type = "application/taxii+json;version=2.1";

TaxiiClient::TaxiiClient(std::string url, std::string const& user, std::string const& password)
    : url_(std::move(url)), authorization_("Basic " + crypto::to_base64(user + ":" + password)) {}

http::Headers TaxiiClient::headers() const {
  http::Headers headers;
  headers.add("Authorization", authorization_);
  headers.add("Accept", media_type);
  headers.add("Content-Type", media_type);
  return headers;
}

Result<json::Value> TaxiiClient::get(std::string const& path) {
  auto const answer = TRY(client_.fetch({.url = url_ + path, .headers = headers()}));
  if (answer.status != 200)
    return fail(ErrorCode::not_found, fmt::format("{} answered {}", path, answer.status));
  return json::parse(answer.body, answer.body.size() + 1, json::Numbers::any);
}

Result<std::vector<std::string>> TaxiiClient::roots() {
  auto const discovery = TRY(get("/taxii2/"));
  std::vector<std::string> roots;
  if (auto const* list = discovery.as_object().if_contains("api_roots"))
    for (json::Value const& one : list->as_array()) {
      std::string const root(one.as_string());
      roots.push_back(root.starts_with("http") ? root.substr(root.find('/', 8)) : root);
    }
  return roots;
}

Result<std::string> TaxiiClient::collection(std::string const& root, std::string const& name) {
  if (auto const known = collections_.find(root + name); known != collections_.end()) return known->second;
  auto const list = TRY(get(root + "collections/"));
  if (auto const* collections = list.as_object().if_contains("collections"))
    for (json::Value const& one : collections->as_array())
      for (char const* member : {"alias", "title"})
        if (auto const* text = one.as_object().if_contains(member); text && text->as_string() == name)
          return collections_[root + name] = std::string(one.at("id").as_string());
  return fail(ErrorCode::not_found, root + " has no collection " + name);
}

Result<std::vector<std::string>> TaxiiClient::ids(std::string const& root, std::string const& name) {
  std::string const id = TRY(collection(root, name));
  std::string const base = root + "collections/" + id + "/manifest/?match%5Bversion%5D=all&limit=1000";
  std::vector<std::string> ids;
  for (std::string next;;) {
    auto const page = TRY(get(base + (next.empty() ? "" : "&next=" + next)));
    if (auto const* objects = page.as_object().if_contains("objects"))
      for (json::Value const& one : objects->as_array()) ids.emplace_back(one.at("id").as_string());
    auto const* token = page.as_object().if_contains("next");
    if (!token) return ids;
    next = std::string(token->as_string());
  }
}

Result<size_t> TaxiiClient::count(std::string const& root, std::string const& name) {
  return TRY(ids(root, name)).size();
}

Result<Bytes> TaxiiClient::objects(std::string const& root, std::string const& name) {
  std::string const id = TRY(collection(root, name));
  auto const answer = TRY(client_.fetch(
      {.url = url_ + root + "collections/" + id + "/objects/?limit=1000", .headers = headers()}));
  return answer.body;
}

void TaxiiClient::follow(std::string const& root, std::string const& name, Duration patience) {
  auto const id = collection(root, name);
  if (!id) return;
  http::Headers reading;
  reading.add("Authorization", authorization_);
  reading.add("Accept", "text/event-stream");
  static_cast<void>(client_.fetch({.url = url_ + root + "collections/" + *id + "/objects/",
                                   .headers = std::move(reading),
                                   .within = patience,
                                   .at_deadline = http::AtDeadline::keep}));
}

Result<json::Value> TaxiiClient::post(std::string const& root, std::string const& name, Bytes envelope) {
  std::string const id = TRY(collection(root, name));
  auto const answer = TRY(client_.fetch({.method = http::Method::post,
                                         .url = url_ + root + "collections/" + id + "/objects/",
                                         .headers = headers(),
                                         .body = std::move(envelope)}));
  if (answer.status != 202) return fail(ErrorCode::bad_input, fmt::format("POST answered {}", answer.status));
  return json::parse(answer.body, answer.body.size() + 1);
}

}  // namespace comity::cli
