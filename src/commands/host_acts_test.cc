// What officers of the host do beyond admitting parties: rulesets, limits, time, suspensions. What each is refused for, in
// the order of docs/rulings.md, and what it changes.
#include <gtest/gtest.h>

#include "refusals.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::Quota;
using model::ReasonCode;
using tests::Machine;
using tests::Refusals;

class HostActs : public Refusals {
 protected:
  // The second officer's part of a proposal that the first one makes now.
  template <class Body>
  model::Command proposed(CommandKind kind, Body const& body) {
    auto const proposal = machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                                            ProposeHostAct{kind, codec::encode(body)}, "first");
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "second");
  }
  template <class Body>
  model::Command by_officer(CommandKind kind, Body const& body) {
    return machine.signed_by("hosting/operations", kind, body, "first");
  }
  void set(Quota quota, uint32_t number) {
    machine.must(proposed(CommandKind::set_limits, SetLimits{{{quota, number}}}));
  }
  ReasonCode reason_of(model::Command const& command) {
    auto const verdict = machine.decide(command);
    return verdict.ruling.accepted() ? ReasonCode::none : verdict.ruling.reasons[0].code;
  }
  void crash_on(model::Command const& command) {
    machine.must(machine.make(Machine::Author::system, "", CommandKind::fault,
                              Fault{command.digest, command.office, command.kind}));
  }
};

// --- rulesets ----------------------------------------------------------------------------------------------------------

TEST_F(HostActs, AdoptRuleset) {
  AdoptRuleset body{newest_ruleset + 1};
  refused(ReasonCode::not_permitted, by_officer(CommandKind::adopt_ruleset, body));
  refused(ReasonCode::unknown_ruleset, proposed(CommandKind::adopt_ruleset, body));
  body.ruleset = 0;
  refused(ReasonCode::unknown_ruleset, proposed(CommandKind::adopt_ruleset, body));
  body.ruleset = newest_ruleset;
  accepted(proposed(CommandKind::adopt_ruleset, body));
  EXPECT_EQ(state().ruleset, newest_ruleset);
  expect_row(CommandKind::adopt_ruleset);
}

TEST_F(HostActs, ARulesetIsNeverTakenBack) {
  auto const command = proposed(CommandKind::adopt_ruleset, AdoptRuleset{newest_ruleset});
  Context context{state().next_index, machine.now, newest_ruleset + 1, 0};  // as if a newer one were in force
  auto const verdict = commands::decide(state(), command, context);
  ASSERT_FALSE(verdict.ruling.accepted());
  EXPECT_EQ(verdict.ruling.reasons[0].code, ReasonCode::unknown_ruleset);
}

// --- limits ------------------------------------------------------------------------------------------------------------

TEST_F(HostActs, SetLimits) {
  SetLimits body;
  refused(ReasonCode::not_permitted, by_officer(CommandKind::set_limits, body));
  refused(ReasonCode::malformed, proposed(CommandKind::set_limits, body));
  for (Quota const quota : model::all_quotas) {
    auto const range = model::range_of(quota);
    ASSERT_LT(range.least, range.most);
    for (uint32_t const number : {range.least - 1, range.most + 1}) {
      body.quotas = {{quota, number}};
      refused(ReasonCode::malformed, proposed(CommandKind::set_limits, body));
    }
    EXPECT_EQ(state().law.quota(quota), range.usual);
    for (uint32_t const number : {range.least, range.most}) {
      body.quotas = {{quota, number}};
      accepted(proposed(CommandKind::set_limits, body));
      EXPECT_EQ(state().law.quota(quota), number);
    }
  }
  body.quotas = {{static_cast<Quota>(99), 1}};
  refused(ReasonCode::malformed, proposed(CommandKind::set_limits, body));
  seen_.resize(2);
  expect_row(CommandKind::set_limits);
}

TEST_F(HostActs, ALimitThatIsNotNamedStays) {
  set(Quota::drafts, 5);
  set(Quota::clients, 50);
  EXPECT_EQ(state().law.quota(Quota::drafts), 5u);
  EXPECT_EQ(state().law.quota(Quota::people), limits::people_per_party.usual);
}

