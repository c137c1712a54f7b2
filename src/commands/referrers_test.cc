// What refers to something that becomes visible is looked at again (state/due.h): whenever it could be told in a finer form,
// and never more of it for one record than is allowed.
#include <gtest/gtest.h>

#include <set>

#include "base/limits.h"
#include "machine_world.h"

namespace comity::commands {
namespace {

using tests::Machine;
using tests::Object;

state::Changed everything(state::State const& state) {
  state::Changed all;
  for (size_t i = 0; i < state.law.agreements.size(); ++i)
    for (state::Contributed const& one : state::contributions_under(state.holdings, AgreementKey(i)))
      all.push_back({one});
  return all;
}

model::Clause only_some(std::string const& id) {
  model::Clause clause = tests::grant_to_others(id);
  clause.fields_given = {.all = false, .only = {"name", "object_refs"}};
  clause.onward = model::Onward::free;
  return clause;
}
model::Clause all_of_it(std::string const& id) {
  model::Clause clause = tests::grant_to_others(id);
  clause.onward = model::Onward::free;
  return clause;
}

std::string told(state::State const& state, model::Command const& command) {
  std::string line = "\n" + state.law.office(command.office).name + " " + model::name_of(command.kind);
  auto const sent = codec::decode<Contribute>(command.body);
  if (!sent || command.kind != model::CommandKind::contribute) return line;
  line += " " + sent->agreement + " " + sent->head.id + " " + sent->head.version;
  auto const facts = codec::decode<model::Facts>(command.sealed);
  if (facts)
    for (model::Reference const& one : facts->references) line += " -> " + one.id;
  return line;
}

// Few ids, in several versions, of several originators, that refer to each other, whole and in editions.
class Tangle {
 public:
  explicit Tangle(uint64_t seed) : random_(seed) {
    for (char const* slug : {"il", "ru", "iq"}) machine.party(slug, {"staff", "police"});
    machine.in_force("il.pact", {"il/staff", "ru/staff", "ru/police"}, {all_of_it("all")});
    machine.in_force("iq.masked", {"iq/staff", "iq/police", "ru/police", "il/police"}, {only_some("few")});
    machine.in_force("ru.joint", {"ru/staff", "ru/police", "iq/staff", "il/police"}, {all_of_it("all")});
  }

  model::Command next() { return pick(8) == 0 ? deletion() : contribution(); }

  Machine machine;

 private:
  uint64_t pick(uint64_t below) { return random_.next() % below; }
  std::string id() { return "report--" + std::to_string(pick(6)); }
  std::string marking() { return "marking-definition--" + std::to_string(pick(2)); }
  std::string version() { return "2025-06-0" + std::to_string(1 + pick(4)) + "T10:00:00.000Z"; }

  model::Command contribution() {
    static std::vector<std::pair<std::string, std::string>> const places = {
        {"il/staff", "il.pact"},   {"ru/staff", "il.pact"},    {"ru/police", "il.pact"},
        {"iq/staff", "iq.masked"}, {"iq/police", "iq.masked"}, {"il/police", "iq.masked"},
        {"ru/staff", "ru.joint"},  {"ru/police", "ru.joint"},  {"iq/staff", "ru.joint"}};
    if (pick(3) == 0 && !sent_.empty()) {  // the same once more, wherever it is
      auto const& [place, object] = sent_[pick(sent_.size())];
      return machine.contribution(place.first, place.second, object);
    }
    auto const& place = places[pick(places.size())];
    Object object{.id = id(), .version = version()};
    if (pick(6) == 0) object.id = marking();
    if (pick(4) == 0 && !object.id.starts_with("marking")) object.markings = {marking()};
    std::set<std::string> others;
    for (uint64_t more = pick(3); more > 0; --more) others.insert(id());
    for (std::string const& other : others)
      if (other != object.id) object.references.push_back(tests::reference(other));
    sent_.emplace_back(place, object);
    return machine.contribution(place.first, place.second, object);
  }
  model::Command deletion() {
    static std::vector<std::string> const offices = {"il/staff", "ru/staff", "ru/police", "iq/staff"};
    std::string const what = pick(4) == 0 ? marking() : id();
    return machine.by(offices[pick(offices.size())], model::CommandKind::delete_item,
                      DeleteItem{what, "", ""});
  }

