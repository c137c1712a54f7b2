#include "release/feed.h"

#include <array>
#include <random>
#include <set>

#include "release/cursor.h"
#include "release/ids.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

using Sequence = std::vector<std::string>;

std::string line(Shown const& shown) {
  return to_text(shown.date_added()) + " " + shown.id() + " " + shown.version();
}

struct FeedTest : World, testing::Test {
  OfficeKey ru = office("ru/gs"), iq = office("iq/defence"), il = office("il/aman");

  static FeedQuery everything(AgreementKey agreement = {}) {
    FeedQuery query;
    query.agreement = agreement;
    query.limit = limits::page_objects;
    query.match.versions = {false, false, true, {}};
    return query;
  }

  Sequence lines(OfficeKey viewer, FeedQuery const& query) const {
    Sequence all;
    for (Shown const& shown : page(eyes(viewer), query).shown) all.push_back(line(shown));
    return all;
  }

  // Going on by token, and going on by the last date.
  Sequence by_token(OfficeKey viewer, FeedQuery query, size_t limit) const {
    Sequence all;
    query.limit = limit;
    for (bool more = true; more;) {
      Page const one = page(eyes(viewer), query);
      for (Shown const& shown : one.shown) all.push_back(line(shown));
      more = one.more;
      if (!more) break;
      Token const token = token_after(eyes(viewer), query, one.shown.back().place());
      query.after = place_in(eyes(viewer), query, token.text()).value();
    }
    return all;
  }

  Sequence by_date(OfficeKey viewer, FeedQuery query, size_t limit) const {
    Sequence all;
    query.limit = limit;
    for (bool more = true; more;) {
      Page const one = page(eyes(viewer), query);
      for (Shown const& shown : one.shown) all.push_back(line(shown));
      more = one.more;
      if (more) query.added_after = one.shown.back().date_added();
    }
    return all;
  }
};

TEST_F(FeedTest, DatesAreUniqueAndTellNothingOfWhatWasWithheld) {  // A9, R31
  model::Clause some = grant("some");
  some.items.labels_any = std::vector<std::string>{"shared"};
  AgreementKey const a = agreement("ru.a", {ru, iq}, {some});
  auto const dates_with = [&](int hidden) {
    World world = *this;
    world.contribute(ru, a, indicator(1, R"(,"labels":["shared"])"));
    for (int i = 0; i < hidden; ++i) {
      world.contribute(ru, a, indicator(10 + i, R"(,"labels":["secret"])"));
      world.state.last_time = world.state.last_time - seconds(1);  // of one record time
    }
    world.contribute(ru, a, indicator(2, R"(,"labels":["shared"])"));
    Sequence all;
    for (Shown const& shown : world.received(iq)) all.push_back(line(shown));
    return all;
  };
  EXPECT_EQ(dates_with(0), dates_with(3));
}

TEST_F(FeedTest, OneEntryForEqualBytesOfTwoOriginators) {  // G2
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")}),
                     b = agreement("il.b", {il, iq}, {grant("all")});
  contribute(ru, a, indicator(1));
  contribute(il, b, indicator(1));
  EXPECT_EQ(received(iq).size(), 1u);
  suspend(a);
  ASSERT_EQ(received(iq).size(), 1u) << "it stays while either grant does";
  EXPECT_EQ(received(iq).front().agreement(), b);
  suspend(b);
  EXPECT_TRUE(received(iq).empty());
}

TEST_F(FeedTest, TheFinestFormOfAnItemIsServedUnderWhicheverAgreement) {
  AgreementKey const whole = agreement("ru.whole", {ru, iq}, {grant("all")});
  AgreementKey const some =
      agreement("ru.some", {ru, iq}, {grant_of("some", {"pattern", "pattern_type", "valid_from"})});
  ItemKey const item = contribute(ru, whole, indicator(1, R"(,"confidence":5)"));
  contribute_again(item, ru, some);
  ASSERT_EQ(received(iq).size(), 1u);
  EXPECT_TRUE(received(iq).front().is_whole());
  EXPECT_FALSE(received(iq, some).front().is_whole()) << "each agreement's feed by its own grants";
  suspend(whole);
  EXPECT_FALSE(received(iq).front().is_whole());
}

