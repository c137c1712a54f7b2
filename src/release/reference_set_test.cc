#include "release/reference_set.h"

#include "model/tlp.h"
#include "release/cursor.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

struct ReferenceSet : World, testing::Test {
  ReferenceSet() {
    for (char const* slug : {"ru", "iq"}) registered(slug);
    state.last_time = state.last_time + seconds(90);
    registered("us");
    registered("xx", model::Listing::unlisted);
  }

  void registered(std::string const& slug, model::Listing listing = model::Listing::listed) {
    PartyKey const key = party(slug, listing);
    model::Party& one = state.law.parties[key.value];
    one.name = "Name of " + slug;
    one.registered = state.last_time;
    if (listing == model::Listing::listed) one.identity = party_identity_id(keys.prf, slug);
    if (!one.identity.empty()) state.law.identities[one.identity] = key;
  }

  static FeedQuery everything() {
    FeedQuery query;
    query.source = Source::reference;
    query.limit = limits::page_objects;
    return query;
  }
  Page read(FeedQuery const& query) const { return page(eyes(viewer), query); }
  std::vector<std::string> ids(FeedQuery const& query) const {
    std::vector<std::string> all;
    for (Shown const& shown : read(query).shown) all.push_back(shown.id());
    return all;
  }
  std::string id_of(std::string const& slug) const { return party_identity_id(keys.prf, slug); }

  OfficeKey viewer = office("ru/staff"), other = office("iq/defence");
};

TEST_F(ReferenceSet, HasTheMarkingsTheCentreAndEveryListedParty) {
  std::vector<std::string> all = ids(everything());
  ASSERT_EQ(all.size(), 13u);
  for (size_t i = 0; i < 9; ++i) EXPECT_TRUE(model::fixed_tlp(all[i])) << all[i];
  EXPECT_EQ(std::vector(all.begin() + 9, all.end()),
            (std::vector{state.centre.identity, id_of("ru"), id_of("iq"), id_of("us")}));
}

TEST_F(ReferenceSet, ItsObjectsAreSoundStix) {
  for (Shown const& shown : read(everything()).shown) {
    auto const bytes = make_edition(shown, {});
    ASSERT_TRUE(bytes) << shown.id();
    auto const reading = stix::read_object(bytes->value(), keys.comparison);
    ASSERT_TRUE(reading) << bytes->value() << reading.error().front().code;
    EXPECT_EQ(reading->head.id, shown.id());
    EXPECT_EQ(reading->head.type, shown.type());
    if (!reading->head.version.empty()) EXPECT_EQ(reading->head.version, shown.version());
    EXPECT_EQ(bytes->epoch(), state.epoch);
  }
}

TEST_F(ReferenceSet, AnIdentitySaysWhoItIs) {
  FeedQuery query = everything();
  query.match.ids = {id_of("us")};
  Page const one = read(query);
  ASSERT_EQ(one.shown.size(), 1u);
  EXPECT_EQ(make_edition(one.shown[0], {})->value(),
            R"({"type":"identity","spec_version":"2.1","id":")" + id_of("us") + R"(","created_by_ref":")" +
                state.centre.identity +
                R"(","created":"2026-01-01T00:01:30.000000Z","modified":"2026-01-01T00:01:30.000000Z",)"
                R"("name":"Name of us","identity_class":"organization",)"
                R"("external_references":[{"source_name":"centre.example/log","external_id":"us"}]})");
}

TEST_F(ReferenceSet, IsPagedByTokenAndByDateAlike) {
  std::vector<std::string> const all = ids(everything());
  for (size_t const limit : {1u, 2u, 5u}) {
    FeedQuery by_token = everything(), by_date = everything();
    by_token.limit = by_date.limit = limit;
    std::vector<std::string> first, second;
    for (bool more = true; more;) {
      Page const one = read(by_token);
      for (Shown const& shown : one.shown) first.push_back(shown.id());
      if ((more = one.more))
        by_token.after = place_in(eyes(viewer), by_token,
                                  token_after(eyes(viewer), by_token, one.shown.back().place()).text())
                             .value();
    }
    UtcTime last{};
    for (bool more = true; more;) {
      Page const one = read(by_date);
      for (Shown const& shown : one.shown) {
        second.push_back(shown.id());
        EXPECT_LT(last, shown.date_added());
        last = shown.date_added();
      }
      more = one.more;
      by_date.added_after = last;
    }
    EXPECT_EQ(first, all);
    EXPECT_EQ(second, all);
  }
}

TEST_F(ReferenceSet, APartyThatIsRegisteredLaterComesLast) {
  Page const before = read(everything());
  state.last_time = state.last_time + seconds(1);
  registered("fr");
  FeedQuery query = everything();
  query.added_after = before.shown.back().date_added();
  EXPECT_EQ(ids(query), std::vector{id_of("fr")});
  Page const now = read(everything());
  for (size_t i = 0; i < before.shown.size(); ++i)
    EXPECT_EQ(now.shown[i].date_added(), before.shown[i].date_added());
}

TEST_F(ReferenceSet, FiltersLikeAFeed) {
  FeedQuery query = everything();
  query.match.types = {"identity"};
  EXPECT_EQ(ids(query).size(), 4u);
  query.match.types = {"indicator"};
  EXPECT_TRUE(ids(query).empty());
  query = everything();
  query.match.spec_versions = {"2.0"};
  EXPECT_TRUE(ids(query).empty());
  query.match.spec_versions = {"2.0", "2.1"};
  EXPECT_EQ(ids(query).size(), 13u);
  query = everything();
  query.match.versions = {.first = false, .last = false, .all = false, .exact = {state.centre.founded}};
  EXPECT_EQ(ids(query), (std::vector{state.centre.identity, id_of("ru"), id_of("iq")}))
      << "by the time, however it is written";
}

TEST_F(ReferenceSet, IsTheSameToEveryOfficeAndNothingToThePublic) {
  Page const one = page(eyes(viewer), everything()), two = page(eyes(other), everything());
  ASSERT_EQ(one.shown.size(), two.shown.size());
  for (size_t i = 0; i < one.shown.size(); ++i) {
    EXPECT_EQ(one.shown[i].date_added(), two.shown[i].date_added());
    EXPECT_EQ(make_edition(one.shown[i], {})->value(), make_edition(two.shown[i], {})->value());
  }
  EXPECT_TRUE(page(eyes(OfficeKey{}), everything()).shown.empty());
}

TEST_F(ReferenceSet, WhatRefersToAnIdentityKeepsIt) {
  AgreementKey const agreement = this->agreement("ru.pact", {viewer, other}, {grant("all")});
  std::string const report = "report--" + uuid_of(1);
  Bytes const bytes = R"({"type":"report","spec_version":"2.1","id":")" + report +
                      R"(","created":"2025-01-01T00:00:00Z","modified":"2025-01-01T00:00:00Z","name":"n",)"
                      R"("published":"2025-01-01T00:00:00Z","object_refs":[")" +
                      id_of("us") + R"("]})";
  ItemKey const item = contribute(viewer, agreement, bytes);
  auto const answer = state::disclosure(eyes(other).question(), other, item, agreement);
  EXPECT_TRUE(answer.given && answer.form.is_whole());
}

}  // namespace
}  // namespace comity::release
