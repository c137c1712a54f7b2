// put_back and restored: what they are refused for, in the order of docs/rulings.md. What the centre does between the two:
// sequencer/put_back_test.cc.
#include "commands/put_back.h"

#include <gtest/gtest.h>

#include "refusals.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using Cause = state::Restoring::Cause;

class PutBacks : public tests::Refusals {
 protected:
  model::Command restored(Restored const& body) {
    auto const proposal =
        machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                          ProposeHostAct{CommandKind::restored, codec::encode(body)}, "first");
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "second");
  }
  model::Command found(PutBack const& body) {
    return machine.make(Machine::Author::system, "", CommandKind::put_back, body);
  }
};

TEST_F(PutBacks, PutBackIsTheCentresOwn) {
  PutBack const body{Cause::shorter, 10, 12, 0, {}};
  refused(ReasonCode::not_permitted, by_staff(CommandKind::put_back, body));
  refused(ReasonCode::not_permitted,
          machine.make(Machine::Author::person, "hosting/operations", CommandKind::put_back, body, "first"));
  accepted(found(body));
  ASSERT_TRUE(state().restoring);
  EXPECT_EQ(state().restoring->size, 10u);
  expect_row(CommandKind::put_back);
}

TEST_F(PutBacks, WhatIsFoundAgainOnlyKnowsMore) {
  accepted(found({Cause::restored, 10, 0, 3, machine.now}));
  accepted(found({Cause::shorter, 14, 40, 0, machine.now}));
  accepted(found({Cause::copied, 15, 20, 1, machine.now}));
  EXPECT_EQ(state().restoring->cause, Cause::restored);
  EXPECT_EQ(state().restoring->size, 10u);
  EXPECT_EQ(state().restoring->known, 40u);
  EXPECT_EQ(state().restoring->epoch, 3u);
}

TEST_F(PutBacks, Restored) {
  Restored body{9, 9, 0};
  refused(ReasonCode::not_permitted,
          machine.signed_by("hosting/operations", CommandKind::restored, body, "first"));
  refused(ReasonCode::not_put_back, restored(body));
  accepted(found({Cause::shorter, 10, 12, 0, {}}));
  refused(ReasonCode::other_size, restored(body));
  body = {10, 11, 0};
  refused(ReasonCode::other_size, restored(body));
  body.to = 12;
  refused(ReasonCode::epoch_used, restored(body));
  body.epoch = 1;
  accepted(restored(body));
  EXPECT_FALSE(state().restoring);
  EXPECT_EQ(state().centre.epoch, 1u);
  EXPECT_TRUE(state().centre.origin_now().ends_with("/e1"));
  expect_row(CommandKind::restored);
}

}  // namespace
}  // namespace comity::commands
