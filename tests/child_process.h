// A child process that a test lets die: it runs `what` on its only thread and must not come back from it. The parent may have
// no other threads at work when it forks. What the child says on its way (reports of sanitizers) is not shown.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace comity::tests {

template <class What>
pid_t begin_child(What const& what) {
  pid_t const child = ::fork();
  if (child != 0) return child;
  int const nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDERR_FILENO);
  what();
  ::_exit(0);
}

// How it ended, as waitpid has it.
inline int end_of(pid_t child) {
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

}  // namespace comity::tests
