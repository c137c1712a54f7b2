#include "world.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "base/time.h"
#include "earth/cells.h"

namespace comity::bench {
namespace {

constexpr double degree_m = 111'195;
constexpr size_t shapes = 20'000;
constexpr size_t layers = 64, quarters = 4, grid = 4;  // a lane of the busy cell has 4 x 4 places

double between(Random& random, double low, double high) {
  return std::uniform_real_distribution(low, high)(random);
}

// A polygon around a point, by the metres that its vertices lie north and east of it.
Shape shape_of(earth::LatLng const& centre, std::vector<std::pair<double, double>> const& metres) {
  Shape made;
  std::vector<earth::LatLng> ring;
  for (auto const& [north, east] : metres) {
    double const squeezed = degree_m * std::cos(centre.latitude * M_PI / 180);
    // What is compared is what is sent: seven decimals.
    ring.push_back({std::round((centre.latitude + north / degree_m) * 1e7) / 1e7,
                    std::round((centre.longitude + east / squeezed) * 1e7) / 1e7});
    char text[80];
    snprintf(text, sizeof text, R"({"lat":%.7f,"lng":%.7f})", ring.back().latitude, ring.back().longitude);
    made.outline += (made.outline.empty() ? "" : ",") + std::string(text);
  }
  made.outline = R"("outline_polygon":{"vertices":[)" + made.outline + "]}";
  auto cells = earth::cells_of(ring);
  if (!cells) throw std::runtime_error(cells.error().detail);
  made.cells = std::move(*cells);
  return made;
}

Shape polygon(earth::LatLng const& centre, double radius, Random& random) {
  std::vector<std::pair<double, double>> metres;
  for (int i = 0; i < 8; ++i) {
    double const angle = i * M_PI / 4, reach = radius * between(random, 0.7, 1);
    metres.emplace_back(reach * std::cos(angle), reach * std::sin(angle));
  }
  return shape_of(centre, metres);
}

Shape rectangle(earth::LatLng const& centre, double half_north, double half_east) {
  return shape_of(centre, {{-half_north, -half_east},
                           {-half_north, half_east},
                           {half_north, half_east},
                           {half_north, -half_east}});
}

bool share(std::vector<model::Cell> const& a, std::vector<model::Cell> const& b) {
  return std::ranges::any_of(a, [&](model::Cell cell) { return std::ranges::binary_search(b, cell); });
}

// What is there before the clock runs. What another lane has in common with this one is nothing.
class Filing : public Script {
 public:
  Filing(World& world, std::vector<Lane*> lanes, size_t count, uint64_t seed)
      : world_(world), lanes_(std::move(lanes)), count_(count), random_(seed) {}

  bool next(Step& step) override {
    if (at_ == lanes_.size() || count_ == 0) return false;
    Lane const& lane = *lanes_[at_];
    step = {};
    step.id = random_id(random_);
    step.spot = world_.spot_there(lane, n_, random_);
    for (uint32_t const other : lane.meeting(step.spot)) step.key.push_back(&lane.filed[other].ovn);
    step.tells = step.spot.shape->told;
    return true;
  }
  void done(Step const& step, std::string_view ovn) override {
    lanes_[at_]->add({step.id, std::string(ovn), step.spot});
    if (++n_ == count_) n_ = 0, ++at_;
  }

 private:
  World& world_;
  std::vector<Lane*> lanes_;
  size_t const count_;
  size_t at_ = 0, n_ = 0;
  Random random_;
};

class Working : public Script {
 public:
  Working(World& world, Lane& lane, Work work, uint64_t seed)
      : world_(world), lane_(lane), work_(work), random_(seed) {}

  bool next(Step& step) override {
    step = {};
    step.kind = work_ == Work::queries ? Kind::query : work_ == Work::checks ? Kind::check : turn_;
    step.spot = world_.spot_new(lane_, random_);
    step.before = spot_;
    if (step.kind == Kind::update || step.kind == Kind::end)
      step.id = id_, step.at = ovn_;
    else
      step.id = random_id(random_);
    if (step.kind == Kind::end) return step.tells = spot_.shape->told, true;
    auto const meeting = lane_.meeting(step.spot);
    step.finds = meeting.size();
    // One that lacks nothing would be filed.
    if (step.kind == Kind::check && meeting.empty()) step.kind = Kind::query;
    if (step.kind == Kind::create || step.kind == Kind::update)
      for (uint32_t const other : meeting) step.key.push_back(&lane_.filed[other].ovn);
    step.tells =
        step.kind == Kind::update ? both(spot_.shape->told, step.spot.shape->told) : step.spot.shape->told;
    return true;
  }
  void done(Step const& step, std::string_view ovn) override {
    if (step.kind == Kind::query || step.kind == Kind::check) return;
    id_ = step.id, ovn_ = ovn, spot_ = step.spot;
    turn_ = turn_ == Kind::create ? Kind::update : turn_ == Kind::update ? Kind::end : Kind::create;
  }
  bool is_between() const override { return turn_ == Kind::create; }

