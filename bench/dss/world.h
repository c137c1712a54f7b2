// The work that a DSS is measured by, the same for whoever does it: bench/dss/load.cc speaks the standard's API, bench/dss/reference.cc
// speaks SQL.
//
//   spread   a country of five degrees: polygons of eight vertices, or rectangles, of about 500 m; hardly two meet
//   busy     one cell of level 13 that holds 2,000 intents, of which each new one meets 16
//   city     30 x 30 km, four hours, 0 to 120 m in 64 layers: any number of intents, of which a new one meets a handful if there
//            are a million
//
// A world is cut into lanes, boxes of altitude and time that share no instant at one altitude. Who works in a lane knows all that is
// there, so what it sends has the right key and what it is answered can be foreseen to the number: which OVNs are missing, what
// a query finds, how many subscriptions are told. Each lane has one worker at a time and no lock.
//
// Cells are worked out by the product's own earth/cells.h, since what is lacking follows from them; that they are right is another
// test's matter. Everything is made before the clock runs but which shape and when: by a generator of fixed seed.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/airspace.h"

namespace comity::bench {

using Random = std::mt19937_64;

struct Shape {
  std::string outline;             // as JSON, without the braces of the volume
  std::vector<model::Cell> cells;  // sorted
  std::vector<uint16_t> told;      // subscriptions that share a cell with it
};

// Where and when. Times in seconds since the world's beginning.
struct Spot {
  Shape const* shape = nullptr;
  int32_t from_s = 0, until_s = 0, low_mm = 0, high_mm = 0;
};
bool meet(Spot const& a, Spot const& b);

struct Filed {
  std::string id, ovn;
  Spot spot;
};

struct Lane {
  Spot box;  // its shape is none
  std::vector<Filed> filed;
  std::unordered_map<model::Cell, std::vector<uint32_t>> by_cell;  // never iterated

  void add(Filed one);
  // Indices of what meets the spot, each once.
  std::vector<uint32_t> meeting(Spot const& spot) const;
};

enum class Place : uint8_t { polygons, rectangles, busy, city };

struct Subscribed {
  Shape shape;
  std::string id;
  uint32_t told = 0;  // how often it is to have been told; counted by who knows
};

class World {
 public:
  static constexpr size_t most_lanes = 256;

  World(Place place, uint64_t seed);

  Place place() const { return place_; }
  std::vector<Lane>& lanes() { return lanes_; }
  std::vector<Subscribed>& subscriptions() { return subscriptions_; }
  // Of the n-th intent that is there before the clock runs, and of one that a client files.
  Spot spot_there(Lane const& lane, size_t n, Random& random) const;
  Spot spot_new(Lane const& lane, Random& random) const;
  int64_t begins_at() const { return begins_at_; }  // Unix seconds
  std::string time_text(int32_t seconds) const;
  static constexpr int32_t hours_s = 4 * 3600;

 private:
  void make_lanes();
  void make_shapes(Random& random);
  void make_subscriptions(Random& random);
  Shape const& any(Random& random) const { return shapes_[random() % shapes_.size()]; }

  Place place_;
  int64_t begins_at_;
  std::vector<Lane> lanes_;
  std::vector<Shape> shapes_;
  std::vector<Subscribed> subscriptions_;
};

enum class Kind : uint8_t { create, update, end, query, check };  // check: a filing that shows no key
inline constexpr std::array<char const*, 5> kind_names{"create", "update", "end", "query", "check"};

// One request, and what is to come of it.
struct Step {
  Kind kind = Kind::create;
  std::string id, at;  // `at`: the OVN that it changes
  Spot spot;
  std::vector<std::string const*> key;
  size_t finds = 0;             // of a query, or what a key lacks
  std::vector<uint16_t> tells;  // subscriptions, ascending
  Spot before;                  // of an update or an end
};

// What one client does. `next` is false when it has nothing more to do; then `done` is called with the OVN that the answer gave.
class Script {
 public:
  virtual ~Script() = default;
  virtual bool next(Step& step) = 0;
  virtual void done(Step const& step, std::string_view ovn) = 0;
  // Whether it leaves nothing behind if it ends here.
  virtual bool is_between() const { return true; }
};

// Files what is to be there before the clock runs: `count` in each lane.
std::unique_ptr<Script> filing(World& world, std::vector<Lane*> lanes, size_t count, uint64_t seed);
enum class Work : uint8_t { changes, queries, checks };  // changes: create, update and end, in turn, for ever
std::unique_ptr<Script> working(World& world, Lane& lane, Work work, uint64_t seed);

std::string random_id(Random& random);
std::vector<uint16_t> both(std::vector<uint16_t> const& a, std::vector<uint16_t> const& b);

}  // namespace comity::bench
