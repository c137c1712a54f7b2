// The airspace against a naive model of it: everything there is in one list, every question a walk through all of it, each rule as
// f3548-rules says it. Random filings, changes and ends by several managers, with keys that are whole or lack something; now and then
// the state is written and read again, and both go on alike.
#include "commands/airspace.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/limits.h"
#include "machine_world.h"
#include "naive_airspace.h"
#include "state/encoding.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::EntityId;
using model::Hull;
using model::IntentState;
using model::Ovn;
using tests::has_all_cells;
using tests::Machine;
using tests::meet_in_height;
using tests::meet_in_time;
using tests::Naive;
using tests::nominal;
using tests::share_a_cell;

constexpr char const* managers[] = {"alder", "birch", "cedar"};

EntityId entity(uint64_t number) {
  EntityId id;
  for (size_t i = 0; i < 8; ++i) id.octets[15 - i] = static_cast<uint8_t>(number >> (8 * i));
  id.octets[6] = 0x40, id.octets[8] = 0x80;
  return id;
}

// --- the play ---
class Play {
 public:
  explicit Play(uint64_t seed) : random_(seed) {
    machine.state.airspace.one_namespace = true;
    for (char const* manager : managers)
      machine.must(
          machine.make(Machine::Author::system, "", CommandKind::enrol_subject, EnrolSubject{manager}));
  }

  void step() {
    machine.now = machine.now + seconds(static_cast<int64_t>(pick(120)));
    switch (pick(10)) {
      case 0: return set_availability();
      case 1: return put_subscription();
      case 2: return delete_subscription();
      case 3: return put_constraint();
      case 4: return delete_constraint();
      case 5:
      case 6: return delete_intent();
      default: return put_intent();
    }
  }

  Machine machine;
  Naive naive;
  size_t accepted = 0, refused = 0;

