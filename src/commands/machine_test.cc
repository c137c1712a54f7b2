// The machine as a whole: random worlds of commands give the same state however it is come by.
#include "commands/machine.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "machine_world.h"
#include "model/record.h"
#include "state/encoding.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using tests::Machine;

// Random commands of two offices each of three parties, under agreements that overlap, about few ids, so that they meet:
// the same object again, in a new version, given back, taken back, referred to, consented to.
class Life {
 public:
  explicit Life(uint64_t seed, std::function<void(model::Record const&)> on_record)
      : machine(std::move(on_record)), random_(seed) {
    for (char const* slug : {"il", "ru", "iq"}) machine.party(slug, {"staff", "police"});
    machine.in_force("il.one", {"il/staff", "il/police", "ru/staff"}, {tests::grant_to_others()});
    model::Clause later = tests::grant_to_others("later");
    later.delay = hours(2);
    machine.in_force("ru.two", {"ru/staff", "ru/police", "iq/staff"}, {later});
    model::Clause few = tests::grant_to_others("few");
    few.fields_given = {.all = false, .only = {"name"}};
    machine.in_force("iq.three", {"iq/staff", "iq/police", "il/staff", "ru/police"}, {few});
  }

  void step() {
    switch (pick(12)) {
      case 0: return void(machine.ask(delete_item()));
      case 1: return void(machine.ask(consent()));
      case 2: return void(machine.ask(note()));
      case 3: return void(machine.ask(claim()));
      case 4: machine.now = machine.now + minutes(static_cast<int64_t>(pick(90))); return;
      case 5: return void(machine.ask(keyed()));
      default: return void(machine.ask(contribute()));
    }
  }

  Machine machine;

 private:
  uint64_t pick(uint64_t below) { return random_.next() % below; }
  template <class T>
  T const& one_of(std::vector<T> const& all) {
    return all[pick(all.size())];
  }

  std::string id() { return one_of(ids_); }
  std::string version() { return "2025-06-0" + std::to_string(1 + pick(3)) + "T10:00:00.000Z"; }
  std::string office() { return one_of(offices_); }

  model::Command contribute() {
    tests::Object object;
    object.id = id();
    object.version = object.id.starts_with("ipv4") ? "" : version();
    object.words = one_of<std::string>({"", "", "some words"});
    object.revoked = pick(30) == 0;
    for (uint64_t n = pick(3); n > 0; --n)
      if (std::string const other = id(); other != object.id)
        object.references.push_back(tests::reference(
            other,
            one_of<model::ReferenceKind>({model::ReferenceKind::in_list, model::ReferenceKind::required,
                                          model::ReferenceKind::in_text})));
    return machine.contribution(office(), agreement(), object);
  }
  model::Command delete_item() {
    return machine.make(Machine::Author::client, office(), CommandKind::delete_item,
                        DeleteItem{id(), pick(2) ? version() : "", pick(2) ? agreement() : ""});
  }
  model::Command consent() {
    return machine.signed_by(office(), CommandKind::consent_onward,
                             ConsentOnward{id(), version(), one_of<std::string>({"il", "ru", "iq"}),
                                           tests::digest_of(agreement())});
  }
  model::Command claim() {
    return machine.signed_by(office(), CommandKind::claim_independent_source, ClaimIndependentSource{id()});
  }
  model::Command note() {
    auto const& items = machine.state.holdings.items;
    NoteServed body;
    if (!items.empty()) {
      state::ServedEdition edition;
      edition.party = PartyKey(1 + pick(3));
      edition.item = ItemKey(pick(items.size()));
      edition.agreement = AgreementKey(pick(3));
      edition.id = "indicator--edition-" + std::to_string(pick(5));
      edition.compare.bytes = tests::digest_of(edition.id);
      body.editions.push_back(edition);
    }
    return machine.make(Machine::Author::system, "", CommandKind::note_served, body);
  }
  model::Command keyed() {
    model::Command command = contribute();
    command.idempotency_key = "key " + std::to_string(pick(20));
    return command;
  }
  std::string agreement() { return one_of<std::string>({"il.one", "ru.two", "iq.three"}); }

  SeededEntropy random_;
  std::vector<std::string> const ids_ = {"indicator--1", "indicator--2", "report--1",
                                         "report--2",    "malware--1",   "ipv4-addr--1"};
  std::vector<std::string> const offices_ = {"il/staff",  "il/police", "ru/staff",
                                             "ru/police", "iq/staff",  "iq/police"};
};

