#include "state/frameworks.h"

#include <gtest/gtest.h>

#include "codec/codec.h"

namespace comity::state {
namespace {

constexpr char const* technique = "attack-pattern--1";
UtcTime at(int second) { return *parse_time("2026-01-01T00:00:00.000000Z") + seconds(second); }

struct Loaded : testing::Test {
  Loaded() {
    frameworks.allow("ics", "ICS", digest('a'), 3);
    frameworks.allow("mobile", "Mobile", digest('b'), 3);
  }
  static Digest digest(char letter) { return Digest::from(Bytes(32, letter)); }

  uint32_t load(std::string const& framework, std::string const& id, int version, char content) {
    FrameworkObject one;
    one.framework = *frameworks.find(framework);
    one.type = "attack-pattern", one.id = id;
    one.version_time = at(version), one.version = to_text(one.version_time);
    one.compare = {digest(content), digest(content), digest(static_cast<char>(content + 1))};
    frameworks.load(std::move(one));
    return static_cast<uint32_t>(frameworks.objects.size() - 1);
  }

  Frameworks frameworks;
};

TEST_F(Loaded, IdAndContentOfWhatIsLoadedAreNobodys) {
  EXPECT_FALSE(frameworks.has(technique));
  load("ics", technique, 1, 'x');
  EXPECT_TRUE(frameworks.has(technique));
  EXPECT_FALSE(frameworks.has("attack-pattern--2"));
  EXPECT_TRUE(frameworks.has_digest(digest('x')));
  EXPECT_TRUE(frameworks.has_digest(digest('y')));
  EXPECT_FALSE(frameworks.has_digest(digest('z')));
}

TEST_F(Loaded, ANewBundleAddsAndTakesNothingAway) {
  uint32_t const old = load("ics", technique, 1, 'x');
  frameworks.allow("ics", "ICS, later", digest('c'), 1);
  uint32_t const fresh = load("ics", technique, 2, 'p');
  EXPECT_TRUE(frameworks.is_served(old) && frameworks.is_served(fresh));
  EXPECT_EQ(frameworks.all[0].title, "ICS, later");
  EXPECT_EQ(frameworks.all[0].root, digest('c'));
  EXPECT_EQ(frameworks.all[0].loaded, (std::vector<uint32_t>{old, fresh}));
  EXPECT_EQ(frameworks.all.size(), 2u);
}

TEST_F(Loaded, TheEndTakesEverythingAwayAndAgainBeginsAnew) {
  uint32_t const first = load("ics", technique, 1, 'x');
  frameworks.allow("ics", "", {}, 0);
  EXPECT_FALSE(frameworks.find("ics") || frameworks.has(technique) || frameworks.has_digest(digest('x')) ||
               frameworks.is_served(first));
  EXPECT_EQ(frameworks.with_id(technique).size(), 1u) << "its place stays taken";
  frameworks.allow("ics", "ICS", digest('a'), 3);
  EXPECT_FALSE(frameworks.has(technique));
  EXPECT_FALSE(frameworks.has_version(*frameworks.find("ics"), technique, to_text(at(1))));
  uint32_t const again = load("ics", technique, 1, 'x');
  EXPECT_TRUE(frameworks.is_served(again) && !frameworks.is_served(first));
}

TEST_F(Loaded, WhatSeveralHaveIsServedOnceByTheFirstThatLives) {
  uint32_t const one = load("mobile", technique, 1, 'x'), two = load("ics", technique, 1, 'x');
  EXPECT_TRUE(frameworks.is_served(one) && !frameworks.is_served(two));
  EXPECT_TRUE(frameworks.has_version(0, technique, to_text(at(1))));
  EXPECT_TRUE(frameworks.has_version(1, technique, "2026-01-01T00:00:01Z")) << "by the time it says";
  frameworks.allow("mobile", "", {}, 0);
  EXPECT_TRUE(!frameworks.is_served(one) && frameworks.is_served(two) && frameworks.has(technique));
}

TEST_F(Loaded, WithoutVersionsThereIsOne) {
  uint32_t const one = load("ics", "ipv4-addr--1", 1, 'x'), two = load("mobile", "ipv4-addr--1", 2, 'x');
  EXPECT_TRUE(frameworks.is_served(one) && frameworks.is_served(two));
  for (uint32_t number : {one, two}) frameworks.objects[number].version.clear();
  EXPECT_TRUE(frameworks.is_served(one) && !frameworks.is_served(two)) << "whenever it was loaded";
  EXPECT_TRUE(frameworks.has_version(0, "ipv4-addr--1", ""));
}

TEST_F(Loaded, AMarkingIsTheStrictestOfItsVersions) {
  EXPECT_FALSE(frameworks.marking(technique));
  uint32_t const mild = load("ics", technique, 1, 'x');
  EXPECT_FALSE(frameworks.marking(technique)) << "no marking at all";
  frameworks.objects[mild].marking_kind = model::MarkingKind::statement;
  EXPECT_EQ(frameworks.marking(technique), model::MarkingKind::statement);
  frameworks.objects[load("mobile", technique, 2, 'p')].marking_kind = model::MarkingKind::other;
  EXPECT_EQ(frameworks.marking(technique), model::MarkingKind::other);
  frameworks.allow("mobile", "", {}, 0);
  EXPECT_EQ(frameworks.marking(technique), model::MarkingKind::statement);
}

TEST_F(Loaded, IsTheSameAfterItsEncoding) {
  load("ics", technique, 1, 'x');
  load("mobile", "tool--1", 2, 'p');
  auto copy = codec::decode<Frameworks>(codec::encode(frameworks));
  ASSERT_TRUE(copy);
  EXPECT_FALSE(copy->has(technique)) << "indexes are no part of it";
  copy->rebuild_indexes();
  EXPECT_TRUE(copy->has(technique) && copy->has("tool--1") && copy->has_digest(digest('p')));
  EXPECT_EQ(codec::encode(*copy), codec::encode(frameworks));
}

TEST(ReferenceDate, IsLaterThanTheOneBeforeAndNoEarlierThanTheParty) {
  model::Party party;
  party.registered = at(10);
  EXPECT_EQ(reference_date(at(3), party), at(3)) << "not listed";
  party.identity = "identity--1";
  EXPECT_EQ(reference_date(at(3), party), at(10));
  EXPECT_EQ(reference_date(at(10), party), at(10) + microseconds(1));
}

}  // namespace
}  // namespace comity::state
