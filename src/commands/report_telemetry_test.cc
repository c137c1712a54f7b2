// What a report of telemetry comes to: monitored or not, what is compared, what it costs, and that all of it is gone when it should be.
#include "commands/report_telemetry.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "commands/put_intent.h"
#include "machine_world.h"
#include "state/encoding.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::IntentState;
using model::ReasonCode;
using tests::Machine;
using OffNominal = model::TelemetryRuling::OffNominal;

constexpr int32_t metre_mm = 1'000;

std::vector<model::Point> square(int32_t x, int32_t y, int32_t half) {
  return {{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}};
}
model::EntityId id_of(uint8_t n) { return {{n, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, n}}; }

model::Clause airspace(uint32_t evaluations) {
  model::Clause clause;
  clause.id = "airspace", clause.type = model::ClauseType::deconflict;
  clause.from.kind = model::Selector::Kind::each, clause.to.kind = model::Selector::Kind::others;
  model::VolumeTerms& terms = clause.volumes.emplace();
  terms.states = 0b11110;
  terms.grid = model::VolumeGrid{1u << 16, 1024, 1024};
  terms.evaluations_per_day = evaluations;
  return clause;
}

// us flies in a square of a tenth of a degree around 0, 0; ru lies to the east of it.
class Flight {
 public:
  explicit Flight(uint32_t evaluations = 100) {
    for (char const* slug : {"us", "ru"}) machine.party(slug, {"staff"});
    machine.in_force("us.pact", {"us/staff", "ru/staff"}, {airspace(evaluations)});
    machine.must(machine.by("ru/staff", CommandKind::put_intent, filed(2, 5'000'000, IntentState::accepted)));
    machine.must(machine.by("us/staff", CommandKind::put_intent, filed(1, 0, IntentState::accepted)));
  }