TEST_F(HostActs, DraftsClientsAndPeopleKeepTheLimitThatWasSet) {
  uint32_t const drafts = limits::open_drafts_per_office.least, clients = limits::clients_per_party.least,
                 people = limits::people_per_party.least;
  machine.must(
      proposed(CommandKind::set_limits,
               SetLimits{{{Quota::drafts, drafts}, {Quota::clients, clients}, {Quota::people, people}}}));
  for (uint32_t i = 0; i < drafts; ++i)
    machine.draft("ru/staff", Machine::text("ru.d" + std::to_string(i), {"ru/staff", "iq/defence"}, {}));
  auto const text = Machine::text("ru.more", {"ru/staff", "iq/defence"}, {});
  EXPECT_EQ(
      reason_of(by_staff(CommandKind::draft_agreement, DraftAgreement{text, tests::digest_of(text.id)})),
      ReasonCode::quota);
  auto const client = [&](std::string const& slug) {
    return by_staff(CommandKind::register_client, RegisterClient{"ru/staff", slug, model::right::read});
  };
  for (uint32_t i = 2; i < clients; ++i)
    machine.must(client("c" + std::to_string(i)));  // feed of two offices
  EXPECT_EQ(reason_of(client("more")), ReasonCode::quota);
  auto const person = [&](std::string const& slug) {
    return by_staff(CommandKind::register_person, RegisterPerson{slug, "ru/staff", 0});
  };
  for (uint32_t i = 2; i < people; ++i) machine.must(person("p" + std::to_string(i)));  // duty and guest
  EXPECT_EQ(reason_of(person("more")), ReasonCode::quota);
  set(Quota::people, people + 1);
  EXPECT_EQ(reason_of(person("more")), ReasonCode::none);
}

TEST_F(HostActs, RefusalsAnHourKeepTheLimitThatWasSet) {
  uint32_t const most = limits::refusals_per_hour.least;
  set(Quota::refusals, most);
  auto const wrong = [&] { return by_staff(CommandKind::revoke_client, RevokeClient{"ru/staff/none"}); };
  for (uint32_t i = 0; i < most; ++i) {
    ASSERT_EQ(machine.decide(wrong()).kind, Verdict::Kind::record);
    machine.ask(wrong());
  }
  EXPECT_EQ(machine.decide(wrong()).kind, Verdict::Kind::over_quota);
  machine.now = machine.now + hours(1);
  EXPECT_EQ(machine.decide(wrong()).kind, Verdict::Kind::record);
}

// One office alone cannot fill the disk; others are not told and not held back.
TEST_F(HostActs, ContributionsOfADayKeepTheLimit) {
  machine.in_force("ru.joint", {"ru/staff", "ru/mfa", "iq/defence"}, {tests::grant_to_others()});
  uint32_t const most = limits::contributions_per_office_and_day.least;
  set(Quota::contributions, most);
  int number = 0;
  auto const object = [&](std::string const& office) {
    return machine.contribution(office, "ru.joint", {.id = "indicator--" + std::to_string(number++)});
  };
  for (uint32_t i = 0; i < most; ++i) machine.must(object("ru/staff"));
  EXPECT_EQ(reason_of(object("ru/staff")), ReasonCode::quota);
  EXPECT_EQ(reason_of(object("ru/mfa")), ReasonCode::none) << "a quota is one office's";
  EXPECT_EQ(reason_of(object("iq/defence")), ReasonCode::none);
  EXPECT_EQ(reason_of(machine.make(Machine::Author::client, "ru/staff", CommandKind::delete_item,
                                   DeleteItem{"indicator--1", "", "ru.joint"})),
            ReasonCode::none)
      << "what was given can be taken back all the same";
  machine.now = machine.now + days(1);
  EXPECT_EQ(reason_of(object("ru/staff")), ReasonCode::none);
}

// The same object again is stored again.
TEST_F(HostActs, TheSameObjectAgainCountsToo) {
  machine.in_force("ru.joint", {"ru/staff", "iq/defence"}, {tests::grant_to_others()});
  for (int i = 0; i < 3; ++i)
    machine.must(machine.contribution("ru/staff", "ru.joint", {.id = "indicator--1"}));
  EXPECT_EQ(state().contributions.at(state().law.find_office("ru/staff")).count, 3u);
}

// --- time --------------------------------------------------------------------------------------------------------------

TEST_F(HostActs, AdvanceTime) {
  AdvanceTime body{machine.now};
  refused(ReasonCode::not_permitted, by_officer(CommandKind::advance_time, body));
  refused(ReasonCode::malformed, proposed(CommandKind::advance_time, body));
  body.to = machine.now + days(1);
  accepted(proposed(CommandKind::advance_time, body));
  EXPECT_EQ(state().believed, body.to);
  expect_row(CommandKind::advance_time);
}

