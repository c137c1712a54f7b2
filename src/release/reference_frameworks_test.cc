// Frameworks in the reference set: paged among the identities of parties, chosen by version, gone when they end.
#include "release/cursor.h"
#include "release/reference_set.h"
#include "release/told_frameworks.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

struct ReferenceFrameworks : World, testing::Test {
  ReferenceFrameworks() {
    registered("ru");
    frameworks().allow("ics", "ATT&CK for ICS", {}, 100);
    frameworks().allow("mobile", "ATT&CK for mobile", {}, 100);
    for (int i = 0; i < 3; ++i) load("ics", i);
    registered("iq");
    for (int i = 3; i < 10; ++i) load("ics", i);
    registered("us");
  }

  state::Frameworks& frameworks() { return state.holdings.frameworks; }

  UtcTime last_date() const {
    UtcTime last = state.centre.founded + microseconds(limits::fixed_references);
    auto const& objects = state.holdings.frameworks.objects;
    size_t party = objects.empty() ? 0 : objects.back().parties;
    if (!objects.empty()) last = objects.back().date_added;
    for (; party < state.law.parties.size(); ++party)
      last = state::reference_date(last, state.law.parties[party]);
    return last;
  }

  void registered(std::string const& slug) {
    model::Party& one = state.law.parties[party(slug).value];
    one.name = slug, one.registered = state.last_time;
    one.identity = party_identity_id(keys.prf, slug);
    state.law.identities[one.identity] = state.law.find_party(slug);
  }

  static std::string id_of(int number) { return "attack-pattern--" + uuid_of(number); }

  void load(std::string const& framework, int number, std::string const& version = created_1) {
    Bytes const bytes = R"({"type":"attack-pattern","spec_version":"2.1","id":")" + id_of(number) +
                        R"(","created":")" + created_1 + R"(","modified":")" + version +
                        R"(","name":"from )" + framework + R"("})";
    auto reading = stix::read_object(bytes, keys.comparison);
    ASSERT_TRUE(reading);
    state::FrameworkObject one;
    one.framework = *frameworks().find(framework);
    one.type = reading->head.type, one.id = reading->head.id, one.version = reading->head.version;
    one.version_time = *parse_stix_time(one.version);
    one.compare = reading->head.compare;
    one.size = bytes.size(), one.payload = 1'000 + frameworks().objects.size();
    payloads[one.payload] = bytes;
    one.parties = static_cast<uint32_t>(state.law.parties.size());
    one.date_added = std::max(state.last_time, last_date() + microseconds(1));
    frameworks().load(std::move(one));
  }

  // By one of another type, numbered like the others.
  void load_malware(int number) {
    load("ics", number);
    state::FrameworkObject one = std::move(frameworks().objects.back());
    frameworks().objects.pop_back(), frameworks().all[one.framework].loaded.pop_back();
    frameworks().rebuild_indexes();
    one.type = "malware", one.id = "malware--" + uuid_of(number);
    frameworks().load(std::move(one));
  }

  static FeedQuery everything(size_t limit = limits::page_objects) {
    FeedQuery query;
    query.source = Source::reference;
    query.limit = limit;
    return query;
  }
  static FeedQuery versions(Versions wish) {
    FeedQuery query = everything();
    query.match.types = {"attack-pattern"};
    query.match.versions = std::move(wish);
    return query;
  }
  Page read(FeedQuery const& query) const { return page(eyes(viewer), query); }
  std::vector<std::string> ids(FeedQuery const& query) const {
    std::vector<std::string> all;
    for (Shown const& shown : read(query).shown) all.push_back(shown.id());
    return all;
  }
  std::vector<std::string> by_token(FeedQuery query) const {
    std::vector<std::string> all;
    for (bool more = true; more;) {
      Page const one = read(query);
      for (Shown const& shown : one.shown) all.push_back(shown.id());
      if ((more = one.more)) query.after = one.shown.back().place();
    }
    return all;
  }
  std::vector<std::string> by_date(FeedQuery query) const {
    std::vector<std::string> all;
    UtcTime last{};
    for (bool more = true; more;) {
      Page const one = read(query);
      for (Shown const& shown : one.shown) {
        all.push_back(shown.id());
        EXPECT_LT(last, shown.date_added());
        last = shown.date_added();
      }
      more = one.more, query.added_after = last;
    }
    return all;
  }

  OfficeKey viewer = office("ru/staff");
};

