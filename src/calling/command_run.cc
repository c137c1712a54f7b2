#include "calling/command_run.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

namespace comity::calling {
namespace {

// What the program reads: short enough for a pipe, so that writing it waits for nobody.
int pipe_with(BytesView input) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  bool const written = ::write(ends[1], input.data(), input.size()) == static_cast<ssize_t>(input.size());
  ::close(ends[1]);
  if (written && ::fcntl(ends[0], F_SETFL, 0) == 0) return ends[0];
  ::close(ends[0]);
  return -1;
}

pid_t start(std::string const& program, std::string const& argument, int input) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);  // so that what it starts ends with it
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  std::string name = program, given = argument, path = "PATH=/usr/local/bin:/usr/bin:/bin";
  std::array<char*, 3> arguments{name.data(), given.data(), nullptr};
  std::array<char*, 2> environment{path.data(), nullptr};
  pid_t child = -1;
  int const error =
      ::posix_spawn(&child, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? child : -1;
}

}  // namespace

bool run_command(std::string const& program, std::string const& argument, BytesView input, Duration within) {
  int const reading = pipe_with(input);
  if (reading < 0) return false;
  pid_t const child = start(program, argument, reading);
  ::close(reading);
  if (child < 0) return false;
  auto const end = std::chrono::steady_clock::now() + std::chrono::microseconds(within.us);
  int status = 0;
  for (;;) {
    pid_t const ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) break;
    if (ended < 0) return false;
    if (std::chrono::steady_clock::now() >= end) {
      ::kill(-child, SIGKILL);
      ::waitpid(child, &status, 0);
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace comity::calling
