// By id, what is looked up is what a walk through the feed finds (release/catalogue.h): in every case the same page.
#include "release/catalogue.h"

#include <random>

#include "release/ids.h"
#include "release/told_items.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

struct CatalogueTest : World, testing::Test {
  OfficeKey ru = office("ru/gs"), mfa = office("ru/mfa"), iq = office("iq/defence"), il = office("il/aman");
  Catalogue catalogue{keys};

  Eyes with_catalogue(OfficeKey viewer) { return {state, {viewer}, keys, &catalogue}; }

  // A clause that had not begun begins, and what it releases is released.
  void begin(AgreementKey key, size_t clause) {
    tick();
    state.law.agreement(key).clauses[clause].applies_since = state.last_time;
    state::Changed under;
    for (state::Contributed const& one : state::contributions_under(state.holdings, key))
      under.push_back({one, limits::backlog_hops});
    for (model::Release const& one :
         state::releases_due(state.law, state.holdings, state.last_time, under).releases)
      state.holdings.release(one, state.next_index, state.last_time);
  }

  void end(AgreementKey key, size_t clause) {
    tick();
    state.law.agreement(key).clauses[clause].applies_until = state.last_time;
    ++state.epoch;
  }
};

std::string text_of(Page const& page) {
  std::string text;
  for (Shown const& one : page.shown)
    text += std::to_string(one.place()) + " " + to_text(one.date_added()) + " " + one.id() + " " +
            one.version() + " " + std::to_string(one.clause()) + " " + one.derived_from() + "\n";
  return text + (page.more ? "more" : "end");
}

TEST_F(CatalogueTest, AnEditionIsFoundByItsIdBeforeItWasEverFetched) {
  AgreementKey const a =
      agreement("ru.a", {ru, iq}, {grant_of("some", {"pattern", "pattern_type", "valid_from"})});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  std::string const id = received(iq).front().id();
  FeedQuery query;
  query.match.ids = {id};
  EXPECT_EQ(page(with_catalogue(iq), query).shown.size(), 1u);
  EXPECT_EQ(known_under(with_catalogue(iq), id).size(), 1u);
  EXPECT_TRUE(known_under(with_catalogue(il), id).empty());
  query.match.ids = {"indicator--" + uuid_of(1)};
  EXPECT_TRUE(page(with_catalogue(iq), query).shown.empty()) << "the id as posted is not the viewer's";
}

TEST_F(CatalogueTest, WhatIsHiddenIsNotLookedAt) {  // G4
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")}),
                     hidden = agreement("ru.b", {ru, il}, {grant("all")});
  for (int i = 0; i < 50; ++i)
    contribute(ru, hidden, indicator(7, "", "2025-07-01T00:00:00." + std::to_string(100 + i) + "Z"));
  contribute(ru, a, indicator(1));
  EXPECT_TRUE(catalogue.meant_by(state, iq, "indicator--" + uuid_of(7)).empty());
  EXPECT_TRUE(catalogue.meant_by(state, iq, "indicator--" + uuid_of(8)).empty());
  EXPECT_EQ(catalogue.meant_by(state, il, "indicator--" + uuid_of(7)).size(), 50u);
}

TEST_F(CatalogueTest, ItIsTakenInByPiecesAndForgottenAsAWhole) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  for (int i = 0; i < 10; ++i) contribute(ru, a, indicator(i));
  using Progress = Catalogue::Progress;
  EXPECT_EQ(catalogue.take_in(state, iq, 4), Progress::more_to_do);
  EXPECT_EQ(catalogue.take_in(state, iq, 4), Progress::more_to_do);
  EXPECT_EQ(catalogue.take_in(state, iq, 4), Progress::complete);
  contribute(ru, a, indicator(10));
  EXPECT_EQ(catalogue.meant_by(state, iq, "indicator--" + uuid_of(10)).size(), 1u);
  // After a failed commit other entries may stand at the same places.
  state.holdings = {};
  catalogue.forget();
  contribute(ru, a, indicator(20));
  EXPECT_EQ(catalogue.meant_by(state, iq, "indicator--" + uuid_of(20)).size(), 1u);
  EXPECT_TRUE(catalogue.meant_by(state, iq, "indicator--" + uuid_of(10)).empty());
}

