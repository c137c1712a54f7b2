// What time alone changes of what is told comes with a pulse of its own (25-isolation G14): a site that is stale, a test that is overdue.
#include <gtest/gtest.h>

#include "commands/put_site.h"
#include "commands/reconfirm_site.h"
#include "commands/test_channel.h"
#include "machine_world.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using tests::Machine;

constexpr char a[] = "alder/staff", b[] = "birch/staff";

class ToldByTime : public testing::Test {
 protected:
  ToldByTime() { machine.party("alder", {"staff"}), machine.party("birch", {"staff"}); }

  void site(uint8_t number, Duration holds) {
    PutSite body;
    body.id.octets[15] = number, body.kind = model::SiteKind::hospital;
    body.name = body.source = body.measured = "x";
    body.reconfirm_by = machine.now + holds;
    body.extents.emplace_back();
    body.extents[0].ring = {{0, 0}, {1'000, 0}, {1'000, 1'000}, {0, 1'000}};
    machine.must(machine.make(Machine::Author::client, a, CommandKind::put_site, body));
  }
  void line() {
    model::Clause clause = tests::grant_to_others("line");
    clause.type = model::ClauseType::contact;
    clause.line = model::LineTerms{{"en"}, hours(12), minutes(30)};
    machine.in_force("alder.line", {a, b}, {clause});
  }
  void call(bool reached) {
    TestChannel body;
    body.made = {"alder.line", "line", {}};
    body.made.call.purpose = model::CallPurpose::test;
    body.made.call.language = "en", body.made.call.reached = reached;
    machine.must(machine.by(a, CommandKind::test_channel, body), false);
  }
  bool comes_at(UtcTime time) {
    if (state::next_to_tell(machine.state) != time) return false;
    return state::next_due(machine.state) <= time && next_portion(machine.state, time) &&
           !next_portion(machine.state, time - microseconds(1));
  }
  // As the sequencer does it.
  void pulse() { machine.must(*machine.next_own(), false); }

  Machine machine;
};

TEST_F(ToldByTime, APulseComesWhenASiteIsStaleAndNoneOnceItIsConfirmed) {
  EXPECT_EQ(state::next_to_tell(machine.state), never);
  site(1, days(30)), site(2, days(40));
  UtcTime const first = Machine::start + days(30), second = Machine::start + days(40);
  EXPECT_TRUE(comes_at(first));
  machine.now = first;
  pulse();
  EXPECT_EQ(machine.state.last_time, first);
  EXPECT_TRUE(comes_at(second)) << "one pulse for each time";
  machine.must(machine.make(Machine::Author::client, a, CommandKind::reconfirm_site,
                            ReconfirmSite{.id = machine.state.airspace.sites[SiteKey(size_t{1})].id,
                                          .at = 1,
                                          .reconfirm_by = second + days(30)}));
  EXPECT_EQ(state::next_to_tell(machine.state), second + days(30));
}

TEST_F(ToldByTime, APulseComesWhenATestIsOverdue) {
  line();
  UtcTime const due = machine.state.last_time + hours(12) + minutes(30);
  EXPECT_LE(state::next_to_tell(machine.state), due);
  EXPECT_GT(state::next_to_tell(machine.state), machine.now);
  machine.now = machine.now + hours(6);
  call(false);
  EXPECT_LE(state::next_to_tell(machine.state), due) << "nobody was reached";
  call(true);
  EXPECT_TRUE(comes_at(machine.now + hours(12) + minutes(30)));
  machine.now = machine.now + hours(13);
  pulse();
  EXPECT_EQ(state::next_to_tell(machine.state), never) << "it is overdue until it is tested";
  state::State again = codec::decode<state::State>(codec::encode(machine.state)).value();
  state::complete(again);
  EXPECT_EQ(again.line_overdue, machine.state.line_overdue);
}

}  // namespace
}  // namespace comity::commands
