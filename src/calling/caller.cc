#include "calling/caller.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "base/contains.h"
#include "base/ensure.h"
#include "base/limits.h"

namespace comity::calling {
namespace {

struct Going {
  Call call;
  std::function<void(Called)> done;
  size_t answered = 0;  // octets
  Bytes kept;
  bool was_denied = false;
  curl_slist* headers = nullptr;
  CURL* handle = curl_easy_init();

  Going(Call made, std::function<void(Called)> then) : call(std::move(made)), done(std::move(then)) {
    ensure(handle != nullptr);
    headers = curl_slist_append(headers, "Expect:");  // a body this small is not asked about first
    for (std::string const& header : call.headers) headers = curl_slist_append(headers, header.c_str());
  }
  ~Going() {
    curl_easy_cleanup(handle);
    curl_slist_free_all(headers);
  }
  Going(Going const&) = delete;
};

// Asked by the library before each socket, with the address that it is for.
curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* to) {
  Going& going = *static_cast<Going*>(self);
  auto const address = address_of(to->addr);
  bool const may = purpose == CURLSOCKTYPE_IPCXN && address &&
                   (is_public(*address) || contains(going.call.allowed, *address));
  if (!may) {
    going.was_denied = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

size_t most_of_answer(Call const& call) { return call.keep != 0 ? call.keep : limits::call_answer_bytes; }

size_t take_answer(char* octets, size_t size, size_t count, void* self) {
  Going& going = *static_cast<Going*>(self);
  going.answered += size * count;
  if (going.answered > most_of_answer(going.call)) return 0;
  if (going.call.keep != 0) going.kept.append(octets, size * count);
  return size * count;
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  ensure(curl_easy_setopt(handle, option, value) == CURLE_OK);
}

void prepare(Going& going, std::string const& authorities) {
  CURL* const handle = going.handle;
  auto const& body = going.call.body.value();
  set(handle, CURLOPT_URL, going.call.url.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "https");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_PROXY, "");  // also none of the environment
  set(handle, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  set(handle, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!authorities.empty()) {
    set(handle, CURLOPT_CAINFO, authorities.c_str());
    set(handle, CURLOPT_CAPATH, nullptr);
  }
  set(handle, CURLOPT_FRESH_CONNECT, 1L);
  set(handle, CURLOPT_FORBID_REUSE, 1L);
  set(handle, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_QUICK_EXIT, 1L);  // a name server that does not answer is not waited for
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits::call_within.us / 1000));
  set(handle, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(handle, CURLOPT_OPENSOCKETDATA, &going);
  set(handle, CURLOPT_WRITEFUNCTION, &take_answer);
  set(handle, CURLOPT_WRITEDATA, &going);
  set(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(most_of_answer(going.call)));
  set(handle, CURLOPT_POST, 1L);
  set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(handle, CURLOPT_POSTFIELDS, body.data());
  set(handle, CURLOPT_HTTPHEADER, going.headers);
  set(handle, CURLOPT_PRIVATE, &going);
}

Called called(Going& going, CURLcode code) {
  long status = 0;
  curl_easy_getinfo(going.handle, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status != 0)
    return {End::answered, static_cast<int>(status), std::move(going.kept)};
  if (going.was_denied) return {End::not_allowed};
  return {code == CURLE_PEER_FAILED_VERIFICATION ? End::not_trusted : End::no_answer};
}

}  // namespace

std::chrono::microseconds wait_after(unsigned failures) {
  int64_t wait = failures == 0 ? 0 : limits::bell_first_wait.us;
  for (unsigned i = 1; i < failures && wait < limits::bell_longest_wait.us; ++i) wait *= 2;
  return std::chrono::microseconds(std::min(wait, limits::bell_longest_wait.us));
}

class Caller::House {
 public:
  explicit House(std::string authorities) : authorities_(std::move(authorities)), multi_(curl_multi_init()) {
    ensure(multi_ != nullptr);
    thread_ = std::thread([this] { run(); });
  }

  ~House() {
    stopping_ = true;
    curl_multi_wakeup(multi_);
    thread_.join();
    for (auto const& [handle, going] : going_) curl_multi_remove_handle(multi_, handle);
    going_.clear();
    curl_multi_cleanup(multi_);
  }

  void take(std::unique_ptr<Going> going) {
    {
      std::lock_guard const lock(mutex_);
      waiting_.push_back(std::move(going));
    }
    curl_multi_wakeup(multi_);
  }

 private:
  void run() {
    while (!stopping_) {
      begin();
      int running = 0;
      ensure(curl_multi_perform(multi_, &running) == CURLM_OK);
      finish();
      constexpr int look_again_ms = 1000;
      curl_multi_poll(multi_, nullptr, 0, look_again_ms, nullptr);
    }
  }

  void begin() {
    std::deque<std::unique_ptr<Going>> fresh;
    {
      std::lock_guard const lock(mutex_);
      fresh.swap(waiting_);
    }
    for (std::unique_ptr<Going>& one : fresh) {
      prepare(*one, authorities_);
      ensure(curl_multi_add_handle(multi_, one->handle) == CURLM_OK);
      going_.emplace(one->handle, std::move(one));
    }
  }

  void finish() {
    int left = 0;
    while (CURLMsg const* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURLcode const code = message->data.result;
      auto const found = going_.find(message->easy_handle);
      ensure(found != going_.end());
      std::unique_ptr<Going> const going = std::move(found->second);
      going_.erase(found);
      curl_multi_remove_handle(multi_, going->handle);
      going->done(called(*going, code));
    }
  }

  std::string const authorities_;
  CURLM* const multi_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Going>> waiting_;
  std::map<CURL*, std::unique_ptr<Going>> going_;  // the thread's own
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

Caller::Caller(std::string authorities) : house_(std::make_unique<House>(std::move(authorities))) {}
Caller::~Caller() = default;

void Caller::post(Call call, std::function<void(Called)> done) {
  house_->take(std::make_unique<Going>(std::move(call), std::move(done)));
}

}  // namespace comity::calling