// Random worlds: two originators that use the same ids, the same bytes at times; editions under ids of the viewer's own;
// forms that become finer and coarser again; an author that is not named; deletions; observables.
struct CatalogueProperty : CatalogueTest, testing::WithParamInterface<int> {
  std::mt19937_64 dice{static_cast<uint64_t>(GetParam())};
  AgreementKey a, b, c;
  std::vector<Bytes> posted;

  int roll(int sides) { return static_cast<int>(dice() % static_cast<uint64_t>(sides)); }

  void make_agreements() {
    std::vector<OfficeKey> const all = {ru, mfa, iq, il};
    a = agreement("ru.a", all, {grant("all")});
    model::Clause some = grant_of("some", {"pattern", "pattern_type", "valid_from", "labels"}),
                  later = grant("later");
    some.items.types = std::vector<std::string>{"indicator"};
    b = agreement("il.b", all, {some, later});
    state.law.agreement(b).clauses[1].applies_since = never;
    model::Clause unnamed = grant_of("unnamed", {"pattern", "pattern_type", "valid_from", "confidence"});
    unnamed.attribution = model::Attribution::centre;
    unnamed.items.types = std::vector<std::string>{"indicator"};
    c = agreement("ru.c", all, {unnamed});
  }

  AgreementKey any_agreement() { return std::array{a, b, c}[static_cast<size_t>(roll(3))]; }

  Bytes any_object() {
    if (roll(6) == 0)
      return R"({"type":"ipv4-addr","id":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4","value":"198.51.100.)" +
             std::to_string(roll(3)) + "\"}";
    return indicator(roll(4), R"(,"confidence":)" + std::to_string(roll(2)),
                     to_text(*parse_time("2025-07-01T00:00:00.000000Z") + minutes(roll(6))));
  }

  void contribute_anything() {
    OfficeKey const author = std::array{ru, ru, mfa, il}[static_cast<size_t>(roll(4))];
    AgreementKey const under = any_agreement();
    Bytes const bytes = any_object();
    auto const reading = stix::read_object(bytes, keys.comparison);
    ItemKey const same =
        state.holdings.version(state.law.party_of(author), reading->head.id, reading->head.version);
    if (same.is_none()) {
      contribute(author, under, bytes);
    } else if (!state.holdings.item(same).is_under(under, author)) {
      contribute_again(same, author, under);
    }
  }

  void delete_anything() {
    if (state.holdings.items.empty()) return;
    auto& item =
        state.holdings.items[static_cast<size_t>(roll(static_cast<int>(state.holdings.items.size())))];
    for (state::Contribution& one : item.contributions) one.deleted = one.deleted || roll(2) == 0;
    ++state.epoch;
  }

  void anything_happens() {
    if (roll(3) == 0) state.last_time = state.last_time - seconds(1);  // several records at one time
    switch (roll(30)) {
      case 0: return delete_anything();
      case 1: return state.law.agreement(b).clauses[1].applies_since == never ? begin(b, 1) : end(b, 1);
      default: return contribute_anything();
    }
  }

  // Every id under which anything could be asked for, and one that nobody has.
  std::vector<std::string> ids_of(OfficeKey viewer) {
    std::set<std::string> ids = {"indicator--" + uuid_of(99), "nonsense", ""};
    for (state::Item const& item : state.holdings.items) {
      ids.insert(item.head.id);
      ids.insert(edition_id(keys, state.law, state.law.party_of(viewer), {item.originator, item.head.id}));
    }
    return {ids.begin(), ids.end()};
  }