TEST_F(ReferenceFrameworks, StandAmongThePartiesInTheOrderInWhichTheyCame) {
  std::vector<std::string> all = ids(everything());
  ASSERT_EQ(all.size(), 10 + 3 + 10u);
  std::vector<std::string> expected = {party_identity_id(keys.prf, "ru")};
  for (int i = 0; i < 3; ++i) expected.push_back(id_of(i));
  expected.push_back(party_identity_id(keys.prf, "iq"));
  for (int i = 3; i < 10; ++i) expected.push_back(id_of(i));
  expected.push_back(party_identity_id(keys.prf, "us"));
  EXPECT_EQ(std::vector(all.begin() + 10, all.end()), expected);
}

TEST_F(ReferenceFrameworks, ArePagedByTokenAndByDateAlike) {
  std::vector<std::string> const all = ids(everything());
  for (size_t limit = 1; limit <= all.size() + 1; ++limit) {
    EXPECT_EQ(by_token(everything(limit)), all) << limit;
    EXPECT_EQ(by_date(everything(limit)), all) << limit;
  }
}

TEST_F(ReferenceFrameworks, WhatComesLaterComesLast) {
  Page const before = read(everything());
  load("ics", 20);
  registered("fr");
  load("ics", 21);
  FeedQuery query = everything();
  query.after = before.shown.back().place();
  std::vector const later{id_of(20), party_identity_id(keys.prf, "fr"), id_of(21)};
  EXPECT_EQ(ids(query), later);
  query = everything();
  query.added_after = before.shown.back().date_added();
  EXPECT_EQ(ids(query), later);
  Page const now = read(everything());
  for (size_t i = 0; i < before.shown.size(); ++i) {
    EXPECT_EQ(now.shown[i].date_added(), before.shown[i].date_added());
    EXPECT_EQ(now.shown[i].place(), before.shown[i].place());
  }
}

TEST_F(ReferenceFrameworks, AreServedAsTheyWerePublished) {
  FeedQuery query = everything();
  query.match.ids = {id_of(4)};
  Page const one = read(query);
  ASSERT_EQ(one.shown.size(), 1u);
  Shown const& shown = one.shown[0];
  EXPECT_TRUE(shown.is_reference() && shown.is_whole() && !shown.is_own());
  EXPECT_EQ(shown.version(), created_1);
  EXPECT_EQ(edition(shown), payloads.at(shown.payload()));
  EXPECT_FALSE(make_edition(shown, {shown.payload() + 1, payloads.at(shown.payload())})) << "other bytes";
}

TEST_F(ReferenceFrameworks, FiltersChooseAmongTheirVersions) {
  std::string const later = "2025-07-01T10:00:00.000Z";
  UtcTime const between = read(everything()).shown.back().date_added();
  load("ics", 4, later);
  auto const count = [&](Versions wish, std::string const& id) {
    FeedQuery query = versions(std::move(wish));
    query.match.ids = {id};
    std::vector<std::string> all;
    for (Shown const& shown : read(query).shown) all.push_back(shown.version());
    return all;
  };
  using All = std::vector<std::string>;
  EXPECT_EQ(count({.first = false, .last = true, .all = false, .exact = {}}, id_of(4)), All{later});
  EXPECT_EQ(count({.first = true, .last = false, .all = false, .exact = {}}, id_of(4)), All{created_1});
  EXPECT_EQ(count({.first = true, .last = true, .all = false, .exact = {}}, id_of(4)),
            (All{created_1, later}));
  EXPECT_EQ(count({.first = false, .last = false, .all = true, .exact = {}}, id_of(4)),
            (All{created_1, later}));
  EXPECT_EQ(
      count({.first = false, .last = false, .all = false, .exact = {*parse_stix_time(later)}}, id_of(4)),
      All{later});
  EXPECT_EQ(ids(versions({.first = false, .last = true, .all = false, .exact = {}})).size(), 10u);
  FeedQuery query = versions({.first = true, .last = false, .all = false, .exact = {}});
  query.added_after = between;
  EXPECT_EQ(ids(query), All{id_of(4)}) << "R38: the date is applied before the versions are chosen";
  query.match.spec_versions = {"2.0"};
  EXPECT_TRUE(ids(query).empty());
  query = everything();
  query.match.types = {"malware"};
  EXPECT_TRUE(ids(query).empty());
  EXPECT_TRUE(read(query).looked_to) << "a stream need not look again";
}

