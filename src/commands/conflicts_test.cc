// What bounds the telling of conflicts (25-isolation G10, D3, D6, D9, D10): the grid, the budget, one notice for many, ids of one's own.
// What volumes meet is another matter: tests/conformance/test_conflicts.py asks a model of that. Here each guard is asked for by itself,
// and base/mutants.inc takes it away.
#include "commands/conflicts.h"

#include <gtest/gtest.h>

#include "machine_world.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::IntentState;
using model::NoticeAbout;
using model::Point;
using tests::Machine;

constexpr int32_t cell = 65'536, altitude_mm = 128'000;
constexpr char a[] = "alder/staff", b[] = "birch/staff";

struct Volume {
  int32_t shift_e7 = 0;  // to the east
  int32_t low_mm = 1'000'000, high_mm = 1'100'000;
  std::vector<model::Extent> extents() const {
    int32_t const west = 400'000'123 + shift_e7, east = west + 100'000;
    model::Extent one;
    one.ring = {Point{west, 350'000'321}, {east, 350'000'321}, {east, 350'100'321}, {west, 350'100'321}};
    one.low_mm = low_mm, one.high_mm = high_mm;
    one.from = Machine::start + hours(1), one.until = Machine::start + hours(2);
    return {one};
  }
};

struct As {
  IntentState state = IntentState::accepted;
  bool exercise = false, native = true;
};

class Guards : public testing::Test {
 protected:
  Guards() { machine.party("alder", {"staff"}), machine.party("birch", {"staff"}); }

