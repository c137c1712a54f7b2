// Is a reply still allowed to leave? (25-isolation G6: decided when the bytes go, not when they were made.)
#pragma once

#include <cstdint>
#include <functional>

#include "doors/http/reply.h"

namespace comity::http {

// The law's epoch of the centre; callable from any thread.
using Epoch = std::function<uint64_t()>;

// How often what is open for somebody was cut; callable from any thread. Numbers that differ from those of before: `sessions`,
// the connection is to be reset; `unsent`, only if something waits in it that has not gone (25-isolation F12).
struct Cut {
  uint64_t sessions = 0, unsent = 0;
};
using Cuts = std::function<Cut(uint64_t whose)>;

// Before the first byte: makes the reply anew until it is current, at most `tries` times, then it is what `busy` makes,
// the fixed 503. The note of the first reply stays.
void make_current(Reply& reply, Epoch const& epoch, int tries, std::function<Reply()> const& busy);

// When some of the body is gone and the law moved: true when the reply made anew is the same byte for byte, which it
// then is. False: the rest must not go.
bool may_go_on(Reply& reply, Epoch const& epoch);

}  // namespace comity::http
