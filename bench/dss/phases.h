// The command line of load.cc and reference.cc, and the phases that both run.
//
//   PROGRAM --place polygons|rectangles|busy|city [--load N] [--seconds S] [--clients N,N…] [--work changes,queries,checks] …
//
// First the subscriptions are made and N intents are filed, then for each number of clients each kind of work is done for S
// seconds; every phase is said as a line of JSON. The first fifth of a second of work is not counted. At the end every
// subscription's index is looked at.
#pragma once

#include <cstring>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

#include "figures.h"
#include "world.h"

namespace comity::bench {

struct Options {
  std::map<std::string, std::string> given;
  std::string text(std::string const& name, std::string const& otherwise = "") const {
    auto const found = given.find(name);
    return found == given.end() ? otherwise : found->second;
  }
  size_t number(std::string const& name, size_t otherwise) const {
    auto const found = given.find(name);
    return found == given.end() ? otherwise : std::stoul(found->second);
  }
  std::vector<std::string> list(std::string const& name, std::string const& otherwise) const {
    std::istringstream words(text(name, otherwise));
    std::vector<std::string> all;
    for (std::string word; std::getline(words, word, ',');) all.push_back(word);
    return all;
  }
};

inline Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (strncmp(argv[i], "--", 2) != 0) throw std::runtime_error("options are --NAME VALUE");
    options.given[argv[i] + 2] = argv[i + 1];
  }
  return options;
}

inline Place place_of(std::string const& name) {
  std::map<std::string, Place> const all{{"polygons", Place::polygons},
                                         {"rectangles", Place::rectangles},
                                         {"busy", Place::busy},
                                         {"city", Place::city}};
  return all.at(name);
}

inline Work work_of(std::string const& name) {
  std::map<std::string, Work> const all{
      {"changes", Work::changes}, {"queries", Work::queries}, {"checks", Work::checks}};
  return all.at(name);
}

using Scripts = std::vector<std::unique_ptr<Script>>;

// Whoever does the work. `run` does all scripts at once until each has ended, or for so long, and says what it took.
struct Worker {
  virtual ~Worker() = default;
  virtual void subscribe(World& world) = 0;
  virtual void load(World& world, size_t count) = 0;
  virtual void run(World& world, std::string const& phase, Scripts scripts, double seconds) = 0;
  virtual void check(World& world) = 0;
};

inline void run_phases(World& world, Worker& worker, Options const& options) {
  worker.subscribe(world);
  worker.load(world, options.number("load", 0));
  for (std::string const& clients : options.list("clients", "64"))
    for (std::string const& work : options.list("work", "changes")) {
      Scripts scripts;
      for (size_t n = 0; n < std::stoul(clients); ++n)
        scripts.push_back(working(world, world.lanes().at(n), work_of(work), 1'000 + n));
      worker.run(world, work, std::move(scripts), static_cast<double>(options.number("seconds", 5)));
    }
  worker.check(world);
}

// How many of `count` each lane has to begin with; the busy cell's lanes have 16, always.
inline Scripts filings(World& world, size_t count, size_t clients) {
  auto& lanes = world.lanes();
  size_t const each = world.place() == Place::busy ? 16 : (count + lanes.size() - 1) / lanes.size();
  Scripts scripts;
  for (size_t n = 0; n < clients; ++n) {
    std::vector<Lane*> own;
    for (size_t lane = n; lane < lanes.size(); lane += clients) own.push_back(&lanes[lane]);
    scripts.push_back(filing(world, std::move(own), each, n));
  }
  return scripts;
}

}  // namespace comity::bench
