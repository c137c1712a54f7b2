// Framing: from the bytes of a connection to a Request (RFC 9112), behind Beast's parser.
//
// parser.cc is the one source that includes Beast and includes no network code; connection.cc and server.cc are those that
// include Asio, and know no grammar. This class sits between them, so tests and the fuzzer reach the real parser
// without a socket.
//
// Use: when head_length() says that a head is complete, give exactly that many bytes to head(); then give what follows
// to body() until done(); then take(). An answer other than `go_on` is the status of the refusal, and the connection is
// then of no use: where the next request would begin is not known.
//
// Step 1 of 25-isolation G4 is decided here, for every path alike, in this order: 431 too large, 400 malformed, 505
// version, 417 expectation, 415 any Content-Encoding (G13), 501 a transfer coding other than chunked, 411 a POST or PUT
// without length, 413 beyond the body limit: from Content-Length before anything of the body is read, or while chunks
// come in. Stricter than Beast, since a proxy in front may read differently: one Content-Length with one number, never
// together with Transfer-Encoding; one Host; no line folding; no trailer fields; no repeated Authorization or
// Content-Type.
#pragma once

#include <cstddef>
#include <memory>

#include "base/bytes.h"
#include "doors/http/message.h"

namespace comity::http {

struct FramingLimits {
  size_t head_bytes;
  size_t header_fields;
  size_t body_bytes;
};

// Bytes up to and with the empty line that ends a head; 0 as long as it is not there. Line ends before the request
// line, which some clients send after a body, count as part of the head.
size_t head_length(BytesView buffered);

class RequestParser {
 public:
  static constexpr int go_on = 0;

  explicit RequestParser(FramingLimits limits);
  ~RequestParser();

  int head(BytesView bytes);
  // How much of `bytes` was used; what is left belongs to the next request, or is too little of a chunk's head.
  struct Taken {
    size_t bytes;
    int status;
  };
  Taken body(BytesView bytes);

  bool done() const;
  bool expects_continue() const;
  bool keeps_alive() const;  // as the request asks (RFC 9112, 9.3)
  bool is_http_10() const;
  size_t body_bytes() const;
  std::string const& path() const;  // of a head that was taken
  Request take();                   // without peer and id

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace comity::http
