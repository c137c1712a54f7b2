// The body of one part of an event stream (WHATWG HTML, server-sent events), put together from released parts.
//
// An event has a type, the token from which its reader goes on after it, and data: a release, as it is. Its lines become
// lines of the event (a lone CR, which would end one, becomes LF; in JSON neither stands inside a string). A beat is a
// comment that readers pass over: it keeps a quiet connection open and finds out that one is gone.
// The release carries the oldest epoch among its parts, as a Composer's does. Not synchronised: one thread at a time.
#pragma once

#include "release/cursor.h"
#include "release/egress.h"

namespace comity::release {

class Events {
 public:
  explicit Events(Eyes const& eyes);

  Events& event(FixedText type, Token const& token, Released<Bytes> const& data);
  bool empty() const { return body_.empty(); }
  Released<Bytes> finish();

  static Released<Bytes> beat();

 private:
  Bytes body_;
  uint64_t epoch_;
};

}  // namespace comity::release