constexpr int steps = 400;

class RandomLives : public testing::TestWithParam<uint64_t> {};

// As boot does: records go through their parts, and are applied without being decided.
TEST_P(RandomLives, RecordsAloneGiveTheSameState) {
  state::State copy;
  Life life(GetParam(), [&](model::Record const& record) {
    auto const read = model::record_of(model::parts_of(record));
    ASSERT_TRUE(read);
    EXPECT_EQ(codec::encode(read->ruling), codec::encode(record.ruling));
    EXPECT_EQ(codec::encode(read->command), codec::encode(record.command));
    apply(copy, *read);
  });
  for (int i = 0; i < steps; ++i) life.step();
  EXPECT_EQ(codec::encode(copy), codec::encode(life.machine.state));
  EXPECT_EQ(copy.epoch, life.machine.state.epoch);
  EXPECT_GT(copy.holdings.items.size(), 5u) << "a dull life";
  EXPECT_GT(copy.holdings.forms.size(), 1u) << "nothing but whole editions";
  for (auto const& [name, feed] : copy.holdings.feeds) EXPECT_FALSE(feed.entries.empty());
  EXPECT_GT(copy.holdings.feeds.size(), 6u) << "few were given anything";
}

// As boot from a snapshot does: a state that was encoded, decoded and completed rules as the one that lived on.
TEST_P(RandomLives, ADecodedStateGoesOnAlike) {
  state::State copy;
  Life life(GetParam(), [&](model::Record const& record) {
    if (record.index > 0) {
      Verdict const verdict = decide(copy, record.command, {record.index, record.time, 1, record.payload});
      if (record.ruling.accepted())
        ASSERT_EQ(codec::encode(verdict.ruling), codec::encode(record.ruling)) << "record " << record.index;
    }
    apply(copy, record);
    if (record.index % 7 != 0) return;
    auto decoded = codec::decode<state::State>(codec::encode(copy));
    ASSERT_TRUE(decoded);
    ASSERT_EQ(codec::encode(*decoded), codec::encode(copy));
    copy = std::move(*decoded);
    state::complete(copy);
  });
  for (int i = 0; i < steps && !testing::Test::HasFatalFailure(); ++i) life.step();
  EXPECT_EQ(codec::encode(copy), codec::encode(life.machine.state));
}

// As a replay after destruction does: of what is gone at the end, no facts were ever there.
TEST_P(RandomLives, AReplayAfterDestructionGivesTheSameState) {
  std::vector<model::Record> records;
  Life life(GetParam(), [&](model::Record const& record) { records.push_back(record); });
  for (int i = 0; i < steps; ++i) life.step();
  state::Holdings const& holdings = life.machine.state.holdings;
  for (size_t i = 0; i < holdings.items.size(); ++i) {
    if (!holdings.items[i].is_gone()) continue;
    std::vector<Index> gone;
    for (state::Contribution const& one : holdings.items[i].contributions) gone.push_back(one.index);
    if (auto const copies = holdings.copies.find(ItemKey(i)); copies != holdings.copies.end())
      gone.insert(gone.end(), copies->second.begin(), copies->second.end());
    for (Index const index : gone) {
      records[index].command.sealed.clear();
      records[index].sealed_destroyed = true;
    }
  }
  state::State copy;
  for (model::Record const& record : records) apply(copy, record);
  EXPECT_EQ(codec::encode(copy), codec::encode(life.machine.state));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLives, testing::Range<uint64_t>(1, 21));

// --- what comes before every command's own reasons -----------------------------------------------------------------

class AnyCommand : public testing::Test {
 protected:
  AnyCommand() { machine.party("ru", {"staff"}); }

  model::Command mark(std::string const& token) {
    return machine.make(Machine::Author::client, "ru/staff", CommandKind::revoke_token,
                        RevokeToken{token, "ru/staff/feed"});
  }
  model::ReasonCode why(model::Command const& command) {
    model::Ruling const ruling = machine.ask(command);
    return ruling.accepted() ? model::ReasonCode::none : ruling.reasons[0].code;
  }

  Machine machine;
};