  Versions any_versions() {
    switch (roll(6)) {
      case 0: return {};
      case 1: return {.first = true, .last = false, .all = false, .exact = {}};
      case 2: return {.first = true, .last = true, .all = false, .exact = {}};
      case 3: return {.first = false, .last = false, .all = true, .exact = {}};
      default: break;
    }
    Versions versions{.first = roll(2) == 0, .last = roll(2) == 0, .all = false, .exact = {}};
    if (!state.holdings.items.empty()) {
      state::Item const& item =
          state.holdings.items[static_cast<size_t>(roll(static_cast<int>(state.holdings.items.size())))];
      versions.exact.push_back(item.version_time);
      for (state::Had const& had : item.had) versions.exact.push_back(had.shown);
    }
    return versions;
  }

  FeedQuery any_query(std::vector<std::string> const& ids) {
    FeedQuery query;
    query.source = roll(4) ? Source::received : Source::contributed;
    if (roll(2)) query.agreement = any_agreement();
    if (roll(4) == 0) query.from = state.law.find_party(roll(2) ? "ru" : "il");
    for (int i = roll(3); i >= 0; --i)
      query.match.ids.push_back(ids[static_cast<size_t>(roll(static_cast<int>(ids.size())))]);
    if (roll(6) == 0) query.match.types = {roll(2) ? "indicator" : "ipv4-addr"};
    if (roll(8) == 0) query.match.spec_versions = {roll(2) ? "2.1" : "2.0"};
    query.match.versions = any_versions();
    query.limit = std::array<size_t, 4>{1, 2, 7, limits::page_objects}[static_cast<size_t>(roll(4))];
    if (roll(3) == 0) query.added_after = state.last_time - seconds(roll(60)) + microseconds(roll(3) - 1);
    if (roll(3) == 0) query.after = static_cast<size_t>(roll(40));
    if (roll(3) == 0) query.order = Order::newest_first;
    return query;
  }
};

TEST_P(CatalogueProperty, WhatIsLookedUpIsWhatAWalkFinds) {
  make_agreements();
  size_t found = 0, cut = 0;
  for (int i = 0; i < 80; ++i) {
    anything_happens();
    OfficeKey const viewer = std::array{iq, iq, ru, mfa, il}[static_cast<size_t>(roll(5))];
    auto const ids = ids_of(viewer);
    for (int n = 0; n < 8; ++n) {
      FeedQuery const query = any_query(ids);
      Page const walked = page(eyes(viewer), query), looked_up = page(with_catalogue(viewer), query);
      ASSERT_EQ(text_of(looked_up), text_of(walked));
      found += walked.shown.size(), cut += walked.more;
    }
  }
  EXPECT_GT(found, 100u);
  EXPECT_GT(cut, 5u);
}

// Going on by token and going on by date, from the first page to the last.
TEST_P(CatalogueProperty, PagingByIdGivesTheSameSequence) {
  make_agreements();
  for (int i = 0; i < 80; ++i) anything_happens();
  for (OfficeKey viewer : {iq, mfa}) {
    FeedQuery query;
    query.match.ids = ids_of(viewer);
    query.match.versions = {.first = false, .last = false, .all = true, .exact = {}};
    query.limit = limits::page_objects;
    std::string const whole = text_of(page(eyes(viewer), query));
    query.limit = 2;
    for (bool by_token : {true, false}) {
      FeedQuery next = query;
      std::string all;
      for (bool more = true; more;) {
        Page const one = page(with_catalogue(viewer), next);
        std::string const text = text_of(one);
        all += text.substr(0, text.rfind('\n') + 1);
        more = one.more;
        if (!more) break;
        if (by_token) next.after = one.shown.back().place();
        if (!by_token) next.added_after = one.shown.back().date_added();
      }
      EXPECT_EQ(all + "end", whole);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Worlds, CatalogueProperty, testing::Range(1, 41));

}  // namespace
}  // namespace comity::release