 private:
  uint64_t pick(uint64_t below) { return random_.next() % below; }
  std::string one_of_managers() { return managers[pick(std::size(managers))]; }
  EntityId id(uint64_t kind) { return entity(kind * 100 + pick(12)); }
  Ovn minted() {
    Ovn ovn{Ovn::Kind::minted, {}, 0};
    uint64_t const a = random_.next();
    for (size_t i = 0; i < 8; ++i) ovn.octets[i] = static_cast<uint8_t>(a >> (8 * i));
    return ovn;
  }
  Hull hull() {
    Hull made;
    std::set<model::Cell> cells;
    for (size_t n = 1 + pick(3), i = 0; i < n; ++i) cells.insert(static_cast<model::Cell>(100 + pick(6)));
    made.cells.assign(cells.begin(), cells.end());
    made.from = machine.now + minutes(static_cast<int64_t>(pick(60)) - 20);
    made.until = made.from + minutes(static_cast<int64_t>(1 + pick(40)));
    made.low_mm = static_cast<int32_t>(pick(4) * 100'000);
    made.high_mm = made.low_mm + static_cast<int32_t>(pick(3) * 100'000);
    return made;
  }
  template <class Body>
  Ruling ask(std::string const& manager, CommandKind kind, Body const& body) {
    model::Command command = machine.make(Machine::Author::system, "", kind, body);
    ClientKey const client = machine.state.airspace.subjects.at(manager);
    command.office = machine.state.law.clients[client.value].office;
    command.actor = {model::Actor::Kind::client, client.value};
    command.digest = tests::digest_of("step " + std::to_string(++steps_));
    Ruling const ruling = machine.ask(command);
    ++(ruling.accepted() ? accepted : refused);
    return ruling;
  }
  // What the model expects: none is accepted.
  static void same(std::optional<ReasonCode> expected, Ruling const& ruling) {
    if (!expected) {
      ASSERT_TRUE(ruling.accepted()) << model::name_of(ruling.reasons.front().code);
    } else {
      ASSERT_FALSE(ruling.accepted()) << "expected " << model::name_of(*expected);
      ASSERT_STREQ(model::name_of(ruling.reasons.front().code), model::name_of(*expected));
    }
  }

  // U10, C2.
  std::map<EntityId, int32_t> raise(Hull const& old, Hull const& now, bool of_intents) {
    std::map<EntityId, int32_t> told;
    Hull both{{}, std::min(old.from, now.from), std::max(old.until, now.until)};
    both.cells = old.cells;
    both.cells.insert(both.cells.end(), now.cells.begin(), now.cells.end());
    for (auto& [id, subscription] : naive.subscriptions) {
      bool const asks = of_intents ? subscription.intents : subscription.constraints;
      if (asks && share_a_cell(subscription.hull, both) && meet_in_time(subscription.hull, both))
        told[id] = ++subscription.index;
    }
    return told;
  }
  static void same_told(std::map<EntityId, int32_t> const& expected, Ruling const& ruling) {
    std::map<EntityId, int32_t> told;
    for (model::Notified const& there : ruling.airspace->notified)
      for (model::NotifiedSubscription const& one : there.subscriptions) told[one.id] = one.index;
    ASSERT_EQ(told, expected);
  }

  std::set<EntityId> relevant(Hull const& where, EntityId self) const {
    std::set<EntityId> all;
    for (auto const& [other, intent] : naive.intents) {
      if (other == self || !share_a_cell(intent.hull, where) || !meet_in_time(intent.hull, where) ||
          !meet_in_height(intent.hull, where))
        continue;
      if (intent.state == IntentState::accepted && naive.is_down(intent.manager)) continue;
      all.insert(other);
    }
    return all;
  }

  // U1 to U7.
  std::optional<ReasonCode> refusal_of(PutIntent const& command, std::string const& manager) const {
    std::optional<ReasonCode> no;
    auto const there = naive.intents.find(command.id);
    bool const exists = there != naive.intents.end();
    auto const leans =
        command.subscription ? naive.subscriptions.find(*command.subscription) : naive.subscriptions.end();
    bool const known = leans != naive.subscriptions.end();
    if (command.hull.until < machine.now)
      no = ReasonCode::in_the_past;
    else if (nominal(command.state) && naive.is_down(manager))
      no = ReasonCode::uss_down;
    else if (exists && there->second.manager != manager)
      no = ReasonCode::not_owner;
    else if (exists && (!command.at || *command.at != model::seen(command.id, there->second.ovn)))
      no = ReasonCode::stale_ovn;
    else if (!exists && command.at)
      no = ReasonCode::unknown_intent;
    else if (command.subscription && !known)
      no = ReasonCode::unknown_subscription;
    else if (command.subscription && leans->second.manager != manager)
      no = ReasonCode::not_owner;
    else if (command.subscription && !leans->second.implicit &&
             (leans->second.hull.from > command.hull.from || leans->second.hull.until < command.hull.until ||
              !has_all_cells(leans->second.hull, command.hull)))
      no = ReasonCode::subscription_too_small;
    return no;
  }

  // U8: a key that is whole, or nearly.
  void fill_key(PutIntent& command, std::set<EntityId>& missing, std::set<EntityId>& missing_constraints) {
    for (EntityId const& one : relevant(command.hull, command.id)) {
      if (pick(20) == 0)
        missing.insert(one);
      else
        command.key.push_back(model::seen(one, naive.intents.at(one).ovn));
    }
    bool const looks =
        command.implicit ? command.implicit->for_constraints
                         : command.subscription && naive.subscriptions.at(*command.subscription).constraints;
    for (auto const& [other, constraint] : naive.constraints) {
      if (!looks || !share_a_cell(constraint.hull, command.hull) ||
          !meet_in_time(constraint.hull, command.hull))
        continue;
      if (pick(20) == 0)
        missing_constraints.insert(other);
      else
        command.key.push_back(model::seen(other, constraint.ovn));
    }
  }

  void put_intent() {
    std::string const manager = one_of_managers();
    PutIntent command;
    command.id = id(1);
    auto const there = naive.intents.find(command.id);
    bool const exists = there != naive.intents.end();
    bool const right_ovn = pick(8) != 0;
    if (exists ? pick(10) != 0 : pick(10) == 0)
      command.at = model::seen(command.id, exists && right_ovn ? there->second.ovn : minted());
    command.state = !command.at || pick(2) ? IntentState::accepted : static_cast<IntentState>(1 + pick(4));
    command.url = "https://" + manager + ".example/" + std::to_string(pick(2));
    command.hull = hull();
    command.next = minted();
    command.stretched = minted();
    size_t const way = pick(4);
    if (way == 1) command.subscription = id(3);
    if (way == 2 || (way != 1 && command.state != IntentState::accepted))
      command.implicit =
          ImplicitSubscription{entity(1'000'000 + steps_), minted(), command.url, pick(2) == 0};

    auto const leans =
        command.subscription ? naive.subscriptions.find(*command.subscription) : naive.subscriptions.end();
    bool const known = leans != naive.subscriptions.end();
    std::optional<ReasonCode> no = refusal_of(command, manager);
    std::set<EntityId> missing, missing_constraints;
    if (!no && nominal(command.state)) {
      fill_key(command, missing, missing_constraints);
      if (!missing.empty() || !missing_constraints.empty()) no = ReasonCode::missing_ovns;
    }
    std::ranges::sort(command.key);
    Ruling const ruling = ask(manager, CommandKind::put_intent, command);
    same(no, ruling);
    if (no == ReasonCode::missing_ovns) {
      std::set<EntityId> lacked, lacked_constraints;
      for (auto const& one : ruling.airspace->missing_intents) lacked.insert(one.id);
      for (auto const& one : ruling.airspace->missing_constraints) lacked_constraints.insert(one.id);
      ASSERT_EQ(lacked, missing);
      ASSERT_EQ(lacked_constraints, missing_constraints);
    }
    if (no || testing::Test::HasFatalFailure()) return;
    Hull const before = exists ? there->second.hull : command.hull;
    auto const leant_on = exists ? there->second.subscription : std::nullopt;
    uint32_t const version = exists ? there->second.version + 1 : 1;
    ASSERT_EQ(ruling.airspace->version, version);
    if (command.implicit)
      naive.subscriptions[command.implicit->id] = {
          manager, command.implicit->version, true, command.implicit->for_constraints, true, command.hull};
    if (known) {
      Hull& grown = leans->second.hull;
      std::set<model::Cell> cells(grown.cells.begin(), grown.cells.end());
      cells.insert(command.hull.cells.begin(), command.hull.cells.end());
      grown.cells.assign(cells.begin(), cells.end());
      grown.from = std::min(grown.from, command.hull.from),
      grown.until = std::max(grown.until, command.hull.until);
    }
    naive.intents[command.id] = {
        manager,      command.state,
        version,      command.next,
        command.hull, command.implicit ? std::optional(command.implicit->id) : command.subscription};
    drop(leant_on);
    same_told(raise(before, command.hull, true), ruling);
  }

  // U7d.
  void drop(std::optional<EntityId> subscription) {
    if (!subscription || !naive.dependents(*subscription).empty()) return;
    auto const found = naive.subscriptions.find(*subscription);
    if (found != naive.subscriptions.end() && found->second.implicit) naive.subscriptions.erase(found);
  }

  void delete_intent() {
    std::string const manager = one_of_managers();
    EntityId const name = id(1);
    auto const there = naive.intents.find(name);
    bool const exists = there != naive.intents.end();
    DeleteIntent const command{name, model::seen(name, exists && pick(8) ? there->second.ovn : minted())};
    std::optional<ReasonCode> no;
    if (!exists)
      no = ReasonCode::unknown_intent;
    else if (there->second.manager != manager)
      no = ReasonCode::not_owner;
    else if (command.at != model::seen(name, there->second.ovn))
      no = ReasonCode::stale_ovn;
    else if (naive.is_down(manager))
      no = ReasonCode::uss_down;
    Ruling const ruling = ask(manager, CommandKind::delete_intent, command);
    same(no, ruling);
    if (no || testing::Test::HasFatalFailure()) return;
    same_told(raise(there->second.hull, there->second.hull, true), ruling);  // D2
    auto const leant_on = there->second.subscription;
    naive.intents.erase(there);
    drop(leant_on);
  }

  void put_constraint() {
    std::string const manager = one_of_managers();
    PutConstraint command;
    command.id = id(2);
    auto const there = naive.constraints.find(command.id);
    bool const exists = there != naive.constraints.end();
    if (exists ? pick(10) != 0 : pick(10) == 0)
      command.at = model::seen(command.id, exists && pick(8) ? there->second.ovn : minted());
    command.next = minted(), command.url = "https://canton.example", command.hull = hull();
    std::optional<ReasonCode> no;
    if (command.hull.until < machine.now)
      no = ReasonCode::in_the_past;
    else if (exists && there->second.manager != manager)
      no = ReasonCode::not_owner;
    else if (exists && (!command.at || *command.at != model::seen(command.id, there->second.ovn)))
      no = ReasonCode::stale_ovn;
    else if (!exists && command.at)
      no = ReasonCode::stale_ovn;  // C1
    Ruling const ruling = ask(manager, CommandKind::put_constraint, command);
    same(no, ruling);
    if (no || testing::Test::HasFatalFailure()) return;
    Hull const before = exists ? there->second.hull : command.hull;
    naive.constraints[command.id] = {manager, exists ? there->second.version + 1 : 1, command.next,
                                     command.hull};
    same_told(raise(before, command.hull, false), ruling);
  }

  void delete_constraint() {
    std::string const manager = one_of_managers();
    EntityId const name = id(2);
    auto const there = naive.constraints.find(name);
    bool const exists = there != naive.constraints.end();
    DeleteConstraint const command{name, model::seen(name, exists && pick(8) ? there->second.ovn : minted())};
    std::optional<ReasonCode> no;
    if (!exists)
      no = ReasonCode::unknown_constraint;
    else if (there->second.manager != manager)
      no = ReasonCode::not_owner;
    else if (command.at != model::seen(name, there->second.ovn))
      no = ReasonCode::stale_ovn;
    Ruling const ruling = ask(manager, CommandKind::delete_constraint, command);
    same(no, ruling);
    if (no || testing::Test::HasFatalFailure()) return;
    same_told(raise(there->second.hull, there->second.hull, false), ruling);
    naive.constraints.erase(there);
  }

  void put_subscription() {
    std::string const manager = one_of_managers();
    PutSubscription command;
    command.id = id(3);
    auto const there = naive.subscriptions.find(command.id);
    bool const exists = there != naive.subscriptions.end();
    if (exists ? pick(10) != 0 : pick(10) == 0)
      command.at = model::seen(command.id, exists && pick(8) ? there->second.version : minted());
    command.next = minted(), command.url = "https://" + manager + ".example", command.hull = hull();
    if (pick(2))
      command.hull.cells = {100, 101, 102, 103, 104, 105}, command.hull.until = command.hull.from + hours(3);
    command.hull.low_mm = model::lowest_mm, command.hull.high_mm = model::highest_mm;
    command.for_intents = pick(3) != 0, command.for_constraints = !command.for_intents || pick(2) != 0;
    bool const own = exists && there->second.manager == manager;
    std::optional<ReasonCode> no;
    if (command.hull.from + minutes(5) < machine.now || command.hull.until < machine.now)
      no = ReasonCode::in_the_past;
    else if (!exists && command.at)
      no = ReasonCode::unknown_subscription;
    else if (exists && (!command.at || *command.at != model::seen(command.id, there->second.version)))
      no = ReasonCode::stale_ovn;
    else if (exists && !own)
      no = ReasonCode::not_owner;
    else if (exists) {
      for (EntityId const& one : naive.dependents(command.id)) {
        Hull const& intent = naive.intents.at(one).hull;
        if (!has_all_cells(command.hull, intent) || command.hull.from - intent.from > minutes(5) ||
            command.hull.until < intent.until)
          no = ReasonCode::has_dependents;
      }
    }
    Ruling const ruling = ask(manager, CommandKind::put_subscription, command);
    same(no, ruling);
    if (no || testing::Test::HasFatalFailure()) return;
    int32_t const index = exists ? there->second.index : 0;
    naive.subscriptions[command.id] = {
        manager, command.next, command.for_intents, command.for_constraints, false, command.hull, index};
  }

  void delete_subscription() {
    std::string const manager = one_of_managers();
    EntityId const name = id(3);
    auto const there = naive.subscriptions.find(name);
    bool const exists = there != naive.subscriptions.end();
    DeleteSubscription const command{name,
                                     model::seen(name, exists && pick(8) ? there->second.version : minted())};
    std::optional<ReasonCode> no;
    if (!exists)
      no = ReasonCode::unknown_subscription;
    else if (there->second.manager != manager)
      no = ReasonCode::not_owner;
    else if (command.at != model::seen(name, there->second.version))
      no = ReasonCode::stale_ovn;
    else if (!naive.dependents(name).empty())
      no = ReasonCode::has_dependents;
    same(no, ask(manager, CommandKind::delete_subscription, command));
    if (!no) naive.subscriptions.erase(there);
  }

  void set_availability() {
    std::string const uss = one_of_managers();
    auto const now = machine.state.airspace.availability.find(uss);
    SetAvailability command{uss, static_cast<model::Availability>(pick(3)), {}, minted()};
    if (now != machine.state.airspace.availability.end()) command.at = model::seen({}, now->second.version);
    same(std::nullopt, ask("cedar", CommandKind::set_availability, command));
    naive.availability[uss] = command.availability;
  }

  SeededEntropy random_;
  uint64_t steps_ = 0;
};

void same_tables(Play const& play) {
  state::Airspace const& airspace = play.machine.state.airspace;
  ASSERT_EQ(airspace.intents.size(), play.naive.intents.size());
  ASSERT_EQ(airspace.constraints.size(), play.naive.constraints.size());
  ASSERT_EQ(airspace.subscriptions.size(), play.naive.subscriptions.size());
  for (auto const& [id, intent] : play.naive.intents) {
    state::Intent const& kept = airspace.intents[airspace.intents.find({}, id)];
    ASSERT_EQ(kept.hull, intent.hull);
    ASSERT_EQ(kept.version, intent.version);
  }
  for (auto const& [id, subscription] : play.naive.subscriptions) {
    state::Subscription const& kept = airspace.subscriptions[airspace.subscriptions.find({}, id)];
    ASSERT_EQ(kept.notification_index, subscription.index);
    ASSERT_EQ(kept.implicit, subscription.implicit);
    ASSERT_EQ(kept.dependents.size(), play.naive.dependents(id).size());
  }
}

// What is not in the encoding is made of it, and is the same.
void write_and_read(state::State& state) {
  Bytes const before = codec::encode(state);
  auto again = codec::decode<state::State>(before);
  ASSERT_TRUE(again.has_value());
  state::complete(*again);
  again->epoch = state.epoch;
  state = std::move(*again);
  ASSERT_EQ(codec::encode(state), before);
}

TEST(Airspace, IsAsANaiveModelHasIt) {
  size_t accepted = 0, refused = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Play play(seed);
    for (int step = 0; step < 800; ++step) {
      SCOPED_TRACE("step " + std::to_string(step));
      play.step();
      if (testing::Test::HasFatalFailure()) return;
      if (step % 200 == 100) write_and_read(play.machine.state);
    }
    same_tables(play);
    if (testing::Test::HasFatalFailure()) return;
    accepted += play.accepted, refused += play.refused;
  }
  EXPECT_GT(accepted, 2'000u);  // else little was compared
  EXPECT_GT(refused, 2'000u);
}

TEST(Airspace, WhatEndedLongAgoIsForgottenByPulses) {
  Play play(5);
  for (int step = 0; step < 600; ++step) play.step();
  auto& machine = play.machine;
  size_t const there = machine.state.airspace.intents.size() + machine.state.airspace.constraints.size();
  ASSERT_GT(there, 4u);
  machine.now = machine.now + limits::ended_kept - hours(2);
  machine.must(machine.make(Machine::Author::system, "", CommandKind::pulse, Pulse{}));
  EXPECT_GT(machine.state.airspace.intents.size(), 0u);  // not early
  machine.now = machine.now + hours(8);
  machine.must(machine.make(Machine::Author::system, "", CommandKind::pulse, Pulse{}));
  EXPECT_EQ(machine.state.airspace.intents.size(), 0u);
  EXPECT_EQ(machine.state.airspace.constraints.size(), 0u);
  EXPECT_EQ(machine.state.airspace.subscriptions.size(), 0u);
  EXPECT_EQ(machine.state.airspace.next_to_forget(), never);
  write_and_read(machine.state);
}

}  // namespace
}  // namespace comity::commands
