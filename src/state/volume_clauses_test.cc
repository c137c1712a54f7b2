// Whom a clause about volumes names, beside `covers`, which says it of one office at a time.
#include "state/volume_clauses.h"

#include <gtest/gtest.h>

#include "base/contains.h"
#include "state/grants.h"
#include "world.h"

namespace comity::state {
namespace {

using tests::Scene;

struct VolumeClausesOf : testing::Test {
  Scene scene;

  VolumeClausesOf() {
    for (char const* office : {"ru/staff", "ru/air", "iq/defence", "iq/police", "us/navy", "fr/none"})
      scene.office(office);
  }
  AgreementKey about(std::vector<std::string> const& participants, std::string const& slug,
                     std::vector<std::pair<model::Selector, model::Selector>> const& sides) {
    AgreementKey const key = scene.agreement(participants, slug);
    for (auto const& [from, to] : sides) {
      model::Clause clause;
      clause.id = "c", clause.type = model::ClauseType::deconflict;
      clause.from = from, clause.to = to;
      scene.edit(key, [&](model::Text& text) { text.clauses.push_back(clause); });
    }
    return key;
  }
  void same_as_covers(AgreementKey key) {
    scene.law.make_volume_clauses();
    Agreement const& agreement = scene.law.agreement(key);
    for (uint32_t number = 0; number < agreement.text->clauses.size(); ++number) {
      model::Clause const& clause = agreement.text->clauses[number];
      ClauseSides const* const sides = scene.law.volume_clauses->sides({key, number});
      ASSERT_TRUE(sides);
      for (size_t i = 0; i < scene.law.offices.size(); ++i)
        for (size_t giver = 0; giver <= scene.law.parties.size(); ++giver) {
          OfficeKey const office(i);
          PartyKey const by = giver < scene.law.parties.size() ? PartyKey(giver) : PartyKey();
          EXPECT_EQ(sides->gives(office), covers(scene.law, agreement, clause.from, office, {})) << i;
          EXPECT_EQ(sides->takes(office, scene.law.party_of(office), by),
                    covers(scene.law, agreement, clause.to, office, by))
              << i << " from " << giver;
        }
    }
  }
};

TEST_F(VolumeClausesOf, NamesWhomCoversNames) {
  same_as_covers(about({"ru/staff", "iq", "us/navy"}, "sky",
                       {{scene.each(), scene.others()},
                        {scene.list({"ru/staff"}), scene.list({"iq", "us/navy"})},
                        {scene.list({"ru/air", "iq/police"}), scene.list({"ru", "fr/none"})},
                        {scene.list({"us", "us/navy", "iq/police"}), scene.each()},
                        {scene.list({}), scene.others()}}));
}

// `covers` asks the first entry of a party and no other.
TEST_F(VolumeClausesOf, APartyThatStandsThereTwiceTakesPartAsItsFirstEntrySays) {
  AgreementKey const key = about({"ru/staff", "iq/police"}, "sky", {{scene.each(), scene.others()}});
  scene.edit(key, [&](model::Text& text) {
    text.participants.push_back(
        {.party = scene.who("ru"), .founding_key = {}, .offices = {scene.who("ru/air")}});
  });
  same_as_covers(key);
  EXPECT_FALSE(scene.law.volume_clauses->sides({key, 0})->gives(scene.office("ru/air")));
}

TEST_F(VolumeClausesOf, AnAgreementIsFoundByThosePartiesAlone) {
  AgreementKey const first = about({"ru/staff", "iq/police"}, "first", {{scene.each(), scene.others()}});
  AgreementKey const plain = scene.agreement({"ru/staff", "us/navy"}, "plain");
  scene.grant(plain);
  AgreementKey const second = about({"us/navy", "ru/air"}, "second", {{scene.each(), scene.others()}});
  scene.law.make_volume_clauses();
  VolumeClauses const& made = *scene.law.volume_clauses;
  EXPECT_EQ(made.of(scene.party("ru")), (std::vector{first, second}));
  EXPECT_EQ(made.of(scene.party("us")), (std::vector{second}));
  EXPECT_TRUE(made.of(scene.party("fr")).empty());
  EXPECT_EQ(made.sides({plain, 0}), nullptr);
}

TEST_F(VolumeClausesOf, ANewOfficeOfAPartyAsAWholeIsNamedOnceTheyAreMadeAgain) {
  AgreementKey const key = about({"ru", "iq"}, "sky", {{scene.list({"ru"}), scene.list({"iq"})}});
  same_as_covers(key);
  scene.office("ru/space");
  same_as_covers(key);
  EXPECT_TRUE(scene.law.volume_clauses->sides({key, 0})->gives(scene.office("ru/space")));
}

}  // namespace
}  // namespace comity::state