  // `budget` is of each clause that may have one; 0: none.
  void agree(uint32_t budget = 0) {
    model::VolumeTerms terms;
    terms.states = 0x1e;
    terms.grid = model::VolumeGrid{cell, altitude_mm / 1'000, 64};
    terms.contact = "line";
    if (budget != 0) terms.evaluations_per_day = budget;
    std::vector<model::Clause> clauses(3, Machine::text("x", {a}, {tests::grant_to_others()}).clauses[0]);
    clauses[0].id = "sky", clauses[0].type = model::ClauseType::deconflict, clauses[0].volumes = terms;
    for (size_t i : {1u, 2u}) {
      clauses[i].type = model::ClauseType::notify;
      clauses[i].notice = model::NoticeTerms{
          i == 1 ? NoticeAbout::contingent : NoticeAbout::site, {}, minutes(5), minutes(10)};
    }
    clauses[1].id = "distress", clauses[2].id = "sites", clauses[2].volumes = terms;
    clauses[2].from.kind = model::Selector::Kind::list, clauses[2].from.names = {{b}};
    agreement = machine.in_force("alder.sky", {a, b}, clauses);
  }

  model::Ruling file(char const* office, uint8_t number, Volume const& volume, As const& as = {}) {
    PutIntent body;
    body.id = id(number), body.state = as.state, body.exercise = as.exercise, body.native = as.native;
    IntentKey const key = intents().find(key_of(office), body.id);
    if (key) body.at = model::seen(body.id, intents()[key].ovn);
    body.next = {model::Ovn::Kind::minted, {}, 0};
    body.next.octets[0] = ++ovns_;
    if (!as.native) body.url = "https://uss.example/utm";
    body.extents = volume.extents();
    body.hull = bounds_of(body.extents);
    body.hull.cells = {1};
    return machine.ask(machine.make(Machine::Author::client, office, CommandKind::put_intent, body));
  }
  void site(uint8_t number, Volume const& volume) {
    PutSite body;
    body.id = id(number), body.kind = model::SiteKind::hospital;
    body.name = body.source = body.measured = "x";
    body.reconfirm_by = machine.now + days(30);
    body.extents = volume.extents();
    machine.must(machine.make(Machine::Author::client, b, CommandKind::put_site, body));
  }
  static model::EntityId id(uint8_t number) {
    model::EntityId made;
    made.octets[15] = number, made.octets[6] = 0x40, made.octets[8] = 0x80;
    return made;
  }
  OfficeKey key_of(char const* office) const { return machine.state.law.find_office(office); }
  state::Entities<state::Intent, IntentKey> const& intents() const { return machine.state.airspace.intents; }

  std::vector<model::RaisedNotice> open(char const* office) const {
    std::vector<model::RaisedNotice> all;
    for (auto const& [number, notice] : machine.state.airspace.notices.of(key_of(office)))
      if (notice.is_open()) all.push_back(notice.raised);
    return all;
  }
  uint32_t charged(char const* office, uint32_t clause = 0) const {
    auto const found = machine.state.airspace.evaluations.find({key_of(office), {agreement, clause}});
    return found == machine.state.airspace.evaluations.end() ? 0 : found->second.count;
  }

  Machine machine;
  AgreementKey agreement;

 private:
  uint8_t ovns_ = 0;
};

// Asking for ever shows the grid and no more: wherever in its squares the other is, the same is told.
TEST_F(Guards, WhatIsToldLiesOnTheGrid) {
  agree();
  file(b, 1, {});
  file(a, 2, {});
  auto const told = open(a);
  ASSERT_EQ(told.size(), 1u);
  ASSERT_EQ(told[0].content.boxes.size(), 1u);
  model::VolumeBox const box = told[0].content.boxes[0];
  for (int32_t const edge : {box.south_e7, box.north_e7, box.west_e7, box.east_e7}) EXPECT_EQ(edge % cell, 0);
  EXPECT_EQ(box.low_mm % altitude_mm, 0);
  EXPECT_EQ(box.high_mm % altitude_mm, 0);
  EXPECT_EQ(box.from.us % seconds(64).us, 0);
  file(b, 1, {.shift_e7 = 40, .low_mm = 1'000'050});
  EXPECT_EQ(open(a).size(), 1u);
  EXPECT_EQ(machine.state.airspace.notices.of(key_of(a)).size(), 1u) << "that it moved is not told";
}

TEST_F(Guards, EachNewVolumeIsCharged) {
  agree(2);
  file(b, 1, {});
  file(a, 2, {.shift_e7 = 5'000'000}), file(a, 3, {.shift_e7 = 6'000'000});
  EXPECT_EQ(charged(a), 2u) << "whatever the answer";
  auto const third = file(a, 4, {});
  ASSERT_TRUE(third.accepted()) << "never stands in the way of a filing";
  EXPECT_FALSE(third.airspace->not_answered.empty());
  EXPECT_TRUE(open(a).empty());
  EXPECT_EQ(open(b).size(), 1u) << "the other side is warned as ever";
  machine.now = machine.now + days(1);
  EXPECT_EQ(charged(a), 2u);
}

TEST_F(Guards, ARefusedFilingIsCharged) {
  agree(2);
  file(b, 1, {});
  for (uint8_t time = 0; time < 2; ++time) {
    auto const no = file(a, 2, {}, {.native = false});
    ASSERT_FALSE(no.accepted());
    EXPECT_EQ(no.airspace->missing_surrogates.size(), 1u) << time;
  }
  EXPECT_EQ(charged(a), 2u);
  auto const third = file(a, 2, {}, {.native = false});
  EXPECT_TRUE(third.accepted()) << "nothing is told, so nothing is lacking";
  EXPECT_FALSE(third.airspace->not_answered.empty());
}

TEST_F(Guards, AWarningStandsInTheKey) {
  agree();
  file(b, 1, {}), file(b, 3, {});
  auto const no = file(a, 2, {}, {.native = false});
  ASSERT_FALSE(no.accepted()) << "D3";
  EXPECT_EQ(no.reasons[0].code, ReasonCode::missing_ovns);
  EXPECT_EQ(no.airspace->missing_surrogates.size(), 1u) << "one for all that it meets";
  EXPECT_TRUE(no.airspace->missing_intents.empty());
}

// D6: others are told of a Contingent whatever the budget; its owner is not.
TEST_F(Guards, AContingentDoesNotAskForNothing) {
  agree(1);
  file(b, 1, {});
  file(a, 2, {.shift_e7 = 5'000'000});
  file(a, 3, {});
  ASSERT_TRUE(open(a).empty());
  ASSERT_TRUE(file(a, 3, {}, {.state = IntentState::contingent}).accepted());
  EXPECT_TRUE(open(a).empty());
  auto const theirs = open(b);
  EXPECT_TRUE(std::ranges::any_of(theirs, [](auto const& one) { return one.content.contingent; }));
}

// D10: that there is a site of the kind, not which nor how many.
TEST_F(Guards, SitesOfAKindAreOneNotice) {
  agree();
  site(11, {}), site(12, {.shift_e7 = 1'000});
  file(a, 2, {});
  auto const told = open(a);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].about, NoticeAbout::site);
  EXPECT_TRUE(told[0].subject.other.is_kind_of_sites());
  EXPECT_TRUE(open(b).empty());
}

TEST_F(Guards, SitesAreAskedForWithinTheBudget) {
  agree(1);
  site(11, {});
  file(a, 2, {.shift_e7 = 5'000'000});
  auto const second = file(a, 3, {});
  ASSERT_TRUE(second.accepted());
  EXPECT_EQ(second.airspace->not_answered.size(), 2u) << "intents, and sites";
  EXPECT_TRUE(open(a).empty());
  EXPECT_EQ(charged(a, 2), 1u);
}

TEST_F(Guards, AnIdOfAnotherIsNotThere) {
  agree();
  file(b, 1, {});
  EXPECT_TRUE(file(a, 1, {.shift_e7 = 5'000'000}).accepted()) << "D9: it is free";
  EXPECT_EQ(intents().size(), 2u);
  DeleteIntent const end{id(9), model::seen(id(9), {model::Ovn::Kind::minted, {}, 0})};
  file(b, 9, {});
  auto const no = machine.ask(machine.make(Machine::Author::client, a, CommandKind::delete_intent, end));
  ASSERT_FALSE(no.accepted());
  EXPECT_EQ(no.reasons[0].code, ReasonCode::unknown_intent);
}

TEST_F(Guards, ExercisesAndFlightsDoNotMeet) {
  agree();
  file(b, 1, {}, {.exercise = true});
  file(a, 2, {});
  EXPECT_TRUE(open(a).empty() && open(b).empty());
  file(a, 3, {}, {.exercise = true});
  ASSERT_EQ(open(b).size(), 1u);
  EXPECT_TRUE(open(b)[0].exercise);
}

// 40-deconfliction: an exercise is a property of agreement and intent, never mixed with what is real.
TEST_F(Guards, UnderATextThatIsAnExerciseOnlyExercisesMeet) {
  agree(9);
  auto text = std::make_shared<model::Text>(*machine.state.law.agreement(agreement).text);
  text->exercise = true;
  machine.state.law.agreement(agreement).text = text;
  site(8, {});
  file(b, 1, {}), file(a, 2, {});
  EXPECT_TRUE(open(a).empty() && open(b).empty());
  EXPECT_EQ(charged(a), 0u) << "it is not about them";
  file(a, 3, {}, {.exercise = true});
  ASSERT_EQ(open(a).size(), 1u) << "the site";
  EXPECT_TRUE(open(a)[0].exercise);
  EXPECT_EQ(open(a)[0].subject.other.kind, model::ThingName::Kind::site);
  file(b, 4, {}, {.exercise = true});
  EXPECT_EQ(open(a).size(), 2u);
  ASSERT_EQ(open(b).size(), 1u);
  EXPECT_TRUE(open(b)[0].exercise);
}

TEST_F(Guards, WhoIsSuspendedIsWarnedOfNothing) {
  agree();
  auto& standing = machine.state.law.agreement(agreement).standing[machine.state.law.find_party("birch")];
  file(b, 1, {});
  standing.push_back({state::Standing::suspended, machine.now});
  file(a, 2, {});
  EXPECT_TRUE(open(a).empty() && open(b).empty());
  standing.pop_back();
  file(a, 3, {});
  EXPECT_EQ(open(a).size(), 1u);
}

// D14: every change in a cell looks at all subscriptions that lie in it.
TEST_F(Guards, SubscriptionsOfOneOfficeInOneCellAreBounded) {
  agree();
  auto const subscribe = [&](char const* office, uint32_t number, model::Cell cell_of_it) {
    PutSubscription body;
    body.id = id(static_cast<uint8_t>(number % 250));
    body.id.octets[0] = static_cast<uint8_t>(number / 250);
    body.next = {model::Ovn::Kind::minted, {}, 0};
    body.url = "https://uss.example/utm", body.for_intents = true;
    body.hull.cells = {cell_of_it};
    return machine.ask(machine.make(Machine::Author::client, office, CommandKind::put_subscription, body));
  };
  for (uint32_t n = 0; n < limits::subscriptions_per_office_and_cell; ++n)
    ASSERT_TRUE(subscribe(a, n, 1).accepted()) << n;
  auto const no = subscribe(a, 300, 1);
  ASSERT_FALSE(no.accepted());
  EXPECT_EQ(no.reasons[0].code, ReasonCode::quota);
  EXPECT_TRUE(subscribe(a, 300, 2).accepted());
  EXPECT_TRUE(subscribe(b, 300, 1).accepted());
}

}  // namespace
}  // namespace comity::commands
