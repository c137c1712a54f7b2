#include "cli/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/ensure.h"

namespace comity::cli {

void keep_to_itself() {
  ensure(::prctl(PR_SET_DUMPABLE, 0) == 0);
  rlimit const none{0, 0};
  ensure(::setrlimit(RLIMIT_CORE, &none) == 0);
  ::umask(S_IRWXG | S_IRWXO);
}

size_t allow_files(size_t wanted) {
  rlimit files{};
  ensure(::getrlimit(RLIMIT_NOFILE, &files) == 0);
  if (files.rlim_cur >= wanted) return files.rlim_cur;
  rlimit const more{std::min<rlim_t>(wanted, files.rlim_max), files.rlim_max};
  return ::setrlimit(RLIMIT_NOFILE, &more) == 0 ? more.rlim_cur : files.rlim_cur;
}

}  // namespace comity::cli