 private:
  World& world_;
  Lane& lane_;
  Work const work_;
  Random random_;
  Kind turn_ = Kind::create;
  std::string id_, ovn_;
  Spot spot_;
};

}  // namespace

bool meet(Spot const& a, Spot const& b) {
  return a.from_s <= b.until_s && a.until_s >= b.from_s && a.low_mm <= b.high_mm && a.high_mm >= b.low_mm &&
         share(a.shape->cells, b.shape->cells);
}

void Lane::add(Filed one) {
  for (model::Cell const cell : one.spot.shape->cells)
    by_cell[cell].push_back(static_cast<uint32_t>(filed.size()));
  filed.push_back(std::move(one));
}

std::vector<uint32_t> Lane::meeting(Spot const& spot) const {
  std::vector<uint32_t> found;
  for (model::Cell const cell : spot.shape->cells) {
    auto const at = by_cell.find(cell);
    if (at == by_cell.end()) continue;
    for (uint32_t const one : at->second)
      if (meet(filed[one].spot, spot)) found.push_back(one);
  }
  std::ranges::sort(found);
  auto const repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

World::World(Place place, uint64_t seed) : place_(place) {
  auto const now = std::chrono::system_clock::now().time_since_epoch();
  begins_at_ = (std::chrono::duration_cast<std::chrono::minutes>(now).count() + 60) * 60;
  Random random(seed);
  make_lanes();
  make_shapes(random);
  make_subscriptions(random);
}

void World::make_lanes() {
  constexpr int32_t height_mm = 120'000 / layers, length_s = hours_s / quarters;
  // The busy cell: 125 lanes of 16 places are 2,000.
  for (size_t n = 0; n < (place_ == Place::busy ? 125 : most_lanes); ++n) {
    size_t const mixed = n * 37 % most_lanes;  // those who come first are not all of the same hour
    int32_t const layer = static_cast<int32_t>(mixed % layers),
                  quarter = static_cast<int32_t>(mixed / layers);
    lanes_.push_back({{nullptr, quarter * length_s, (quarter + 1) * length_s - 60, layer * height_mm,
                       (layer + 1) * height_mm - 100},
                      {},
                      {}});
  }
}

void World::make_shapes(Random& random) {
  earth::LatLng const corner{48, 8};
  double const wide = place_ == Place::city ? 30'000 / degree_m : 5;
  std::vector<model::Cell> only;
  while (shapes_.size() < (place_ == Place::busy ? 200 : shapes)) {
    earth::LatLng const centre{
        corner.latitude + between(random, 0, wide),
        corner.longitude + between(random, 0, wide) * (place_ == Place::city ? 1.5 : 1)};
    if (place_ == Place::busy) {
      earth::LatLng const near{corner.latitude + between(random, 0, 0.01),
                               corner.longitude + between(random, 0, 0.01)};
      Shape made = polygon(near, 60, random);
      if (only.empty() && made.cells.size() == 1) only = made.cells;
      if (made.cells == only) shapes_.push_back(std::move(made));
      continue;
    }
    bool const round = place_ == Place::polygons || (place_ == Place::city && shapes_.size() % 2 == 0);
    shapes_.push_back(round ? polygon(centre, 280, random)
                            : rectangle(centre, between(random, 150, 280), between(random, 150, 280)));
  }
}

// Each of 64 clients has one: of 40 x 40 km in a country, of 4 x 4 km in a city; four are of the busy cell.
void World::make_subscriptions(Random& random) {
  double const half = place_ == Place::city ? 2'000 : 20'000;
  for (size_t n = 0; n < (place_ == Place::busy ? 4 : 64); ++n) {
    Subscribed one;
    one.id = random_id(random);
    if (place_ == Place::busy) {
      one.shape = {shapes_[n].outline, shapes_[n].cells, {}};
    } else {
      double const wide = place_ == Place::city ? 30'000 / degree_m : 5;
      one.shape = rectangle(
          {48 + between(random, 0, wide), 8 + between(random, 0, wide) * (place_ == Place::city ? 1.5 : 1)},
          half, half);
    }
    for (Shape& shape : shapes_)
      if (share(shape.cells, one.shape.cells)) shape.told.push_back(static_cast<uint16_t>(n));
    subscriptions_.push_back(std::move(one));
  }
}

Spot World::spot_there(Lane const& lane, size_t n, Random& random) const {
  if (place_ != Place::busy) return spot_new(lane, random);
  int32_t const row = static_cast<int32_t>(n / grid % grid), column = static_cast<int32_t>(n % grid);
  int32_t const length = (lane.box.until_s - lane.box.from_s) / static_cast<int32_t>(grid),
                height = (lane.box.high_mm - lane.box.low_mm) / static_cast<int32_t>(grid);
  int32_t const from = lane.box.from_s + column * length, low = lane.box.low_mm + row * height;
  return {&any(random), from, from + length - 60, low, low + height - 100};
}

Spot World::spot_new(Lane const& lane, Random& random) const {
  Spot spot = lane.box;
  spot.shape = &any(random);
  if (place_ == Place::busy) return spot;
  int32_t const length = place_ == Place::city ? 360 : 1'800;
  spot.from_s += static_cast<int32_t>(random() % static_cast<uint64_t>(spot.until_s - spot.from_s - length));
  spot.until_s = spot.from_s + length;
  return spot;
}

std::string World::time_text(int32_t seconds) const {
  return to_text(UtcTime{(begins_at_ + seconds) * 1'000'000});
}

std::unique_ptr<Script> filing(World& world, std::vector<Lane*> lanes, size_t count, uint64_t seed) {
  return std::make_unique<Filing>(world, std::move(lanes), count, seed);
}

std::unique_ptr<Script> working(World& world, Lane& lane, Work work, uint64_t seed) {
  return std::make_unique<Working>(world, lane, work, seed);
}

std::string random_id(Random& random) {
  model::EntityId id;
  for (uint8_t& octet : id.octets) octet = static_cast<uint8_t>(random());
  id.octets[6] = static_cast<uint8_t>((id.octets[6] & 0x0f) | 0x40);
  id.octets[8] = static_cast<uint8_t>((id.octets[8] & 0x3f) | 0x80);
  return model::text_of(id);
}

std::vector<uint16_t> both(std::vector<uint16_t> const& a, std::vector<uint16_t> const& b) {
  std::vector<uint16_t> all;
  std::ranges::set_union(a, b, std::back_inserter(all));
  return all;
}

}  // namespace comity::bench