  void becomes(IntentState state) {
    PutIntent command = filed(1, 0, state);
    command.at = model::seen(id_of(1), intent().ovn);
    machine.must(machine.by("us/staff", CommandKind::put_intent, command));
  }
  // At a place east of the middle, within ten metres, reaching so far (in 1e-7 degree).
  ReportTelemetry at(int32_t x, int32_t reach = 1'000) {
    ReportTelemetry command;
    command.id = id_of(1), command.next = ovn();
    command.telemetry.measured_at = machine.now;
    command.telemetry.at = {x, 0}, command.telemetry.accuracy_mm = 10 * metre_mm;
    command.there = {square(x, 0, 1'000), 90 * metre_mm, 110 * metre_mm, machine.now, machine.now};
    command.within = {square(x, 0, 1'000 + reach), 90 * metre_mm, 110 * metre_mm, machine.now,
                      machine.now + minutes(1)};
    command.cells = {static_cast<model::Cell>(7 + x / 1'000'000)};
    return command;
  }
  model::Ruling report(ReportTelemetry const& command) {
    return machine.ask(machine.by("us/staff", CommandKind::report_telemetry, command));
  }
  // A second later.
  model::Ruling next(int32_t x, int32_t reach = 1'000) {
    machine.now = machine.now + seconds(1);
    return report(at(x, reach));
  }
  state::Intent const& intent() const {
    auto const& all = machine.state.airspace.intents;
    return all[all.find(machine.state.law.find_office("us/staff"), id_of(1))];
  }
  size_t warned(std::string const& office) const {
    size_t open = 0;
    for (auto const& [number, notice] :
         machine.state.airspace.notices.of(machine.state.law.find_office(office)))
      open += notice.is_open();
    return open;
  }

  Machine machine;

 private:
  model::Ovn ovn() {
    model::Ovn made{model::Ovn::Kind::minted, {}};
    made.octets[0] = ++ovns_;
    return made;
  }
  PutIntent filed(uint8_t id, int32_t x, IntentState state) {
    PutIntent command;
    command.id = id_of(id), command.next = ovn(), command.state = state, command.native = true;
    command.extents = {
        {square(x, 0, 500'000), 0, 500 * metre_mm, Machine::start - hours(1), Machine::start + hours(1)}};
    command.hull = {{static_cast<model::Cell>(7 + x / 1'000'000)},
                    Machine::start - hours(1),
                    Machine::start + hours(1),
                    0,
                    500 * metre_mm};
    return command;
  }
  uint8_t ovns_ = 0;
};

constexpr int32_t near_ru = 4'600'000;  // inside of what ru has filed, with a reach of nothing

TEST(ReportTelemetry, WhatIsOnlyPlannedIsNotMonitored) {
  Flight world;
  auto const ruling = world.next(near_ru);
  ASSERT_TRUE(ruling.accepted());
  EXPECT_FALSE(ruling.airspace->telemetry->conforms);
  EXPECT_EQ(world.intent().state, IntentState::accepted);
  EXPECT_EQ(world.intent().version, 1u);
  EXPECT_EQ(world.warned("ru/staff"), 0u);
  EXPECT_EQ(world.intent().besides->track->strayed_at, never);
}

TEST(ReportTelemetry, WhoConformsIsComparedWithNothing) {
  Flight world;
  world.becomes(IntentState::activated);
  auto const ruling = world.next(498'000, 1'000'000);
  EXPECT_TRUE(ruling.airspace->telemetry->conforms) << "how far it may get is no part of that";
  EXPECT_TRUE(ruling.airspace->charged.empty());
  EXPECT_EQ(world.intent().state, IntentState::activated);
  EXPECT_EQ(world.intent().version, 2u);
  EXPECT_EQ(world.intent().besides->track->last.at, (model::Point{498'000, 0}));
}

TEST(ReportTelemetry, WhoStraysIsNonconformingAndWhoIsNearIsWarned) {
  Flight world;
  world.becomes(IntentState::activated);
  model::Hull const filed = world.intent().hull;
  auto const ruling = world.next(near_ru, 50'000);
  EXPECT_EQ(ruling.airspace->telemetry->state, IntentState::nonconforming);
  EXPECT_EQ(ruling.airspace->charged.size(), 1u);
  EXPECT_EQ(world.intent().state, IntentState::nonconforming);
  EXPECT_EQ(world.intent().version, 3u);
  EXPECT_EQ(world.warned("ru/staff"), 1u);
  EXPECT_EQ(world.warned("us/staff"), 1u);
  EXPECT_EQ(world.intent().hull.cells, (std::vector<model::Cell>{7, 11}));
  UtcTime const strayed = world.intent().besides->track->strayed_at;
  model::Ovn const ovn = world.intent().ovn;

  auto const inside_of_that = world.next(near_ru + 10'000, 5'000);
  EXPECT_EQ(inside_of_that.airspace->telemetry->off_nominal, OffNominal::stays);
  EXPECT_TRUE(inside_of_that.airspace->charged.empty());
  EXPECT_EQ(world.intent().ovn, ovn) << "nothing changed that others compare";

  auto const back = world.next(0);
  EXPECT_EQ(back.airspace->telemetry->off_nominal, OffNominal::gone);
  EXPECT_EQ(world.intent().state, IntentState::nonconforming) << "until its office files it";
  EXPECT_EQ(world.intent().hull, filed);
  EXPECT_EQ(state::off_nominal(world.intent()), nullptr);
  EXPECT_EQ(world.intent().besides->track->strayed_at, strayed);
  EXPECT_EQ(world.warned("ru/staff"), 0u);
}

TEST(ReportTelemetry, AFilingEndsIt) {
  Flight world;
  world.becomes(IntentState::activated);
  world.next(near_ru);
  EXPECT_EQ(world.warned("ru/staff"), 1u);
  world.becomes(IntentState::activated);
  EXPECT_EQ(state::off_nominal(world.intent()), nullptr);
  EXPECT_EQ(world.intent().besides->track->strayed_at, never);
  EXPECT_EQ(world.intent().hull.cells, (std::vector<model::Cell>{7}));
  EXPECT_EQ(world.warned("ru/staff"), 0u);
  world.next(near_ru);
  EXPECT_EQ(world.intent().state, IntentState::nonconforming);
  EXPECT_EQ(world.warned("ru/staff"), 1u);
}

TEST(ReportTelemetry, OneInDistressStaysSo) {
  Flight world;
  world.becomes(IntentState::contingent);
  world.next(near_ru);
  EXPECT_EQ(world.intent().state, IntentState::contingent);
  EXPECT_NE(state::off_nominal(world.intent()), nullptr);
  EXPECT_EQ(world.warned("ru/staff"), 1u);
}

TEST(ReportTelemetry, BeyondTheBudgetTheOtherSideIsWarnedAllTheSame) {
  Flight world(2);  // its filing was one of them
  world.becomes(IntentState::activated);
  world.next(2'000'000);
  EXPECT_EQ(world.warned("us/staff"), 0u);
  auto const ruling = world.next(near_ru);
  EXPECT_TRUE(ruling.airspace->charged.empty());
  EXPECT_EQ(ruling.airspace->not_answered.size(), 1u);
  EXPECT_EQ(world.warned("us/staff"), 0u) << "nobody asks by reporting where it is not";
  EXPECT_EQ(world.warned("ru/staff"), 1u);
}

TEST(ReportTelemetry, TimePastWhatIsFiledIsOutsideToo) {
  Flight world;
  world.becomes(IntentState::activated);
  world.machine.now = Machine::start + hours(1) + seconds(5);
  EXPECT_FALSE(world.report(world.at(0)).airspace->telemetry->conforms);
  EXPECT_EQ(world.intent().state, IntentState::nonconforming);
  EXPECT_GT(world.intent().hull.until, world.machine.now);
  world.machine.now = world.intent().hull.until + limits::overstayed + seconds(1);
  EXPECT_EQ(world.report(world.at(0)).reasons.front().code, ReasonCode::in_the_past);
}

TEST(ReportTelemetry, WhatItIsRefusedFor) {
  Flight world;
  auto const code = [&](ReportTelemetry const& command, std::string const& office = "us/staff") {
    auto const ruling = world.machine.ask(world.machine.by(office, CommandKind::report_telemetry, command));
    return ruling.accepted() ? std::nullopt : std::optional(ruling.reasons.front().code);
  };
  EXPECT_EQ(code(world.at(0), "ru/staff"), ReasonCode::unknown_intent);
  EXPECT_EQ(code(world.at(0)), std::nullopt);
  EXPECT_EQ(code(world.at(0)), ReasonCode::in_the_past) << "measured when the last one was";
  world.machine.now = world.machine.now + limits::telemetry_interval - Duration{1};
  EXPECT_EQ(code(world.at(0)), ReasonCode::quota);
  world.machine.now = world.machine.now + Duration{1};
  ReportTelemetry ahead = world.at(0);
  UtcTime const then = world.machine.now + limits::clock_skew + seconds(1);
  ahead.telemetry.measured_at = ahead.there.from = ahead.there.until = ahead.within.from = then;
  ahead.within.until = then + seconds(1);
  EXPECT_EQ(code(ahead), ReasonCode::malformed);
  ReportTelemetry twisted = world.at(0);
  std::swap(twisted.there.ring[1], twisted.there.ring[2]);
  EXPECT_EQ(code(twisted), ReasonCode::malformed);
  ReportTelemetry other_time = world.at(0);
  other_time.there.until = other_time.there.until + seconds(1);
  EXPECT_EQ(code(other_time), ReasonCode::malformed);
  EXPECT_EQ(code(world.at(0)), std::nullopt);
}

TEST(ReportTelemetry, ASnapshotHasIt) {
  Flight world;
  world.becomes(IntentState::activated);
  world.next(near_ru);
  Bytes const written = codec::encode(world.machine.state);
  auto read = codec::decode<state::State>(written);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(codec::encode(*read), written);
  read->airspace.complete();
  size_t found = 0;
  std::vector const where{world.at(near_ru).within};
  read->airspace.intents.each_near(geometry::coarse(where, {}), OfficeKey(), [&](IntentKey) { ++found; });
  EXPECT_EQ(found, 2u) << "it is found where it may be";
}

}  // namespace
}  // namespace comity::commands