TEST_F(HostActs, WhatWasBelievedIsForgottenWhenTimeMoves) {
  machine.must(proposed(CommandKind::advance_time, AdvanceTime{machine.now + days(1)}));
  machine.must(by_staff(CommandKind::revoke_client, RevokeClient{"ru/mfa/feed"}));
  EXPECT_TRUE(state().believed) << "time has not moved";
  machine.now = machine.now + microseconds(1);
  machine.ask(by_staff(CommandKind::revoke_client, RevokeClient{"ru/mfa/feed"}));
  EXPECT_FALSE(state().believed);
}

TEST_F(HostActs, OnlyThePartsOfTheActAdvanceTime) {
  AdvanceTime const body{machine.now + days(1)};
  auto const other = proposed(CommandKind::set_limits, SetLimits{{{Quota::drafts, 5}}});
  auto const proposal = by_officer(CommandKind::propose_host_act,
                                   ProposeHostAct{CommandKind::advance_time, codec::encode(body)});
  auto const agreed = by_officer(CommandKind::countersign_host_act, CountersignHostAct{proposal.digest});
  EXPECT_TRUE(advances_time(state(), proposal));
  EXPECT_FALSE(advances_time(state(), agreed)) << "nothing is proposed yet";
  machine.must(proposal);
  EXPECT_TRUE(advances_time(state(), agreed));
  EXPECT_FALSE(advances_time(state(), other)) << "another act";
  EXPECT_FALSE(advances_time(state(), by_officer(CommandKind::advance_time, body)));
  EXPECT_FALSE(advances_time(state(), by_staff(CommandKind::revoke_client, RevokeClient{"ru/mfa/feed"})));
}

// --- suspensions -------------------------------------------------------------------------------------------------------

TEST_F(HostActs, LiftFaultSuspension) {
  auto const sent = [&] { return by_staff(CommandKind::revoke_client, RevokeClient{"ru/mfa/feed"}); };
  LiftFaultSuspension body{"ru/nowhere", CommandKind::revoke_client};
  refused(ReasonCode::not_permitted, by_staff(CommandKind::lift_fault_suspension, body));
  auto unsigned_one = by_officer(CommandKind::lift_fault_suspension, body);
  unsigned_one.act.reset();
  refused(ReasonCode::not_signed, unsigned_one);
  refused(ReasonCode::not_suspended, by_officer(CommandKind::lift_fault_suspension, body));
  body.office = "ru/staff";
  auto const bad = sent();
  crash_on(bad);
  refused(ReasonCode::not_suspended, by_officer(CommandKind::lift_fault_suspension, body));
  crash_on(sent());
  EXPECT_EQ(reason_of(sent()), ReasonCode::suspended_by_fault);
  body.kind = CommandKind::contribute;
  refused(ReasonCode::not_suspended, by_officer(CommandKind::lift_fault_suspension, body));
  body.kind = CommandKind::revoke_client;
  accepted(by_officer(CommandKind::lift_fault_suspension, body));
  EXPECT_EQ(reason_of(sent()), ReasonCode::none);
  EXPECT_EQ(reason_of(bad), ReasonCode::fault) << "what crashed is not tried again";
  crash_on(sent());
  EXPECT_EQ(reason_of(sent()), ReasonCode::none) << "the next fault is a first one";
  refused(ReasonCode::not_suspended, by_officer(CommandKind::lift_fault_suspension, body));
  expect_row(CommandKind::lift_fault_suspension);
}

// Else officers whose own acts crashed could never lift anything.
TEST_F(HostActs, WhatLiftsASuspensionIsNotSuspendedItself) {
  LiftFaultSuspension const body{"hosting/operations", CommandKind::countersign_host_act};
  auto const lift = [&] { return by_officer(CommandKind::lift_fault_suspension, body); };
  for (int i = 0; i < 2; ++i) crash_on(lift());
  auto const agreed = proposed(CommandKind::set_limits, SetLimits{{{Quota::drafts, 5}}});
  for (int i = 0; i < 2; ++i) crash_on(by_officer(CommandKind::countersign_host_act, CountersignHostAct{}));
  EXPECT_EQ(reason_of(agreed), ReasonCode::suspended_by_fault);
  accepted(lift());
  EXPECT_EQ(reason_of(machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                                        CountersignHostAct{tests::digest_of("none")}, "second")),
            ReasonCode::no_such_proposal);
}

}  // namespace
}  // namespace comity::commands
