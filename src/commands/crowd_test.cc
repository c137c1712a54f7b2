// Crowds (state/crowd.h) change the work of the third-party rule and none of its answers: random worlds in which few texts
// are posted under ever new ids, ruled with crowds of everything, with none, and after a snapshot.
#include "state/crowd.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "machine_world.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using tests::Object;

// What il gives through il.closed may be passed on with its consent only, through il.free by anybody; iq.masked comes as
// editions. All share ru.joint, in which copies meet.
class Alike {
 public:
  explicit Alike(uint64_t seed) : random_(seed) {
    for (char const* slug : {"il", "ru", "iq"}) machine.party(slug, {"staff", "police"});
    machine.in_force("il.closed", {"il/staff", "ru/staff", "ru/police"}, {tests::grant_to_others()});
    model::Clause free = tests::grant_to_others("free");
    free.onward = model::Onward::free;
    machine.in_force("il.free", {"il/staff", "iq/staff", "ru/staff"}, {free});
    model::Clause few = tests::grant_to_others("few");
    few.fields_given = {.all = false, .only = {"name"}};
    machine.in_force("iq.masked", {"iq/staff", "iq/police", "ru/police"}, {few});
    machine.in_force("ru.joint", {"ru/staff", "ru/police", "iq/staff", "il/police"},
                     {tests::grant_to_others()});
  }

  model::Command next() {
    switch (pick(10)) {
      case 0: return consent();
      case 1: return note();
      case 2: return deletion();
      default: return contribution();
    }
  }

  Machine machine;

 private:
  uint64_t pick(uint64_t below) { return random_.next() % below; }
  std::string one_of(std::vector<std::string> const& all) { return all[pick(all.size())]; }
  std::string id() { return "indicator--" + std::to_string(pick(60)); }
  std::string version() { return "2025-06-0" + std::to_string(1 + pick(2)) + "T10:00:00.000Z"; }

  model::Command contribution() {
    static std::vector<std::pair<std::string, std::string>> const places = {
        {"il/staff", "il.closed"}, {"il/staff", "il.free"},   {"iq/staff", "iq.masked"},
        {"ru/staff", "ru.joint"},  {"ru/staff", "il.free"},   {"ru/police", "ru.joint"},
        {"iq/staff", "ru.joint"},  {"il/police", "ru.joint"}, {"iq/staff", "il.free"},
        {"ru/police", "iq.masked"}};
    auto const& [office, agreement] = places[pick(places.size())];
    Object object{.id = id(), .version = version(), .words = "text " + std::to_string(pick(3))};
    if (pick(8) == 0) object.references = {tests::reference(id())};
    return machine.contribution(office, agreement, object);
  }
  model::Command consent() {
    return machine.signed_by("il/staff", CommandKind::consent_onward,
                             ConsentOnward{id(), version(), "ru", tests::digest_of("ru.joint")});
  }
  model::Command deletion() {
    std::string const office = one_of({"il/staff", "ru/staff", "iq/staff"});
    return machine.by(office, CommandKind::delete_item, DeleteItem{id(), "", ""});
  }
  // An edition of something, as it would have been served.
  model::Command note() {
    state::State const& state = machine.state;
    NoteServed note;
    if (!state.holdings.items.empty()) {
      state::ServedEdition edition;
      edition.party = PartyKey(1 + pick(3));
      edition.item = ItemKey(pick(state.holdings.items.size()));
      edition.agreement = AgreementKey(pick(state.law.agreements.size()));
      edition.id = id();
      edition.compare = state.holdings.item(edition.item).head.compare;
      note.editions.push_back(std::move(edition));
    }
    return machine.make(Machine::Author::system, "", CommandKind::note_served, note);
  }

  SeededEntropy random_;
};

Bytes ruled(state::State const& state, model::Command const& command, UtcTime now) {
  Verdict const verdict = decide(state, command, {state.next_index, now, 1, state.next_payload});
  return codec::encode(verdict.ruling) + static_cast<char>(verdict.kind);
}

state::State with_crowds_above(state::State copy, size_t items) {
  copy.holdings.crowd_items = items;
  copy.holdings.rebuild_indexes();
  return copy;
}

TEST(Crowds, ChangeNoAnswer) {
  size_t stopped = 0, passed = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    Alike world(seed);
    world.machine.state.holdings.crowd_items = 2;
    for (int step = 0; step < 250; ++step) {
      world.machine.now = world.machine.now + minutes(90);  // the hints of a day are few
      model::Command const command = world.next();
      Bytes const grown = ruled(world.machine.state, command, world.machine.now);
      if (step % 5 == 0) {
        auto const& state = world.machine.state;
        ASSERT_EQ(ruled(with_crowds_above(state, SIZE_MAX), command, world.machine.now), grown)
            << seed << " " << step;
        ASSERT_EQ(ruled(with_crowds_above(state, 0), command, world.machine.now), grown)
            << seed << " " << step;
        ASSERT_EQ(ruled(with_crowds_above(state, 2), command, world.machine.now), grown)
            << seed << " " << step;
      }
      model::Ruling const ruling = world.machine.ask(command, command.kind == CommandKind::contribute);
      if (command.kind != CommandKind::contribute) continue;
      bool const third = !ruling.accepted() && ruling.reasons[0].code == ReasonCode::third_party_rule;
      stopped += third, passed += ruling.accepted();
    }
  }
  EXPECT_GT(stopped, 100U) << "the worlds are about something";
  EXPECT_GT(passed, 300U);
}

}  // namespace
}  // namespace comity::commands