TEST_F(FeedTest, VersionsAreChosenAmongWhatTheFeedServes) {  // R35, R36, R38
  model::Clause some = grant("some");
  some.items.labels_any = std::vector<std::string>{"shared"};
  AgreementKey const a = agreement("ru.a", {ru, iq}, {some});
  for (std::string const month : {"07", "08", "09"})
    contribute(ru, a, indicator(1, R"(,"labels":["shared"])", "2025-" + month + "-01T00:00:00Z"));
  contribute(ru, a, indicator(1, R"(,"labels":["secret"])", "2025-10-01T00:00:00Z"));
  auto const versions = [&](Versions wish, std::optional<UtcTime> after = {}) {
    FeedQuery query;
    query.match.versions = std::move(wish);
    query.added_after = after;
    std::string months;
    for (Shown const& shown : page(eyes(iq), query).shown) months += shown.version().substr(5, 2) + " ";
    return months;
  };
  EXPECT_EQ(versions({}), "09 ") << "the last that is served, not the last there is";
  EXPECT_EQ(versions({true, false, false, {}}), "07 ");
  EXPECT_EQ(versions({true, true, false, {}}), "07 09 ");
  EXPECT_EQ(versions({false, false, true, {}}), "07 08 09 ");
  EXPECT_EQ(versions({false, false, false, {*parse_stix_time("2025-08-01T00:00:00.000Z")}}), "08 ");
  UtcTime const after_first = page(eyes(iq), everything()).shown[0].date_added();
  EXPECT_EQ(versions({true, false, false, {}}, after_first), "08 ") << "the date comes first (R38)";
}

TEST_F(FeedTest, FiltersAreByWhatTheViewerIsShown) {
  AgreementKey const a =
      agreement("ru.a", {ru, iq}, {grant_of("some", {"pattern", "pattern_type", "valid_from"})});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  FeedQuery query;
  query.match.ids = {"indicator--" + uuid_of(1)};
  EXPECT_TRUE(page(eyes(iq), query).shown.empty()) << "the id as posted is not the viewer's";
  query.match.ids = {received(iq).front().id()};
  EXPECT_EQ(page(eyes(iq), query).shown.size(), 1u);
  query.match.types = {"malware"};
  EXPECT_TRUE(page(eyes(iq), query).shown.empty());
  query.match.types = {"indicator"}, query.match.spec_versions = {"2.0"};
  EXPECT_TRUE(page(eyes(iq), query).shown.empty());
}

TEST_F(FeedTest, AnUnnamedAuthorHasNoFeedOfItsOwn) {  // A8
  model::Clause named = grant("named"), unnamed = grant_of("unnamed", {"name", "country"});
  named.items.types = std::vector<std::string>{"indicator"};
  unnamed.attribution = model::Attribution::centre;
  AgreementKey const a = agreement("ru.a", {ru, iq, il}, {named, unnamed});
  contribute(ru, a, indicator(1));
  contribute(
      il, a,
      R"({"type":"location","spec_version":"2.1","id":"location--)" + uuid_of(2) +
          R"(","created":"2025-01-01T00:00:00Z","modified":"2025-01-01T00:00:00Z","name":"x","country":"SY"})");
  FeedQuery query = everything(a);
  EXPECT_EQ(page(eyes(iq), query).shown.size(), 2u);
  query.from = state.law.find_party("ru");
  EXPECT_EQ(page(eyes(iq), query).shown.size(), 1u);
  query.from = state.law.find_party("il");
  EXPECT_TRUE(page(eyes(iq), query).shown.empty());
}

