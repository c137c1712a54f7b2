#include <gtest/gtest.h>

#include <unordered_map>

#include "base/seam.h"
#include "state/airspace.h"

namespace comity::state {
namespace {

model::EntityId any_id(SeededEntropy& chance) {
  model::EntityId id;
  for (uint8_t& octet : id.octets) octet = static_cast<uint8_t>(chance.next());
  return id;
}

Site named(model::EntityId const& id, OfficeKey office) {
  Site made;
  made.id = id, made.owner.office = office;
  return made;
}

// Two names that share a hash: of two hundred thousand some do, whatever the secret.
std::pair<model::EntityId, model::EntityId> alike(OfficeKey scope) {
  SeededEntropy chance(1);
  std::unordered_map<uint32_t, model::EntityId> seen;  // never iterated
  for (;;) {
    model::EntityId const id = any_id(chance);
    auto const [place, is_new] = seen.emplace(hash_of(scope, id), id);
    if (!is_new) return {place->second, id};
  }
}

TEST(Entities, NamesWhoseHashesAreTheSameAreToldApart) {
  OfficeKey const office(size_t{3});
  auto const [one, other] = alike(office);
  for (bool const in_order : {true, false}) {
    Entities<Site, SiteKey> all;
    SiteKey const first = all.add(office, named(one, office)), second = all.add(office, named(other, office));
    EXPECT_EQ(all.find(office, one), first);
    EXPECT_EQ(all.find(office, other), second);
    all.remove(office, in_order ? first : second);
    EXPECT_TRUE(all.find(office, in_order ? one : other).is_none());
    EXPECT_EQ(all.find(office, in_order ? other : one), in_order ? second : first);
    all.remove(office, in_order ? second : first);
    EXPECT_TRUE(all.find(office, one).is_none());
    EXPECT_TRUE(all.find(office, other).is_none());
  }
}

TEST(Entities, AnIdOfAnotherOfficeIsAnotherThing) {
  SeededEntropy chance(2);
  model::EntityId const id = any_id(chance);
  OfficeKey const one(size_t{1}), other(size_t{2});
  Entities<Site, SiteKey> all;
  SiteKey const own = all.add(one, named(id, one));
  EXPECT_TRUE(all.find(other, id).is_none());
  SiteKey const theirs = all.add(other, named(id, other));
  EXPECT_EQ(all.find(one, id), own);
  EXPECT_EQ(all.find(other, id), theirs);
}

}  // namespace
}  // namespace comity::state