TEST_F(AnyCommand, ABodyThatIsNoneIsMalformed) {
  model::Command command = mark("a");
  command.body += "x";
  EXPECT_EQ(why(command), model::ReasonCode::malformed);
  command.kind = static_cast<CommandKind>(9'999);
  EXPECT_EQ(why(command), model::ReasonCode::malformed);
}

TEST_F(AnyCommand, FaultThenSuspensionThenReusedKey) {
  machine.must([&] {
    model::Command first = mark("a");
    first.idempotency_key = "key";
    return first;
  }());
  model::Command command = mark("b");
  command.idempotency_key = "key";
  Fault const fault{command.digest, command.office, command.kind};
  auto const crash = [&](Fault const& what) {
    machine.must(machine.make(Machine::Author::system, "", CommandKind::fault, what), false);
  };
  EXPECT_EQ(why(command), model::ReasonCode::key_reused);
  crash({tests::digest_of("another"), command.office, command.kind});
  crash(fault);
  EXPECT_EQ(why(command), model::ReasonCode::fault);
  command.digest = tests::digest_of("a third");
  EXPECT_EQ(why(command), model::ReasonCode::suspended_by_fault);
}

TEST_F(AnyCommand, TheOldestKeysAreForgottenFirst) {
  auto const send = [&](std::string const& key) {
    model::Command command = mark("token");
    command.idempotency_key = key;
    command.digest = tests::digest_of(key);
    bool const repeated = machine.decide(command).kind == Verdict::Kind::repeat;
    if (!repeated) machine.must(command);
    return repeated;
  };
  EXPECT_FALSE(send("first"));
  EXPECT_FALSE(send("second"));
  OfficeKey const office = machine.state.law.find_office("ru/staff");
  for (size_t i = 2; i < limits::idempotency_keys_per_office; ++i) {
    machine.state.keyed[office].emplace(std::to_string(i), state::KeyedCommand{});
    machine.state.keyed_order[office].push_back(std::to_string(i));
  }
  EXPECT_TRUE(send("first"));
  EXPECT_FALSE(send("one more"));
  EXPECT_TRUE(send("second"));
  EXPECT_FALSE(send("first")) << "made room, and is new again";
}

// A million items that begin to be visible at one date do not make one record (to_look_at.h).
TEST(AtOnce, WhatADateMakesVisibleComesInPieces) {
  Machine machine;
  machine.party("ru", {"staff"});
  machine.party("iq", {"defence"});
  model::Clause clause = tests::grant_to_others();
  clause.applies_from.kind = model::Condition::Kind::date;
  clause.applies_from.date = machine.now + days(1);
  machine.in_force("ru.pact", {"ru/staff", "iq/defence"}, {clause});
  size_t const count = 2 * limits::looked_at_at_once + 7;
  for (size_t i = 0; i < count; ++i)
    machine.must(machine.contribution("ru/staff", "ru.pact", {.id = "report--" + std::to_string(i)}));
  auto const seen = [&] {
    return machine.state.holdings.feed({AgreementKey(0u), machine.state.law.find_office("iq/defence")})
        .entries.size();
  };
  EXPECT_EQ(seen(), 0u);
  machine.now = clause.applies_from.date;
  std::vector<size_t> sizes;
  while (auto own = machine.next_own()) {
    model::Record record;
    record.index = machine.state.next_index, record.time = machine.now, record.command = std::move(*own);
    record.ruling = machine.decide(record.command, false).ruling;
    commands::apply(machine.state, record);
    sizes.push_back(seen());
  }
  EXPECT_EQ(sizes, (std::vector<size_t>{limits::looked_at_at_once, 2 * limits::looked_at_at_once, count}));
  EXPECT_TRUE(machine.state.holdings.backlog.empty());
}

TEST_F(AnyCommand, NobodyButTheCentreSendsItsCommands) {
  auto const expect_refused = [&](CommandKind kind, Bytes body) {
    model::Command command = mark("");
    command.kind = kind;
    command.body = std::move(body);
    EXPECT_EQ(why(command), model::ReasonCode::not_permitted) << model::name_of(kind);
  };
  expect_refused(CommandKind::genesis, codec::encode(Genesis{}));
  expect_refused(CommandKind::pulse, codec::encode(Pulse{}));
  expect_refused(CommandKind::fault, codec::encode(Fault{}));
  expect_refused(CommandKind::authenticate, codec::encode(Authenticate{}));
  expect_refused(CommandKind::note_served, codec::encode(NoteServed{}));
  expect_refused(CommandKind::register_party, codec::encode(RegisterParty{}));
}

}  // namespace
}  // namespace comity::commands