TEST_F(FeedTest, WhatAnOfficeContributedIsItsOwnFeed) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {});
  for (int i = 0; i < 5; ++i) contribute(ru, a, indicator(i)), state.last_time = state.last_time - seconds(1);
  contribute(iq, a, indicator(9));
  FeedQuery query = everything(a);
  query.source = Source::contributed;
  auto const own = page(eyes(ru), query).shown;
  ASSERT_EQ(own.size(), 5u);
  for (size_t i = 1; i < own.size(); ++i) EXPECT_LT(own[i - 1].date_added(), own[i].date_added());
  EXPECT_EQ(edition(own[3]), indicator(3)) << "whole, whatever the grants";
  EXPECT_EQ(by_date(ru, query, 2), lines(ru, query));
  Sequence const before = lines(ru, query);
  state.holdings.rebuild_indexes();
  EXPECT_EQ(lines(ru, query), before);
}

// A16: the bytes are the originator's, so what the office has of them now is what it is released.
TEST_F(FeedTest, WhatAnOfficePassedOnIsAmongItsOwnWhileItIsReleasedThat) {
  model::Clause to_il = grant("to-il");
  to_il.to.kind = model::Selector::Kind::list;
  to_il.to.names.push_back({"il/aman", state.law.party_of(il), il});
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")}),
                     b = agreement("iq.b", {iq, il}, {to_il});
  ItemKey const item = contribute(ru, a, indicator(1));
  contribute_again(item, iq, b);
  FeedQuery query = everything(b);
  query.source = Source::contributed;
  auto const own = page(eyes(iq), query).shown;
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(edition(own[0]), indicator(1));
  EXPECT_EQ(own[0].agreement(), b);
  EXPECT_TRUE(own[0].is_own()) << "no clause gave it to iq under this agreement";
  EXPECT_TRUE(page(eyes(ru), query).shown.empty()) << "it is not ru's contribution";
  Sequence const before = lines(iq, query);
  state.holdings.rebuild_indexes();
  EXPECT_EQ(lines(iq, query), before);
  World later = *this;
  later.suspend(a);
  EXPECT_TRUE(page(later.eyes(iq), query).shown.empty());
  EXPECT_EQ(later.received(il).size(), 1u) << "what was passed on is not taken back by that";
}

TEST_F(FeedTest, ObservablesHaveTheirReleaseTimeAsVersion) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  contribute(
      ru, a,
      R"({"type":"ipv4-addr","id":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4","value":"198.51.100.3"})");
  Shown const shown = received(iq).front();
  EXPECT_EQ(shown.version(), to_text(shown.date_added()));
}

TEST_F(FeedTest, ATokenIsForOneOfficeAndOneQuery) {  // R32
  AgreementKey const a = agreement("ru.a", {ru, iq, il}, {grant("all")});
  FeedQuery const query = everything(a);
  std::string const token = token_after(eyes(iq), query, 7).text();
  EXPECT_EQ(place_in(eyes(iq), query, token).value(), 7u);
  EXPECT_EQ(token_after(eyes(iq), query, 7).text(), token);
  FeedQuery other = query;
  other.match.types = {"indicator"};
  FeedQuery back = query, later = query;
  back.order = Order::newest_first, later.added_after = state.last_time;
  std::string changed = token;
  changed[3] = changed[3] == 'A' ? 'B' : 'A';
  std::string first_detail;
  for (auto const& answer : {place_in(eyes(il), query, token), place_in(eyes(iq), other, token),
                             place_in(eyes(iq), back, token), place_in(eyes(iq), later, token),
                             place_in(eyes(iq), query, changed), place_in(eyes(iq), query, "")}) {
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::bad_input);
    if (first_detail.empty()) first_detail = answer.error().detail;
    EXPECT_EQ(answer.error().detail, first_detail) << "one message for all reasons";
  }
  FeedQuery another_limit = query;
  another_limit.limit = 3;
  EXPECT_TRUE(place_in(eyes(iq), another_limit, token).has_value());
}

