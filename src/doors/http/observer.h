// What may be known of a request after it was answered (25-isolation F7), for the log and the counters. An Observer is
// called from every thread of the server and must not block for long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace comity::http {

struct Access {
  UtcTime time = {};             // when its head was complete
  std::string_view route = "-";  // template; "-" when refused before a route was known
  int status = 0;
  int64_t took_us = 0;  // from the complete head to the last byte given to the kernel
  size_t bytes_in = 0;  // of the body
  size_t bytes_out = 0;
  uint64_t office = 0;  // opaque
  std::string request_id = {};
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_access(Access const& access) = 0;
  virtual void on_connections(size_t open) { (void)open; }
  virtual void on_turned_away() {}
  // Several times a second, and once when the server has stopped: to write what was gathered.
  virtual void on_tick() {}
};

}  // namespace comity::http
