#include "cli/supervisor.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace comity::cli {

Supervisor::Supervisor() {
  char const* const named = std::getenv("NOTIFY_SOCKET");
  if (!named) return;
  socket_ = named;
  ::unsetenv("NOTIFY_SOCKET");
}

bool Supervisor::tell(std::string_view lines) const {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  bool const is_path = socket_.starts_with('/'), is_abstract = socket_.starts_with('@');
  if ((!is_path && !is_abstract) || socket_.size() >= sizeof to.sun_path) return false;
  std::ranges::copy(socket_, to.sun_path);
  if (is_abstract) to.sun_path[0] = '\0';
  int const from = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (from < 0) return false;
  auto const length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  auto const sent = ::sendto(from, lines.data(), lines.size(), MSG_NOSIGNAL,
                             reinterpret_cast<sockaddr const*>(&to), length);
  ::close(from);
  return sent == static_cast<ssize_t>(lines.size());
}

}  // namespace comity::cli
