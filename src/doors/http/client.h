// A small HTTP client for the command line, on libcurl.
//
// It keeps its connection from one request to the next. It follows no redirect, knows no proxy (also none from the
// environment), speaks http and https only, takes an answer up to a limit and then fails with too_large. Whatever the
// server said, status 404 and 500 too, is a Response; an Error is that there was no answer (io) or that the request
// cannot be made (bad_input). Details hold the library's reason, never a header.
//
// One thread at a time for each Client.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "doors/http/message.h"

namespace comity::http {

// What a deadline that passes in the middle of the body means: no answer, or, of a stream that does not end by itself,
// what came until then.
enum class AtDeadline : uint8_t { fail, keep };

struct ClientRequest {
  Method method = Method::get;
  std::string url;
  Headers headers = {};
  Bytes body = {};  // sent with POST and PUT, also when empty
  Duration connect_within = seconds(5);
  Duration within = seconds(60);  // all of it; an import of the largest bundle takes a few seconds
  AtDeadline at_deadline = AtDeadline::fail;
  size_t response_bytes = 256u << 20;  // an export; more than any page, less than what would fill a laptop
};

class Client {
 public:
  // `authorities`: a file of PEM certificates that vouch for servers; empty: the system's.
  explicit Client(std::string authorities = {});
  ~Client();
  Client(Client&&) noexcept;

  Result<Response> fetch(ClientRequest const& request);

 private:
  struct Handle;
  std::string authorities_;
  std::unique_ptr<Handle> handle_;
};

}  // namespace comity::http
