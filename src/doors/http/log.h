// The access log: one JSON object a line.
//
//   {"time":"2026-11-02T10:00:00.000000Z","request":"…","route":"/taxii2/{root}/","status":200,"us":812,
//    "in":0,"out":1934,"office":"7"}
//
// It holds the template of the route, never the path; an opaque number of the office, never its name; the request's
// opaque id; no query, no header, no address (25-isolation F7, C6). All of it is made of numbers and of words of the
// program, so nothing a client sent reaches the log.
//
// Gathered when the request is answered, by the thread that answered it, and written at the next tick of the server: a
// process that is killed loses the lines of its last tenth of a second. What is promised is in the journal.
// Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "doors/http/observer.h"

namespace comity::http {

// The file is made with mode 0600 when it is not there, and appended to; "-" is the standard error, so
// that what a program reads from the standard output is not mixed with it.
Result<std::shared_ptr<Observer>> open_access_log(std::string const& path);

}  // namespace comity::http
