// A centre served by a child process: this same program, started again with `serve`. For the demo and the kill test.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace comity::cli {

enum class Lifetime : uint8_t {
  with_parent,  // ends when its parent does
  of_its_own,   // in the background, in a session of its own
};

// Starts `serve` on the directory; what it prints goes to `log`.
Result<pid_t> start_centre(std::string const& data, uint16_t port, std::string const& log, Lifetime lifetime);

// Waits until /healthz says ok.
Result<void> wait_until_ready(std::string const& url, pid_t child, Duration patience);

// A free TCP port on loopback.
uint16_t free_port();

}  // namespace comity::cli
