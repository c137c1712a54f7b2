#include "release/looks.h"

#include "base/limits.h"
#include "release/told_console.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

using Of = Grounds::Of;
using model::ThingName;

// a and b warn each other; c has its own affairs.
class Looking : public ::testing::Test {
 protected:
  Looking() {
    model::Clause sky;
    sky.id = "sky", sky.type = model::ClauseType::deconflict;
    sky.from.kind = model::Selector::Kind::each, sky.to.kind = model::Selector::Kind::others;
    sky.volumes.emplace();
    agreement = world.agreement("alder.sky", {a, b, d}, {sky});
  }

  static model::EntityId id(uint8_t number) {
    model::EntityId made;
    made.octets[15] = number;
    return made;
  }
  IntentKey file(OfficeKey office, uint8_t number) {
    state::Intent intent;
    intent.id = id(number), intent.owner.office = office;
    return airspace().intents.add(office, std::move(intent));
  }
  static ThingName thing(OfficeKey office, uint8_t number) {
    return {ThingName::Kind::intent, office, id(number)};
  }
  void meet(ThingName one, ThingName other) {
    if (other < one) std::swap(one, other);
    airspace().conflicts.put({{agreement, 0}, one, other}, {});
  }
  uint64_t warn(ThingName const& own, UtcTime answer_by = never) {
    state::Notice notice;
    notice.raised.subject.under = {agreement, 0}, notice.raised.subject.own = own;
    notice.raised.answer_by = answer_by;
    return airspace().notices.raise(std::move(notice));
  }
  SiteKey site(OfficeKey office, uint8_t number, UtcTime reconfirm_by) {
    state::Site made;
    made.id = id(number), made.owner.office = office, made.reconfirm_by = reconfirm_by;
    return airspace().sites.add(office, std::move(made));
  }
  state::Airspace& airspace() { return world.state.airspace; }
  LookPtr at(OfficeKey office, Of of) { return looks.at(world.eyes(office), of); }
  Marks marks(OfficeKey office) { return look_for_page(world.eyes(office), {}, looks).marks; }

  World world;
  OfficeKey const a = world.office("alder/one"), b = world.office("birch/one"), c = world.office("cedar/one"),
                  d = world.office("dogwood/one");
  AgreementKey agreement;
  Looks looks;
};

TEST_F(Looking, AllPagesOfAViewerShareOneLookWhileNothingOfItsOwnMoves) {
  file(a, 1), file(b, 2), meet(thing(a, 1), thing(b, 2)), warn(thing(a, 1)), warn(thing(b, 2));
  PageLook const page = look_for_page(world.eyes(a), {}, looks);
  for (Of const of : {Of::agreements, Of::conflicts, Of::constraints, Of::sites, Of::watch})
    EXPECT_EQ(at(a, of), at(a, of));
  file(c, 3), site(c, 4, never), warn(thing(c, 3)), world.tick();
  EXPECT_TRUE(page.holds(world.state)) << "of others' affairs";
  EXPECT_NE(at(b, Of::conflicts), at(a, Of::conflicts)) << "a look is of one viewer";
  EXPECT_NE(looks.at({world.state, {a, model::role::watch}, world.keys}, Of::agreements),
            at(a, Of::agreements));
}

TEST_F(Looking, WhatTheOtherSideOfAConflictDoesIsLookedAt) {
  IntentKey const theirs = file(b, 2);
  file(a, 1), meet(thing(a, 1), thing(b, 2)), warn(thing(a, 1));
  uint64_t const number = warn(thing(b, 2));
  LookPtr before = at(a, Of::conflicts);
  airspace().notices.change({b, number},
                            [&](state::Notice& one) { one.answered_at = world.state.last_time; });
  EXPECT_FALSE(before->grounds.hold(world.state));
  EXPECT_NE(at(a, Of::conflicts)->print, before->print) << "the other side has answered";
  before = at(a, Of::conflicts);
  airspace().intents.amend(theirs, [](state::Intent& one) { one.state = model::IntentState::contingent; });
  EXPECT_FALSE(before->grounds.hold(world.state));
  before = at(a, Of::conflicts);
  file(d, 5), meet(thing(a, 1), thing(d, 5));
  EXPECT_FALSE(before->grounds.hold(world.state)) << "one more in the same box, of an office that was none";
  EXPECT_NE(at(a, Of::conflicts)->print, before->print) << "which has not answered";
}

TEST_F(Looking, NothingIsShownOnThatTheLawHasTakenAway) {  // G6, G9
  file(a, 1), file(b, 2), meet(thing(a, 1), thing(b, 2)), warn(thing(a, 1));
  LookPtr const before = at(a, Of::conflicts);
  PageLook const page = look_for_page(world.eyes(a), {}, looks);
  world.suspend(agreement);
  EXPECT_FALSE(before->grounds.hold(world.state));
  EXPECT_FALSE(page.holds(world.state));
  EXPECT_NE(at(a, Of::conflicts)->print, before->print) << "it is told no more";
  LookPtr const suspended = at(a, Of::agreements);
  ++world.state.law_moved;  // as a record that gives more
  EXPECT_FALSE(suspended->grounds.hold(world.state));
}

TEST_F(Looking, AnAnswerIsOverdueByTimeAlone) {
  UtcTime const due = world.state.last_time + minutes(15);
  file(a, 1), file(b, 2), meet(thing(a, 1), thing(b, 2)), warn(thing(a, 1), due), warn(thing(b, 2), due);
  LookPtr const before = at(a, Of::conflicts);
  world.state.last_time = due - microseconds(1);
  EXPECT_TRUE(before->grounds.hold(world.state));
  world.state.last_time = due;
  EXPECT_FALSE(before->grounds.hold(world.state));
  EXPECT_NE(at(a, Of::conflicts)->print, before->print);
}

TEST_F(Looking, ASiteIsStaleByTimeAloneAndOnlyItsOfficeIsTold) {
  UtcTime const due = world.state.last_time + days(30);
  SiteKey const key = site(a, 1, due);
  site(a, 2, due + days(1));
  auto const index = static_cast<size_t>(Topic::sites);
  uint64_t const before = marks(a)[index], of_other = marks(b)[index];
  EXPECT_EQ(state::next_to_tell(world.state), due);
  EXPECT_LE(state::next_due(world.state), due) << "a pulse comes then";
  world.state.last_time = due;
  EXPECT_NE(marks(a)[index], before);
  EXPECT_EQ(marks(b)[index], of_other);
  EXPECT_EQ(state::next_to_tell(world.state), due + days(1));
  airspace().sites.amend(key, [&](state::Site& one) { one.reconfirm_by = due + hours(1); });
  EXPECT_EQ(state::next_to_tell(world.state), due + hours(1)) << "confirmed anew";
  airspace().sites.remove(a, key);
  EXPECT_EQ(state::next_to_tell(world.state), due + days(1));
}

TEST_F(Looking, LooksThatFindNoRoomAreMadeAgain) {
  LookPtr const first = at(a, Of::sites);
  for (uint32_t i = 0; i < limits::looks_kept; ++i)
    looks.at({world.state, {a, 0, 0, ClientKey(size_t{i})}, world.keys}, Of::notices);
  EXPECT_NE(at(a, Of::sites), first);
  EXPECT_EQ(at(a, Of::sites)->print, first->print);
}

}  // namespace
}  // namespace comity::release
