// What a supervisor is told, by the protocol of sd_notify(3): a datagram to the socket that NOTIFY_SOCKET names. It is a
// socket of this machine's; nothing leaves the machine (25-isolation G12 is about what does).
//
// Without a supervisor nothing is told and nothing is wrong. The variable is taken out of the environment when it is first
// read, so that children do not speak for the centre. Not thread-safe: for the thread that starts and stops the centre.
#pragma once

#include <string>
#include <string_view>

namespace comity::cli {

class Supervisor {
 public:
  Supervisor();

  // `READY=1`, `STOPPING=1`, `STATUS=…`, one a line. False: nobody was told.
  bool tell(std::string_view lines) const;

 private:
  std::string socket_;  // empty: there is none
};

}  // namespace comity::cli
