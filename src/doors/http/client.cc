#include "doors/http/client.h"

#include <curl/curl.h>

#include <mutex>

#include "base/ensure.h"

namespace comity::http {
namespace {

struct Incoming {
  Response response;
  size_t limit;
  bool too_large = false;
};

size_t on_body(char const* data, size_t, size_t size, void* user) {
  auto& incoming = *static_cast<Incoming*>(user);
  if (size > incoming.limit - incoming.response.body.size()) {
    incoming.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  incoming.response.body.append(data, size);
  return size;
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

size_t on_header(char const* data, size_t, size_t size, void* user) {
  auto& headers = static_cast<Incoming*>(user)->response.headers;
  std::string_view const line(data, size);
  auto const colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    headers = {};  // the final answer after 100 Continue
  } else if (colon != line.npos) {
    headers.add(std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
  }
  return size;
}

class FieldList {
 public:
  ~FieldList() { curl_slist_free_all(list_); }
  FieldList() = default;
  FieldList(FieldList const&) = delete;
  void add(std::string const& line) {
    auto* const longer = curl_slist_append(list_, line.c_str());
    ensure(longer != nullptr);
    list_ = longer;
  }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

bool is_one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

Result<void> add_headers(ClientRequest const& request, FieldList& list) {
  for (auto const& [name, value] : request.headers) {
    if (!is_one_line(name) || !is_one_line(value))
      return fail(ErrorCode::bad_input, "a header has a line end");
    list.add(value.empty() ? name + ";" : name + ": " + value);
  }
  list.add("Expect:");  // a local centre answers faster than the second that curl would wait
  return {};
}

long milliseconds_of(Duration time) { return static_cast<long>(time.us / 1'000); }

void set_method(CURL* curl, ClientRequest const& request) {
  bool const has_body = request.method == Method::post || request.method == Method::put;
  if (has_body) {
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  }
  if (request.method == Method::head) curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, std::string(name_of(request.method)).c_str());
}

}  // namespace

struct Client::Handle {
  CURL* curl;

  Handle() {
    static std::once_flag once;
    std::call_once(once, [] { ensure(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
    curl = curl_easy_init();
    ensure(curl != nullptr);
  }
  ~Handle() { curl_easy_cleanup(curl); }
  Handle(Handle const&) = delete;
};

Client::Client(std::string authorities)
    : authorities_(std::move(authorities)), handle_(std::make_unique<Handle>()) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

Result<Response> Client::fetch(ClientRequest const& request) {
  CURL* const curl = handle_->curl;
  FieldList fields;
  TRY_VOID(add_headers(request, fields));
  if (!is_one_line(request.url)) return fail(ErrorCode::bad_input, "not a URL");
  Incoming incoming{.response = {}, .limit = request.response_bytes};
  curl_easy_reset(curl);  // options only; the connection stays
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  if (!authorities_.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, authorities_.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds_of(request.connect_within));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds_of(request.within));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
  set_method(curl, request);

  CURLcode const outcome = curl_easy_perform(curl);
  if (incoming.too_large) return fail(ErrorCode::too_large, "the answer is larger than this client takes");
  if (outcome == CURLE_URL_MALFORMAT || outcome == CURLE_UNSUPPORTED_PROTOCOL) {
    return fail(ErrorCode::bad_input, "not a URL of http or https");
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  bool const kept =
      outcome == CURLE_OPERATION_TIMEDOUT && request.at_deadline == AtDeadline::keep && status != 0;
  if (outcome != CURLE_OK && !kept) return fail(ErrorCode::io, curl_easy_strerror(outcome));
  incoming.response.status = static_cast<int>(status);
  return std::move(incoming.response);
}

}  // namespace comity::http
