#include "cli/child.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/seam.h"
#include "doors/http/client.h"

namespace comity::cli {
namespace {

// In the child, between fork and exec: system calls only.
[[noreturn]] void become_centre(char const* data, char const* port, int log, Lifetime lifetime) {
  if (lifetime == Lifetime::with_parent) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (lifetime == Lifetime::of_its_own) ::setsid();
  int const nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::execl("/proc/self/exe", "comity", "serve", "--data", data, "--port", port, static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

Result<pid_t> start_centre(std::string const& data, uint16_t port, std::string const& log,
                           Lifetime lifetime) {
  int const file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorCode::io, "cannot write " + log + ": " + std::strerror(errno));
  std::string const port_text = std::to_string(port);
  pid_t const child = ::fork();
  if (child == 0) become_centre(data.c_str(), port_text.c_str(), file, lifetime);
  ::close(file);
  if (child < 0) return fail(ErrorCode::io, std::string("cannot start a process: ") + std::strerror(errno));
  return child;
}

Result<void> wait_until_ready(std::string const& url, pid_t child, Duration patience) {
  Seam const seam = system_seam();
  int64_t const until = seam.clock.monotonic_us() + patience.us;
  http::Client client;
  while (seam.clock.monotonic_us() < until) {
    auto const answer = client.fetch({.url = url + "/healthz"});
    if (answer && answer->status == 200) return {};
    int status = 0;
    if (child > 0 && ::waitpid(child, &status, WNOHANG) == child)
      return fail(ErrorCode::io, "the centre ended before it was ready; its log says why");
    ::usleep(20'000);
  }
  return fail(ErrorCode::busy, "the centre is not ready after " + to_text(patience));
}

uint16_t free_port() {
  int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bool const bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  return bound ? ntohs(address.sin_port) : 0;
}

}  // namespace comity::cli
