// A preview says what the filing would say, leaves everything as it was but the budget, and what it offers is the nearest that is
// free: random flights of two offices under a clause that tells details, on a grid and exactly.
#include "commands/preview_conflicts.h"

#include <gtest/gtest.h>

#include "machine_world.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using tests::Machine;

constexpr char const *us = "us/air", *ru = "ru/air";

model::Clause apart(model::Level level, bool on_a_grid) {
  model::Clause clause;
  clause.id = "apart", clause.type = model::ClauseType::deconflict;
  clause.from.kind = clause.to.kind = model::Selector::Kind::each;
  model::VolumeTerms& terms = clause.volumes.emplace();
  terms.states = 0b11110;
  terms.horizontal_m = 2'000, terms.vertical_m = 301, terms.time_s = 61;
  terms.from_learns = terms.to_learns = level;
  if (on_a_grid) terms.grid = {1u << 17, 256, 64};
  return clause;
}

class Sky {
 public:
  Sky(uint64_t seed, model::Level level, bool on_a_grid) : random_(seed) {
    for (char const* slug : {"us", "ru"}) machine.party(slug, {"air"});
    machine.in_force("us.apart", {us, ru}, {apart(level, on_a_grid)});
  }

  PutIntent flight() {
    PutIntent made;
    ++named_;
    for (size_t i = 0; i < 4; ++i) made.id.octets[i] = static_cast<uint8_t>(named_ >> (8 * i));
    made.next = {model::Ovn::Kind::minted, made.id.octets, 0};
    made.native = true;
    model::Extent extent;
    int32_t const west = 400'000'000 + pick(1'000'000), south = 350'000'000 + pick(1'000'000);
    int32_t const wide = 10'000 + pick(500'000), high = 10'000 + pick(500'000);
    extent.ring = {{west, south}, {west + wide, south}, {west + wide, south + high}, {west, south + high}};
    extent.low_mm = 100'000 + pick(3'000'000), extent.high_mm = extent.low_mm + pick(1'000'000);
    extent.from = machine.now + minutes(1 + pick(300));
    extent.until = extent.from + minutes(1 + pick(60));
    made.extents = {extent};
    return fitted(made);
  }
  static PutIntent moved(PutIntent flight, int64_t later_s, int64_t higher_m) {
    for (model::Extent& extent : flight.extents) {
      extent.from = extent.from + seconds(later_s), extent.until = extent.until + seconds(later_s);
      extent.low_mm += static_cast<int32_t>(higher_m * 1'000);
      extent.high_mm += static_cast<int32_t>(higher_m * 1'000);
    }
    return fitted(std::move(flight));
  }
  void file(char const* office, PutIntent const& flight) {
    machine.must(machine.by(office, CommandKind::put_intent, flight));
  }
  model::AirspaceRuling preview(PutIntent const& flight) {
    Ruling const ruling =
        machine.ask(machine.by(ru, CommandKind::preview_conflicts, PreviewConflicts{flight}));
    EXPECT_TRUE(ruling.accepted());
    return *ruling.airspace;
  }
  bool is_free(PutIntent const& flight) { return preview(flight).previewed->notices.empty(); }

  Machine machine;

 private:
  int32_t pick(int64_t below) { return static_cast<int32_t>(random_.next() % static_cast<uint64_t>(below)); }
  static PutIntent fitted(PutIntent flight) {
    model::Extent const& extent = flight.extents.front();
    flight.hull = {{1}, extent.from, extent.until, extent.low_mm, extent.high_mm};
    return flight;
  }

  SeededEntropy random_;
  uint32_t named_ = 0;
};

struct Case {
  uint64_t seed = 0;
  bool on_a_grid = false;
};

class Previews : public testing::TestWithParam<Case> {};

TEST_P(Previews, SayWhatTheFilingWouldSay) {
  for (model::Level const level : {model::Level::warning, model::Level::details}) {
    if (level == model::Level::warning && !GetParam().on_a_grid) continue;
    Sky sky(GetParam().seed, level, GetParam().on_a_grid);
    for (int i = 0; i < 20; ++i) sky.file(us, sky.flight());
    for (int i = 0; i < 20; ++i) {
      PutIntent const flight = sky.flight();
      Bytes const before = codec::encode(sky.machine.state.airspace);
      auto const foreseen = sky.preview(flight);
      EXPECT_EQ(codec::encode(sky.machine.state.airspace), before);
      EXPECT_TRUE(foreseen.raised.empty() && foreseen.conflicts.empty() && foreseen.version == 0);
      Ruling const filed = sky.machine.ask(sky.machine.by(ru, CommandKind::put_intent, flight));
      std::vector<model::RaisedNotice> own;
      for (model::RaisedNotice const& one : filed.airspace->raised)
        if (one.subject.own.office == sky.machine.state.law.find_office(ru)) own.push_back(one);
      EXPECT_EQ(codec::encode(foreseen.previewed->notices), codec::encode(own)) << "seed " << GetParam().seed;
    }
  }
}

TEST_P(Previews, OfferTheNearestThatIsFree) {
  Sky sky(GetParam().seed, model::Level::details, GetParam().on_a_grid);
  for (int i = 0; i < 30; ++i) sky.file(us, sky.flight());
  size_t later = 0, higher = 0, lower = 0;
  for (int i = 0; i < 30; ++i) {
    PutIntent const flight = sky.flight();
    auto const told = sky.preview(flight);
    model::Alternatives const& offered = told.previewed->alternatives;
    if (told.previewed->notices.empty()) {
      EXPECT_EQ(offered, model::Alternatives());
      continue;
    }
    if (offered.later_s) {
      ++later;
      EXPECT_TRUE(sky.is_free(Sky::moved(flight, *offered.later_s, 0))) << "seed " << GetParam().seed;
      EXPECT_FALSE(sky.is_free(Sky::moved(flight, int64_t{*offered.later_s} - 1, 0)));
    }
    if (offered.higher_m) {
      ++higher;
      EXPECT_TRUE(sky.is_free(Sky::moved(flight, 0, *offered.higher_m))) << "seed " << GetParam().seed;
      EXPECT_FALSE(sky.is_free(Sky::moved(flight, 0, int64_t{*offered.higher_m} - 1)));
    }
    if (offered.lower_m) {
      ++lower;
      EXPECT_TRUE(sky.is_free(Sky::moved(flight, 0, -int64_t{*offered.lower_m})))
          << "seed " << GetParam().seed;
      EXPECT_FALSE(sky.is_free(Sky::moved(flight, 0, 1 - int64_t{*offered.lower_m})));
    }
  }
  EXPECT_GT(later, 0u);
  EXPECT_GT(higher + lower, 0u);
}

INSTANTIATE_TEST_SUITE_P(Worlds, Previews,
                         testing::Values(Case{1, true}, Case{2, true}, Case{3, true}, Case{1, false},
                                         Case{2, false}, Case{3, false}));

// Squares alone are disclosed: what is offered gets out of them, and says nothing of what lies behind them.
TEST(Previews, KnowOnlyWhatIsTold) {
  Sky sky(7, model::Level::warning, true);
  PutIntent const mine = sky.flight();
  PutIntent theirs = mine;
  theirs.id.octets[15] = 1;
  theirs = Sky::moved(theirs, 600, 0);  // begins within mine and ends after it
  sky.file(us, theirs);
  auto const told = sky.preview(mine);
  ASSERT_EQ(told.previewed->notices.size(), 1u);
  UtcTime const end = told.previewed->notices[0].content.boxes[0].until;
  auto const later = told.previewed->alternatives.later_s;
  if (!later) return;
  EXPECT_GE(mine.extents[0].from + seconds(*later) - microseconds(30'500'000), end);
  EXPECT_LT(mine.extents[0].from + seconds(int64_t{*later} - 1) - microseconds(30'500'000), end);
}

TEST(Previews, AreNotForThoseInDistress) {
  Sky sky(1, model::Level::warning, true);
  PutIntent flight = sky.flight();
  sky.file(ru, flight);
  flight.at = model::seen(flight.id, flight.next);
  flight.next.octets[0] ^= 1;
  flight.state = model::IntentState::contingent;
  Ruling const ruling =
      sky.machine.ask(sky.machine.by(ru, CommandKind::preview_conflicts, PreviewConflicts{flight}));
  ASSERT_FALSE(ruling.accepted());
  EXPECT_EQ(ruling.reasons[0].code, ReasonCode::malformed);
}

}  // namespace
}  // namespace comity::commands