TEST_F(ReferenceFrameworks, ByTypeAreFoundByNumber) {
  for (int i = 30; i < 33; ++i) load_malware(i), load("ics", i + 10);
  registered("fr");
  load_malware(33);
  std::vector<uint32_t> const numbers{10, 12, 14, 16};
  EXPECT_EQ(frameworks().with_type("malware"), numbers);
  EXPECT_TRUE(frameworks().with_type("tool").empty());
  std::vector<std::string> all;
  for (int i = 30; i < 34; ++i) all.push_back("malware--" + uuid_of(i));
  FeedQuery query = everything();
  query.match.types = {"malware"};
  EXPECT_EQ(ids(query), all);
  for (size_t limit = 1; limit < 6; ++limit) {
    query.limit = limit;
    EXPECT_EQ(by_token(query), all) << limit;
    EXPECT_EQ(by_date(query), all) << limit;
  }
  query.limit = limits::page_objects;
  query.match.types = {"malware", "identity", "attack-pattern"};
  EXPECT_EQ(ids(query).size(), 5 + 13 + 4u);  // the centre, four parties
  frameworks().rebuild_indexes();
  EXPECT_EQ(frameworks().with_type("malware"), numbers);
}

TEST_F(ReferenceFrameworks, SayThatTheyAreFlawedAndOfWhichVersionOfTheStandard) {
  load("ics", 30);
  load("ics", 31);
  frameworks().objects[11].permissive = true;
  frameworks().objects[11].spec_version = "2.0";
  FeedQuery query = everything();
  query.match.ids = {id_of(30), id_of(31)};
  Page const both = read(query);
  ASSERT_EQ(both.shown.size(), 2u);
  EXPECT_FALSE(both.shown[0].is_permissive());
  EXPECT_TRUE(both.shown[1].is_permissive());
  query.match.spec_versions = {"2.0"};
  EXPECT_EQ(ids(query), std::vector{id_of(31)});
  query.match.spec_versions = {"2.1"};
  EXPECT_EQ(ids(query), std::vector{id_of(30)});
}

TEST_F(ReferenceFrameworks, OneThatEndsIsPassedOverAndTokensStayGood) {
  FeedQuery query = everything(12);
  Page const first = read(query);
  ASSERT_TRUE(first.more);
  query.after = first.shown.back().place();  // within the first stretch of objects
  frameworks().allow("ics", "", {}, 0);
  query.limit = limits::page_objects;
  EXPECT_EQ(ids(query), (std::vector{party_identity_id(keys.prf, "iq"), party_identity_id(keys.prf, "us")}));
  EXPECT_EQ(ids(everything()).size(), 13u);
  FeedQuery by_id = everything();
  by_id.match.ids = {id_of(4)};
  EXPECT_TRUE(ids(by_id).empty());
}

TEST_F(ReferenceFrameworks, WhatTwoHaveIsServedOnce) {
  load("mobile", 4);
  FeedQuery query = everything();
  query.match.ids = {id_of(4)};
  ASSERT_EQ(read(query).shown.size(), 1u);
  EXPECT_NE(edition(read(query).shown[0]).find("from ics"), std::string::npos);
  frameworks().allow("ics", "", {}, 0);
  ASSERT_EQ(read(query).shown.size(), 1u);
  EXPECT_NE(edition(read(query).shown[0]).find("from mobile"), std::string::npos);
}

TEST_F(ReferenceFrameworks, EveryOfficeIsToldWhatIsAllowedAndLoaded) {
  EXPECT_EQ(json::write(tell_frameworks(eyes(viewer)).value()),
            R"([{"framework":"ics","title":"ATT&CK for ICS","root":")" + std::string(64, '0') +
                R"(","objects":100,"loaded":10},{"framework":"mobile","title":"ATT&CK for mobile","root":")" +
                std::string(64, '0') + R"(","objects":100,"loaded":0}])");
  auto const part = tell_loaded(eyes(viewer), "ics", 8, 1);
  ASSERT_TRUE(part);
  EXPECT_EQ(json::write(part->list.value()),
            R"([{"id":")" + id_of(8) + R"(","version":")" + created_1 + R"("}])");
  EXPECT_TRUE(part->told == 1 && part->more);
  EXPECT_FALSE(tell_loaded(eyes(viewer), "ics", 9, 1)->more);
  EXPECT_EQ(tell_loaded(eyes(viewer), "ics", 99, 1)->told, 0u);
  frameworks().allow("ics", "", {}, 0);
  EXPECT_FALSE(tell_loaded(eyes(viewer), "ics", 0, 1)) << "like one that never was";
  EXPECT_FALSE(tell_loaded(eyes(OfficeKey{}), "mobile", 0, 1));
  EXPECT_TRUE(tell_frameworks(eyes(OfficeKey{})).value().as_array().empty());
}

}  // namespace
}  // namespace comity::release
