#include "calling/pager.h"

#include <curl/curl.h>

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

#include "base/ensure.h"
#include "base/limits.h"
#include "calling/command_run.h"

namespace comity::calling {
namespace {

using model::Contact;

struct Waiting {
  Contact contact;
  release::Released<Bytes> text;
  Pager::Done done;
};

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  ensure(curl_easy_setopt(handle, option, value) == CURLE_OK);
}

// One call of the library, with what every call of ours has.
class Handle {
 public:
  Handle() : handle_(curl_easy_init()) {
    ensure(handle_ != nullptr);
    set(handle_, CURLOPT_PROXY, "");
    set(handle_, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
    set(handle_, CURLOPT_NOSIGNAL, 1L);
    set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle_, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(limits::page_within.us / 1000));
    set(
        handle_, CURLOPT_WRITEFUNCTION,
        +[](char*, size_t size, size_t count, void*) { return size * count; });
    set(handle_, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits::call_answer_bytes));
  }
  ~Handle() {
    curl_easy_cleanup(handle_);
    curl_slist_free_all(list_);
  }
  Handle(Handle const&) = delete;

  template <class Value>
  void option(CURLoption name, Value value) {
    set(handle_, name, value);
  }
  void list(CURLoption name, std::string const& line) {
    list_ = curl_slist_append(list_, line.c_str());
    set(handle_, name, list_);
  }
  // The status if it was answered; 0 if it failed.
  long perform() {
    if (curl_easy_perform(handle_) != CURLE_OK) return 0;
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

 private:
  CURL* const handle_;
  curl_slist* list_ = nullptr;
};

struct Upload {
  std::string text;
  size_t at = 0;
};
size_t give(char* to, size_t size, size_t count, void* self) {
  Upload& upload = *static_cast<Upload*>(self);
  size_t const some = std::min(size * count, upload.text.size() - upload.at);
  std::memcpy(to, upload.text.data() + upload.at, some);
  upload.at += some;
  return some;
}

std::string message_of(PageWays const& ways, std::string const& to, Bytes const& text) {
  return "From: <" + ways.from + ">\r\nTo: <" + to +
         ">\r\nSubject: Comity\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=us-ascii\r\n\r\n" +
         text + "\r\n";
}

PageEnd mail(PageWays const& ways, std::string const& to, Bytes const& text) {
  if (ways.relay.empty()) return PageEnd::no_way;
  Upload upload{message_of(ways, to, text)};
  Handle call;
  call.option(CURLOPT_URL, ways.relay.c_str());
  call.option(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  call.option(CURLOPT_USE_SSL, long{CURLUSESSL_TRY});
  long const verified = ways.relay.starts_with("smtps://") ? 1L : 0L;
  call.option(CURLOPT_SSL_VERIFYPEER, verified);
  call.option(CURLOPT_SSL_VERIFYHOST, 2 * verified);
  call.option(CURLOPT_MAIL_FROM, ways.from.c_str());
  call.list(CURLOPT_MAIL_RCPT, to);
  call.option(CURLOPT_UPLOAD, 1L);
  call.option(CURLOPT_READFUNCTION, &give);
  call.option(CURLOPT_READDATA, &upload);
  constexpr long taken = 250;
  return call.perform() == taken ? PageEnd::sent : PageEnd::failed;
}

PageEnd by_gateway(PageWays const& ways, std::string const& to, Bytes const& text) {
  if (!ways.gateway_command.empty())
    return run_command(ways.gateway_command, to, text, limits::page_within) ? PageEnd::sent : PageEnd::failed;
  if (ways.gateway_url.empty()) return PageEnd::no_way;
  // Neither an address (is_contact) nor the text of a page has anything that JSON escapes.
  std::string const body = R"({"to":")" + to + R"(","text":")" + text + "\"}";
  Handle call;
  call.option(CURLOPT_URL, ways.gateway_url.c_str());
  call.option(CURLOPT_PROTOCOLS_STR, "http,https");
  call.option(CURLOPT_POST, 1L);
  call.option(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  call.option(CURLOPT_POSTFIELDS, body.data());
  call.list(CURLOPT_HTTPHEADER, "Content-Type: application/json");
  long const status = call.perform();
  constexpr long first = 200, last = 299;
  return status >= first && status <= last ? PageEnd::sent : PageEnd::failed;
}

bool is_loopback(std::string_view url) {
  url.remove_prefix(std::string_view("http://").size());
  std::string_view const host = url.substr(0, url.find_first_of(":/"));
  return host == "localhost" || host == "127.0.0.1" || url.starts_with("[::1]");
}

}  // namespace

Result<void> check(PageWays const& ways) {
  if (!ways.relay.empty() && !ways.relay.starts_with("smtp://") && !ways.relay.starts_with("smtps://"))
    return fail(ErrorCode::bad_input, "page-relay is smtp://HOST:PORT or smtps://HOST:PORT");
  if (!ways.relay.empty() && !model::is_contact({Contact::By::mail, ways.from}))
    return fail(ErrorCode::bad_input, "page-relay needs page-from, the address that mail comes from");
  if (!ways.gateway_url.empty() && !ways.gateway_command.empty())
    return fail(ErrorCode::bad_input, "page-gateway and page-command are two ways to one end: name one");
  bool const plain = ways.gateway_url.starts_with("http://");
  if (!ways.gateway_url.empty() && !plain && !ways.gateway_url.starts_with("https://"))
    return fail(ErrorCode::bad_input, "page-gateway is https://HOST/PATH");
  if (plain && !is_loopback(ways.gateway_url))
    return fail(ErrorCode::bad_input,
                "page-gateway at http:// is for a gateway on this machine; use https://");
  if (!ways.gateway_command.empty() && !ways.gateway_command.starts_with('/'))
    return fail(ErrorCode::bad_input, "page-command is the full path of a program");
  return {};
}

class Pager::House {
 public:
  explicit House(PageWays ways) : ways_(std::move(ways)) {
    thread_ = std::thread([this] { run(); });
  }
  ~House() {
    {
      std::lock_guard const lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  void take(Waiting one) {
    {
      std::lock_guard const lock(mutex_);
      if (waiting_.size() < limits::pages_waiting) {
        waiting_.push_back(std::move(one));
        changed_.notify_all();
        return;
      }
    }
    one.done(PageEnd::busy);
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      Waiting one = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      auto const& address = one.contact.address;
      one.done(one.contact.by == Contact::By::mail ? mail(ways_, address, one.text.value())
                                                   : by_gateway(ways_, address, one.text.value()));
      lock.lock();
    }
  }

  PageWays const ways_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

Pager::Pager(PageWays ways) : house_(std::make_unique<House>(std::move(ways))) {}
Pager::~Pager() = default;

void Pager::send(Contact contact, release::Released<Bytes> text, Done done) {
  house_->take({std::move(contact), std::move(text), std::move(done)});
}

}  // namespace comity::calling
