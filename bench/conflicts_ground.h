// Offices under one `deconflict` clause at `warning`, and where and when they file: for bench/conflicts.cc.
//
//   spread   a country of five degrees, four hours, 120 m: polygons of eight corners of about 500 m; hardly two meet
//   busy     one cell of level 13 that holds 1,984 intents of 32 on either side of the clause, of which each meets 16
//   city     30 x 30 km, four hours, 120 m: the more there are, the thinner their layers and the shorter they stay, so that a new one
//            meets about as many at each size
//
// The grid of the clause is about 90 m, a metre, and 16 seconds.
#pragma once

#include <cmath>
#include <random>

#include "commands/delete_intent.h"
#include "commands/put_intent.h"
#include "earth/cells.h"
#include "machine_world.h"

namespace comity::bench {

using Random = std::mt19937_64;
using tests::Machine;

constexpr size_t parties = 64, shapes = 20'000;
constexpr double degree_m = 111'195;
enum class Place : uint8_t { spread, busy, city };

struct Shape {
  std::vector<model::Point> ring;
  std::vector<model::Cell> cells;
};

inline double between(Random& random, double low, double high) {
  return std::uniform_real_distribution(low, high)(random);
}

inline Shape polygon_at(double latitude, double longitude, double radius_m, Random& random) {
  Shape made;
  std::vector<earth::LatLng> ring;
  for (int i = 0; i < 8; ++i) {
    double const angle = i * M_PI / 4, reach = radius_m * between(random, 0.7, 1) / degree_m;
    double const up = latitude + reach * std::sin(angle);
    double const across = longitude + reach * std::cos(angle) / std::cos(latitude * M_PI / 180);
    made.ring.push_back(
        {static_cast<int32_t>(std::lround(across * 1e7)), static_cast<int32_t>(std::lround(up * 1e7))});
    ring.push_back({made.ring.back().latitude_e7 / 1e7, made.ring.back().longitude_e7 / 1e7});
  }
  made.cells = earth::cells_of(ring).value();
  return made;
}

class Ground {
 public:
  Ground(Place place, size_t volumes) : place_(place), volumes_(volumes) {
    for (size_t i = 0; i < shapes; ++i) shapes_.push_back(any_shape());
  }

  size_t next() { return filed_++; }
  // Of the n-th: a new one that is like it meets what it meets.
  commands::PutIntent filing(size_t n) {
    commands::PutIntent made;
    made.native = true;
    for (uint8_t& octet : made.id.octets) octet = static_cast<uint8_t>(random_());
    made.id.octets[6] = 0x40, made.id.octets[8] = 0x80;
    made.next.kind = model::Ovn::Kind::minted;
    for (uint8_t& octet : made.next.octets) octet = static_cast<uint8_t>(random_());
    Shape const& shape = shapes_[random_() % shapes_.size()];
    model::Extent extent = when(n);
    extent.ring = shape.ring;
    made.hull = {shape.cells, extent.from, extent.until, extent.low_mm, extent.high_mm};
    made.extents = {std::move(extent)};
    return made;
  }
  static std::string office(size_t n) { return "p" + std::to_string(n % parties) + "/staff"; }

 private:
  Shape any_shape() {
    constexpr double latitude = 47.05, longitude = 8.3;
    double const around = place_ == Place::spread ? 2.5 : place_ == Place::city ? 15'000 / degree_m : 0.0009;
    double const up = between(random_, -around, around), across = between(random_, -around, around);
    return polygon_at(latitude + up, longitude + across / std::cos(latitude * M_PI / 180), 250, random_);
  }

  // Busy: 32 file in one box of altitude and time, one of each two parties.
  model::Extent when(size_t n) {
    model::Extent extent;
    if (place_ == Place::busy) {
      int64_t const lane = static_cast<int64_t>(n / 32) % 62;
      extent.from = Machine::start + hours(1 + lane / 16);
      extent.until = extent.from + minutes(40);
      extent.low_mm = static_cast<int32_t>(lane % 16) * 30'000 + 1'500,
      extent.high_mm = extent.low_mm + 20'000;
      return extent;
    }
    bool const few = place_ == Place::spread || volumes_ <= 10'000;
    int64_t const stays_us = minutes(few ? 44 : volumes_ <= 100'000 ? 18 : 7).us;
    uint64_t const layers = few ? 4 : volumes_ <= 100'000 ? 16 : 64;
    int32_t const height = static_cast<int32_t>(120'000 / layers),
                  layer = static_cast<int32_t>(random_() % layers);
    extent.from = Machine::start + hours(1) +
                  Duration{static_cast<int64_t>(random_() % static_cast<uint64_t>(hours(4).us - stays_us))};
    extent.until = extent.from + Duration{stays_us};
    extent.low_mm = layer * height + 500, extent.high_mm = (layer + 1) * height - 500;
    return extent;
  }

  Place const place_;
  size_t const volumes_;
  Random random_{7};
  size_t filed_ = 0;
  std::vector<Shape> shapes_;
};

// Half of the parties on each side.
inline model::Clause warning_clause() {
  model::Clause clause;
  clause.id = "sky", clause.type = model::ClauseType::deconflict;
  for (size_t n = 0; n < parties; ++n)
    (n % 2 == 0 ? clause.from : clause.to).names.push_back({Ground::office(n)});
  model::VolumeTerms terms;
  terms.states = 0x1e;
  terms.grid = model::VolumeGrid{8'192, 1, 16};
  terms.contact = "line";
  clause.volumes = std::move(terms);
  return clause;
}

// Of no concern to who files: as many texts of the same kind, among others.
inline void add_bystanders(Machine& machine, size_t count) {
  machine.party("b0", {"staff"}), machine.party("b1", {"staff"});
  model::Clause clause = warning_clause();
  clause.from.names = {{"b0/staff"}}, clause.to.names = {{"b1/staff"}};
  AgreementKey const first = machine.in_force("b0.aside", {"b0/staff", "b1/staff"}, {clause});
  for (size_t n = 1; n < count; ++n) {
    state::Agreement copy = machine.state.law.agreement(first);
    copy.id += std::to_string(n);
    machine.state.law.agreements.push_back(std::move(copy));
  }
}

}  // namespace comity::bench