// 25-isolation G15: at a place of the lost log stands something else now, or nothing yet, and must not be passed over.
TEST_F(FeedTest, ATokenOfBeforeARestoreIsRefused) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  FeedQuery const query = everything(a);
  constexpr FixedText counted("test");
  std::string const place = token_after(eyes(iq), query, 7).text(),
                    count = token_of_count(eyes(iq), counted, 7).text();
  std::string const duty = duty_id(keys, state, iq, 0);
  state.centre.epoch = 1;
  EXPECT_EQ(place_in(eyes(iq), query, place).error().code, ErrorCode::bad_input);
  EXPECT_EQ(count_in(eyes(iq), counted, count).error().code, ErrorCode::bad_input);
  EXPECT_NE(duty_id(keys, state, iq, 0), duty);
  EXPECT_EQ(place_in(eyes(iq), query, token_after(eyes(iq), query, 7).text()).value(), 7u);
}

TEST_F(FeedTest, ThePublicHasNoFeed) { EXPECT_TRUE(page(Eyes(state, {}, keys), everything()).shown.empty()); }

// Random worlds: three offices, two agreements with different grants, versions, observables and copies.
struct FeedProperty : FeedTest, testing::WithParamInterface<int> {
  std::mt19937_64 dice{static_cast<uint64_t>(GetParam())};
  AgreementKey a, b;
  int next_version = 0;

  int roll(int sides) { return static_cast<int>(dice() % static_cast<uint64_t>(sides)); }

  void make_agreements() {
    a = agreement("ru.a", {ru, iq, il}, {grant("all")});
    model::Clause some = grant_of("some", {"pattern", "pattern_type", "valid_from", "labels"});
    some.items.types = std::vector<std::string>{"indicator"};
    b = agreement("il.b", {ru, iq, il}, {some});
  }

  std::string time_text(int number) {
    return to_text(*parse_time("2025-07-01T00:00:00.000000Z") + minutes(number));
  }

  void anything_happens() {
    if (roll(3) == 0) state.last_time = state.last_time - seconds(1);  // several records at one time
    OfficeKey const author = roll(2) ? ru : il;
    AgreementKey const under = roll(2) ? a : b;
    if (roll(4) == 0 && !state.holdings.items.empty()) {
      ItemKey const key(static_cast<size_t>(roll(static_cast<int>(state.holdings.items.size()))));
      state::Item const& item = state.holdings.item(key);
      if (item.was_under(under)) return tick();
      contribute_again(key, item.office, under);
    } else {
      std::string const modified = time_text(++next_version);
      contribute(author, under,
                 indicator(roll(6), R"(,"confidence":)" + std::to_string(roll(100)), modified));
    }
  }
};

TEST_P(FeedProperty, BothWaysOfPagingGiveTheWholeFeedOnce) {
  make_agreements();
  for (int i = 0; i < 40; ++i) anything_happens();
  for (AgreementKey agreement : {AgreementKey{}, a, b}) {
    FeedQuery query = everything(agreement);
    Sequence whole = lines(iq, query);
    EXPECT_EQ(std::set(whole.begin(), whole.end()).size(), whole.size());
    EXPECT_TRUE(std::ranges::is_sorted(whole));
    for (size_t limit : {1u, 2u, 7u}) {
      EXPECT_EQ(by_token(iq, query, limit), whole);
      EXPECT_EQ(by_date(iq, query, limit), whole);
    }
    FeedQuery last = query;
    last.match.versions = {};
    EXPECT_EQ(by_token(iq, last, 3), lines(iq, last));
    query.order = Order::newest_first;
    std::ranges::reverse(whole);
    for (size_t limit : {1u, 2u, 7u, 1000u}) EXPECT_EQ(by_token(iq, query, limit), whole);
  }
}

