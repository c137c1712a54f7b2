// What a run of clients took: latencies by kind, statuses, processor time; said as one line of JSON. Times in microseconds.
#pragma once

#include <dirent.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "world.h"

namespace comity::bench {

inline double now_us() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Processor seconds of a process and of its children that live.
inline double processor_of(int process) {
  double ticks = 0;
  DIR* const all = opendir("/proc");
  while (dirent const* const entry = readdir(all)) {
    std::ifstream file("/proc/" + std::string(entry->d_name) + "/stat");
    std::string text;
    if (atoi(entry->d_name) == 0 || !std::getline(file, text)) continue;
    int parent = 0;
    unsigned long user = 0, system = 0;
    sscanf(text.c_str() + text.rfind(')') + 2, "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &parent,
           &user, &system);
    if (atoi(entry->d_name) == process || parent == process) ticks += static_cast<double>(user + system);
  }
  closedir(all);
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

inline double own_processor() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Figures {
  std::array<std::vector<float>, kind_names.size()> took;
  std::map<std::string, size_t> answers;  // "create 201" and the like
  uint64_t found = 0, tries_again = 0;

  void add(Kind kind, double us) { took[static_cast<size_t>(kind)].push_back(static_cast<float>(us)); }
  void take_in(Figures const& other) {
    for (size_t i = 0; i < took.size(); ++i)
      took[i].insert(took[i].end(), other.took[i].begin(), other.took[i].end());
    for (auto const& [answer, count] : other.answers) answers[answer] += count;
    found += other.found, tries_again += other.tries_again;
  }
  size_t requests() const {
    size_t all = 0;
    for (auto const& of_kind : took) all += of_kind.size();
    return all;
  }
};

inline double at(std::vector<float>& sorted, double share) {
  return sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))];
}

// `server_s`, `own_s`: processor seconds of the server and of this program meanwhile.
inline void say(std::string const& phase, size_t clients, Figures figures, double seconds, double server_s,
                double own_s) {
  double const all = static_cast<double>(std::max<size_t>(1, figures.requests()));
  printf(
      R"({"phase":"%s","clients":%zu,"seconds":%.3f,"requests":%zu,"rate":%.1f,"server_us":%.2f,"own_us":%.2f,"found":%lu,"again":%lu,"kinds":{)",
      phase.c_str(), clients, seconds, figures.requests(), all / seconds, server_s * 1e6 / all,
      own_s * 1e6 / all, figures.found, figures.tries_again);
  char const* comma = "";
  for (size_t i = 0; i < kind_names.size(); ++i) {
    auto& took = figures.took[i];
    if (took.empty()) continue;
    std::ranges::sort(took);
    printf(R"(%s"%s":{"count":%zu,"p50":%.1f,"p99":%.1f,"max":%.1f})", comma, kind_names[i], took.size(),
           at(took, 0.5), at(took, 0.99), at(took, 1));
    comma = ",";
  }
  printf("},\"answers\":{");
  comma = "";
  for (auto const& [answer, count] : figures.answers)
    printf("%s\"%s\":%zu", comma, answer.c_str(), count), comma = ",";
  printf("}}\n");
  fflush(stdout);
}

// Ends the program: what was answered is not what it should be, and figures of that are worth nothing.
[[noreturn]] inline void wrong(std::string const& what) {
  fprintf(stderr, "wrong: %s\n", what.c_str());
  _exit(1);
}

}  // namespace comity::bench
