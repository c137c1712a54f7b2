// The one function that opens outgoing connections (25-isolation G12).
//
// Promises: https only, with TLS 1.2 or later and a certificate that the system's authorities (or those of a file) vouch
// for; the name is resolved by the connection that is then made, and each address is judged before a socket for it is
// opened, so nothing can lead elsewhere between the two; what is not public (address.h) is called only if the call allows
// that very address; no redirect is followed, no proxy is used, no credential but the call's own headers is sent, no cookie
// kept, no connection kept either. All of a call takes limits::call_within at most, and of an answer limits::call_answer_bytes
// are read and none is kept, but where the call says how much: what a destination says is its status and nothing more.
// Not promised: that the destination understood. An answer's status is the only sign.
//
// What is sent is a Released: the body was decided when it was made, which whoever calls does as late as it can (G6).
//
// One thread carries all calls, however slow a destination is. A call is answered once, on that thread, or not at all if
// the Caller goes first; `done` must not block. Who calls keeps one call for a destination at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "calling/address.h"
#include "release/released.h"

namespace comity::calling {

struct Call {
  std::string url;
  std::vector<Address> allowed;      // besides public ones
  std::vector<std::string> headers;  // `Name: value`
  release::Released<Bytes> body;     // POST
  size_t keep = 0;                   // octets of the answer; a longer one is no answer. 0: none is kept
};

// How a call ended. No more is told of a failure, so that nobody can look around by calling (25-isolation G12).
enum class End : uint8_t { answered, no_answer, not_allowed, not_trusted };
struct Called {
  End end = End::no_answer;
  int status = 0;   // if answered
  Bytes body = {};  // if any was to be kept
};

// How long a destination that failed so many times in a row is left alone; none after a success.
std::chrono::microseconds wait_after(unsigned failures);

class Caller {
 public:
  // `authorities`: a file of PEM certificates instead of the system's; empty: the system's.
  explicit Caller(std::string authorities = {});
  ~Caller();

  void post(Call call, std::function<void(Called)> done);

 private:
  class House;
  std::unique_ptr<House> house_;
};

}  // namespace comity::calling