  SeededEntropy random_;
  std::vector<std::pair<std::pair<std::string, std::string>, Object>> sent_;
};

TEST(Referrers, NothingIsLeftToTell) {
  size_t references = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Tangle world(seed);
    state::State const& state = world.machine.state;
    std::string play;
    for (int step = 0; step < 60; ++step) {
      world.machine.now = world.machine.now + minutes(90);
      model::Command const command = world.next();
      bool const payload = command.kind == model::CommandKind::contribute;
      play += told(state, command);
      if (!world.machine.ask(command, payload).accepted()) continue;
      auto const left = state::releases_due(state.law, state.holdings, state.last_time, everything(state));
      ASSERT_TRUE(left.releases.empty())
          << "seed " << seed << " step " << step << ": "
          << state.holdings.item(left.releases[0].items[0].item).head.id << " to "
          << state.law.office(left.releases[0].offices[0]).name << play;
    }
    for (model::EditionForm const& form : state.holdings.forms)
      references += form.dropped.size() + form.renamed.size();
  }
  EXPECT_GT(references, 100U) << "the worlds are about something";
}

// Of what refers to a thing that a hundred offices come to know at once, one record looks at so much, and pulses at the rest.
TEST(Referrers, AreLookedAtInPortions) {
  Machine machine;
  std::vector<std::string> slugs, offices = {"ru/staff"};
  for (int i = 0; i < 99; ++i)
    slugs.push_back("o" + std::to_string(i)), offices.push_back("iq/" + slugs.back());
  machine.party("ru", {"staff"});
  machine.party("iq", slugs);
  machine.in_force("ru.own", {"ru/staff", "iq/o0"}, {});
  machine.in_force("ru.joint", offices, {all_of_it("all")});
  machine.must(machine.contribution("ru/staff", "ru.own", {.id = "report--0"}));
  constexpr int many = 450;
  for (int i = 1; i <= many; ++i)
    machine.must(machine.contribution(
        "ru/staff", "ru.joint",
        {.id = "report--" + std::to_string(i), .references = {tests::reference("report--0")}}));
  auto const shown_whole = [&] {
    size_t whole = 0;
    for (state::Item const& item : machine.state.holdings.items)
      for (state::Had const& had : item.had) whole += machine.state.holdings.forms[had.form].is_whole();
    return whole;
  };
  EXPECT_EQ(shown_whole(), 0U) << "what it refers to, nobody knows";
  auto const ruling = machine.ask(machine.contribution("ru/staff", "ru.joint", {.id = "report--0"}));
  ASSERT_EQ(ruling.unfinished.size(), 1U);
  EXPECT_TRUE(ruling.releases.at(0).items.size() < many);
  EXPECT_EQ(shown_whole(), 99U * (many + 1)) << "all the same, by pulses";
  EXPECT_TRUE(machine.state.holdings.backlog.empty());
  EXPECT_TRUE(machine
                  .ask(machine.contribution("ru/staff", "ru.joint",
                                            {.id = "report--0", .version = "2025-06-02T10:00:00.000Z"}))
                  .unfinished.empty())
      << "a later version changes no reference";
}

// Named cases.
struct Returning : testing::Test {
  Returning() {
    for (char const* slug : {"il", "ru", "iq"}) machine.party(slug, {"staff"});
    machine.in_force("il.pact", {"il/staff", "ru/staff"}, {all_of_it("all")});
    machine.in_force("il.silent", {"il/staff", "ru/staff"}, {});
  }
  void give(std::string const& office, std::string const& agreement, Object const& object) {
    machine.must(machine.contribution(office, agreement, object));
  }
  void take_back(std::string const& id) {
    machine.must(machine.by("il/staff", model::CommandKind::delete_item, DeleteItem{id, "", ""}), false);
  }
  Machine machine;
};

TEST_F(Returning, WhatComesBackBringsWhatWaitedForIt) {
  Object const target{.id = "report--1"};
  give("il/staff", "il.pact", target);
  take_back(target.id);
  give("il/staff", "il.pact",
       {.id = "report--2", .references = {tests::reference(target.id, model::ReferenceKind::in_must_list)}});
  EXPECT_FALSE(machine.has("ru/staff", "report--2"));
  give("il/staff", "il.pact", target);
  EXPECT_TRUE(machine.has("ru/staff", "report--2"));
}

TEST_F(Returning, AMarkingThatItsAuthorHasBackLetsWhatItMarks) {
  for (char const* version : {"2025-06-01T10:00:00.000Z", "2025-06-02T10:00:00.000Z"}) {
    std::string const id = "marking-definition--" + std::string(1, version[9]);
    give("il/staff", "il.silent", {.id = id});
    take_back(id);
    std::string const marked = "report--" + std::string(1, version[9]);
    give("il/staff", "il.pact", {.id = marked, .markings = {id}});
    EXPECT_FALSE(machine.has("ru/staff", marked)) << version;
    give("il/staff", "il.silent", {.id = id, .version = version});
    EXPECT_TRUE(machine.has("ru/staff", marked)) << version;
  }
}

TEST_F(Returning, AMarkingThatOnlyNowComesToAnAuthorLetsWhatItMarks) {
  std::string const marking = "marking-definition--1";
  machine.in_force("iq.pact", {"iq/staff", "ru/staff"}, {all_of_it("all")});
  give("iq/staff", "iq.pact", {.id = "report--1", .markings = {marking}});
  EXPECT_FALSE(machine.has("ru/staff", "report--1")) << "nobody knows what it means";
  machine.in_force("il.other", {"il/staff", "iq/staff"}, {all_of_it("all")});
  give("il/staff", "il.other", {.id = marking});
  EXPECT_TRUE(machine.has("ru/staff", "report--1"));
}

TEST_F(Returning, WhatADelayBringsBackBringsWhatWaitedForIt) {
  model::Clause slow = all_of_it("slow");
  slow.delay = hours(1);
  machine.in_force("il.slow", {"il/staff", "ru/staff"}, {slow});
  auto const pass = [&] {
    machine.now = machine.now + hours(2);
    give("il/staff", "il.silent", {.id = "report--at-" + std::to_string(machine.state.next_index)});
  };
  Object const target{.id = "report--1"};
  give("il/staff", "il.slow", target);
  pass();
  ASSERT_TRUE(machine.has("ru/staff", target.id));
  take_back(target.id);
  give("il/staff", "il.pact",
       {.id = "report--2", .references = {tests::reference(target.id, model::ReferenceKind::in_must_list)}});
  give("il/staff", "il.slow", target);
  EXPECT_FALSE(machine.has("ru/staff", "report--2"));
  pass();
  EXPECT_TRUE(machine.has("ru/staff", "report--2"));
}

// So many that some are looked at by pulses, which cannot see what was away before.
TEST(Referrers, WhatPulsesBringBackBringsWhatWaitedForIt) {
  Machine machine;
  std::vector<std::string> slugs, offices = {"il/staff"};
  for (int i = 0; i < 99; ++i)
    slugs.push_back("o" + std::to_string(i)), offices.push_back("iq/" + slugs.back());
  machine.party("il", {"staff"});
  machine.party("iq", slugs);
  machine.in_force("il.pact", offices, {all_of_it("all")});
  auto const give = [&](Object const& object) {
    machine.must(machine.contribution("il/staff", "il.pact", object));
  };
  Object const marking{.id = "marking-definition--1"};
  give(marking);
  constexpr int many = 200;
  auto const report = [](int number) { return "report--" + std::to_string(1000 + number); };
  for (int i = 0; i < many; ++i) give({.id = report(i), .markings = {marking.id}});
  ASSERT_TRUE(machine.has("iq/o0", report(many - 1)));
  machine.must(machine.by("il/staff", model::CommandKind::delete_item, DeleteItem{marking.id, "", ""}),
               false);
  give({.id = "report--2",
        .references = {tests::reference(report(many - 1), model::ReferenceKind::in_must_list)}});
  give(
      {.id = "report--3", .references = {tests::reference("report--2", model::ReferenceKind::in_must_list)}});
  EXPECT_FALSE(machine.has("iq/o0", "report--2")) << "what it needs is marked by nobody knows what";
  give(marking);
  EXPECT_TRUE(machine.has("iq/o0", "report--2"));
  EXPECT_TRUE(machine.has("iq/o0", "report--3"));
}

// What was an edition at the first look of a record and is whole at a later one: what refers to it is looked at once more.
TEST_F(Returning, WhatBecomesWholeOnTheWayIsReferredToAsWhole) {
  model::Clause slow = all_of_it("slow");
  slow.delay = hours(1);
  machine.in_force("il.slow", {"il/staff", "ru/staff"}, {slow});
  give("il/staff", "il.slow", {.id = "report--4", .references = {tests::reference("malware--1")}});
  give("il/staff", "il.slow", {.id = "note--1", .references = {tests::reference("report--3")}});
  give("il/staff", "il.slow", {.id = "indicator--1"});
  give("il/staff", "il.slow",
       {.id = "report--3", .references = {tests::reference("indicator--1"), tests::reference("malware--1")}});
  give("il/staff", "il.slow", {.id = "malware--1"});
  machine.now = machine.now + hours(2);
  give("il/staff", "il.silent", {.id = "report--9"});
  OfficeKey const reader = machine.state.law.find_office("ru/staff");
  for (state::Item const& item : machine.state.holdings.items)
    for (state::Had const& had : item.had)
      if (had.office == reader && item.head.id != "report--9")
        EXPECT_TRUE(machine.state.holdings.forms[had.form].is_whole()) << item.head.id;
}

TEST_F(Returning, ANewOfficeOfAPartyThatTakesPartAsAWholeHasWhatIsThere) {
  machine.tabled({"il/staff"}, Machine::text("il.wholes", {"il", "iq"}, {all_of_it("all")}));
  machine.must(machine.signed_by("iq/staff", model::CommandKind::sponsor, Sponsor{Machine::on("il.wholes")}));
  for (char const* office : {"il/staff", "iq/staff"})
    machine.must(machine.signed_by(office, model::CommandKind::sign, Sign{Machine::on("il.wholes")}));
  machine.in_force("il.some", {"il/staff", "iq/staff"}, {all_of_it("all")});
  give("il/staff", "il.wholes", {.id = "report--1"});
  give("il/staff", "il.some", {.id = "report--2"});
  machine.must(machine.signed_by("iq/staff", model::CommandKind::register_office,
                                 RegisterOffice{"embassy", model::Listing::listed}));
  EXPECT_TRUE(machine.has("iq/embassy", "report--1"));
  EXPECT_FALSE(machine.has("iq/embassy", "report--2"));
}

// R1: the order in which things are released shows no reference that their forms do not show.
TEST_F(Returning, TheOrderOfAReleaseShowsNoReferenceThatIsMasked) {
  model::Clause masked = all_of_it("masked");
  masked.fields_given = {.all = false, .only = {"name"}};
  masked.delay = hours(1);
  machine.in_force("il.masked", {"il/staff", "ru/staff"}, {masked});
  give("il/staff", "il.masked", {.id = "tool--1", .references = {tests::reference("tool--2")}});
  give("il/staff", "il.masked", {.id = "tool--2"});
  machine.now = machine.now + hours(2);
  give("il/staff", "il.silent", {.id = "report--9"});
  auto const& entries =
      machine.state.holdings.feed({AgreementKey{}, machine.state.law.find_office("ru/staff")}).entries;
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(machine.state.holdings.item(entries[0].item).head.id, "tool--1") << "as they were contributed";
}

TEST(Backlog, AgreementsTakeTurns) {
  state::Backlog backlog;
  AgreementKey const a(size_t{0}), b(size_t{1}), c(size_t{2});
  for (size_t item : {1, 2, 3}) state::leave(backlog, {a, ItemKey(item), 0, 0});
  state::leave(backlog, {b, ItemKey(size_t{5}), 7, 1});
  state::leave(backlog, {b, ItemKey(size_t{5}), 4, 0});
  state::leave(backlog, {c, ItemKey(size_t{1}), 0, 0});
  state::leave(backlog, {c, ItemKey{}, 0, 0});
  EXPECT_EQ(state::next_in(backlog, AgreementKey{})->first.first, a);
  EXPECT_EQ(state::next_in(backlog, a)->first.first, b);
  EXPECT_EQ(state::next_in(backlog, a)->second.from, 4U);
  EXPECT_EQ(state::next_in(backlog, a)->second.hops, 1U);
  EXPECT_TRUE(state::next_in(backlog, b)->first.second.is_none()) << "what law changed comes first";
  EXPECT_EQ(state::next_in(backlog, c)->first.first, a);
}

}  // namespace
}  // namespace comity::commands
