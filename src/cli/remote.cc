#include "cli/remote.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <thread>

#include "base/limits.h"
#include "base/seam.h"
#include "cli/members.h"

namespace comity::cli {
namespace {

constexpr size_t answer_bytes = 256u << 20;
constexpr int times_again = 2;
constexpr auto before_again = std::chrono::milliseconds(200);

ErrorCode code_of(int status) {
  switch (status) {
    case 401: return ErrorCode::unauthenticated;
    case 403: return ErrorCode::forbidden;
    case 404:
    case 410: return ErrorCode::not_found;
    case 413: return ErrorCode::too_large;
    case 429: return ErrorCode::over_quota;
    case 503: return ErrorCode::busy;
    default: return status >= 500 ? ErrorCode::io : ErrorCode::bad_input;
  }
}

char const* next_step(int status) {
  switch (status) {
    case 401: return "not authorised: check user and password in the credentials file, or COMITY_TOKEN";
    case 403: return "this client or person does not have the right; `comity me` shows what it has";
    case 404:
      return "not there, or not for you: the two look the same; `comity agreements list` shows what is";
    case 429: return "this office has used up its share for now; try again later";
    case 503: return "the centre is busy or catching up; try again in a moment";
    default: return status >= 500 ? "the centre failed; its operator finds the reason in its log" : "";
  }
}

// What a problem document says; its title only where there is no next step to tell.
std::string said_by(http::Response const& answer, std::string_view step) {
  auto const problem = json::parse(answer.body, answer_bytes, json::Numbers::any);
  if (!problem || !problem->is_object()) return "";
  std::string out = text_at(*problem, "detail");
  if (out.empty()) out = text_at(*problem, "description");
  if (out.empty() && step.empty()) out = text_at(*problem, "title");
  if (std::string const pointer = text_at(*problem, "pointer"); !pointer.empty())
    out += " (at " + pointer + ")";
  auto const* list = problem->as_object().if_contains("problems");
  if (!list || !list->is_array()) return out;
  for (auto const& one : list->as_array())
    out += fmt::format("\n  {}: {}", text_at(one, "pointer"), text_at(one, "reason"));
  return out;
}

}  // namespace

Result<Remote> Remote::connect(Settings const& settings) {
  return Remote(settings, TRY(find_credential({settings.url, settings.office})));
}

Remote::Remote(Settings settings, Credential credential)
    : settings_(std::move(settings)), credential_(std::move(credential)), client_(settings_.authorities) {
  while (settings_.url.ends_with('/')) settings_.url.pop_back();
}

Result<http::Response> Remote::send(http::Method method, std::string const& path, http::Headers headers,
                                    Bytes body) {
  headers.add("Authorization", authorization_of(credential_));
  if (!credential_.office.empty()) headers.add("Comity-Office", credential_.office);
  http::ClientRequest const request{
      .method = method, .url = settings_.url + path, .headers = std::move(headers), .body = std::move(body)};
  auto answer = client_.fetch(request);
  // The law may move while an answer is made, again and again where others delete; what only looks asks once more by itself.
  bool const looks = method == http::Method::get || path == "/api/v1/previews";
  for (int again = 0; looks && answer && answer->status == 503 && again < times_again; ++again) {
    std::this_thread::sleep_for(before_again);
    answer = client_.fetch(request);
  }
  if (!answer && answer.error().code == ErrorCode::io)
    answer.error().detail = fmt::format(
        "no answer from {}: {}. Is the centre running? `./run` starts the demo, --url or COMITY_URL names "
        "another",
        settings_.url, answer.error().detail);
  return answer;
}

Result<http::Response> Remote::get(std::string const& path, std::string const& accept) {
  return send(http::Method::get, path, {{"Accept", accept}}, {});
}

Result<http::Response> Remote::post(std::string const& path, Bytes body) {
  return post(path, std::move(body), new_idempotency_key());
}

Result<http::Response> Remote::post(std::string const& path, Bytes body, std::string const& idempotency_key) {
  http::Headers const headers{
      {"Content-Type", json_type}, {"Accept", json_type}, {"Idempotency-Key", idempotency_key}};
  auto answer = send(http::Method::post, path, headers, std::move(body));
  if (!answer && answer.error().code == ErrorCode::io)
    answer.error().detail +=
        fmt::format("\nWhether the command was recorded is not known: comity ruling {}", idempotency_key);
  return answer;
}

Error error_of(http::Response const& answer) {
  std::string const step = next_step(answer.status);
  std::string const said = said_by(answer, step);
  std::string const between = said.empty() || step.empty() ? "" : ": ";
  Error error{code_of(answer.status), step + between + said};
  if (error.detail.empty()) error.detail = fmt::format("the centre answered with status {}", answer.status);
  return error;
}

Result<json::Value> value_of(Result<http::Response> const& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (answer->status < 200 || answer->status > 299) return std::unexpected(error_of(*answer));
  auto value = json::parse(answer->body, answer_bytes, json::Numbers::any);
  if (!value) return fail(ErrorCode::io, "the answer is no JSON; is there a centre at this URL?");
  return value;
}

std::string new_idempotency_key() {
  std::array<uint8_t, 16> octets;
  system_seam().entropy.fill(octets);
  return to_hex({reinterpret_cast<char const*>(octets.data()), octets.size()});
}

std::string segment(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace comity::cli