TEST_P(FeedProperty, AReaderWhoFollowsMissesNothingAndHasNothingTwice) {
  make_agreements();
  FeedQuery query = everything();
  query.limit = 3;
  std::multiset<std::string> had;
  for (int round = 0; round < 40; ++round) {
    for (int i = roll(3); i > 0; --i) anything_happens();
    Page const one = page(eyes(iq), query);
    EXPECT_LE(one.shown.size(), 3u);
    EXPECT_TRUE(!one.more || one.shown.size() == 3);
    for (Shown const& shown : one.shown)
      had.insert(shown.id() + " " + shown.version() + " " + edition(shown));
    if (!one.shown.empty()) query.added_after = one.shown.back().date_added();
  }
  query.limit = limits::page_objects;
  for (Shown const& shown : page(eyes(iq), query).shown)
    had.insert(shown.id() + " " + shown.version() + " " + edition(shown));
  EXPECT_EQ(std::set<std::string>(had.begin(), had.end()).size(), had.size());
  for (Shown const& shown : page(eyes(iq), everything()).shown)
    EXPECT_TRUE(had.contains(shown.id() + " " + shown.version() + " " + edition(shown))) << line(shown);
}

// One reader of a feed who takes a page now and then.
struct Walker {
  FeedQuery query;
  bool by_token;
  bool done = false;
  std::multiset<std::string> found = {};
};

// R31 while others contribute, release, suspend, resume and delete: what could be had all the time of a walk is found by it
// once, nothing is found that could not be had when its page was read, and nothing is found twice.
TEST_P(FeedProperty, AWalkIsExactWhateverHappensMeanwhile) {
  make_agreements();
  for (int i = 0; i < 30; ++i) anything_happens();
  bool b_is_suspended = false;
  size_t lasting = 0;
  auto const something_else_happens = [&] {
    int const what = roll(8);
    if (what == 0) {
      b_is_suspended ? resume(b) : suspend(b);
      b_is_suspended = !b_is_suspended;
    } else if (what <= 2) {
      ItemKey const key(static_cast<size_t>(roll(static_cast<int>(state.holdings.items.size()))));
      take_back(key, state.holdings.item(key).office);
    } else {
      anything_happens();
    }
  };
  for (AgreementKey agreement : {AgreementKey{}, a, b}) {
    auto const now = [&] {
      auto const all = lines(iq, everything(agreement));
      return std::set(all.begin(), all.end());
    };
    std::set<std::string> always = now();
    std::array<Walker, 3> walkers{Walker{everything(agreement), true}, Walker{everything(agreement), false},
                                  Walker{everything(agreement), true}};
    for (Walker& walker : walkers) walker.query.limit = 2;
    walkers[2].query.order = Order::newest_first;
    for (int moment = 0; !std::ranges::all_of(walkers, &Walker::done); ++moment) {
      if (moment > 0) something_else_happens();
      auto const there = now();
      std::erase_if(always, [&](auto const& one) { return !there.contains(one); });
      for (Walker& walker : walkers) {
        if (walker.done) continue;
        Page const one = page(eyes(iq), walker.query);
        for (Shown const& shown : one.shown) {
          EXPECT_TRUE(there.contains(line(shown))) << line(shown);
          walker.found.insert(line(shown));
        }
        walker.done = !one.more;
        if (walker.done) continue;
        Shown const& last = one.shown.back();
        if (walker.by_token)
          walker.query.after =
              place_in(eyes(iq), walker.query, token_after(eyes(iq), walker.query, last.place()).text())
                  .value();
        else
          walker.query.added_after = last.date_added();
      }
    }
    for (Walker const& walker : walkers) {
      for (std::string const& one : always) EXPECT_EQ(walker.found.count(one), 1u) << one;
      EXPECT_EQ(std::set(walker.found.begin(), walker.found.end()).size(), walker.found.size());
    }
    lasting += always.size();
  }
  EXPECT_GT(lasting, 3u);
}

INSTANTIATE_TEST_SUITE_P(Worlds, FeedProperty, testing::Range(1, 41));

}  // namespace
}  // namespace comity::release
