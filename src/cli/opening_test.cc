#include "cli/opening.h"

#include <gtest/gtest.h>

#include "codec/codec.h"
#include "commands/delete_item.h"
#include "commands/seed_item.h"
#include "commands/set_roles.h"
#include "crypto/ed25519.h"
#include "journal/test_folder.h"
#include "sequencer/prepare.h"

namespace comity::cli {
namespace {

std::vector<int64_t> spread_out(std::vector<int64_t> dates) {
  std::vector<UtcTime> times;
  for (int64_t const date : dates) times.push_back({date});
  spread(times);
  std::vector<int64_t> made;
  for (UtcTime const time : times) made.push_back(time.us);
  return made;
}

// R31: whoever goes on from a date of the other server misses nothing of what came later there.
TEST(Opening, EqualDatesBecomeDifferentOnes) {
  using List = std::vector<int64_t>;
  EXPECT_EQ(spread_out({}), List{});
  EXPECT_EQ(spread_out({5, 9}), (List{5, 9}));
  EXPECT_EQ(spread_out({100, 100, 100}), (List{98, 99, 100}));
  EXPECT_EQ(spread_out({100, 200, 200}), (List{100, 199, 200}));
  EXPECT_EQ(spread_out({100, 101, 101, 101}), (List{100, 101, 102, 103}));  // no room before it
  EXPECT_EQ(spread_out({100, 102, 102, 102, 103}), (List{100, 101, 102, 103, 104}));
  SeededEntropy chance(3);
  for (int round = 0; round < 200; ++round) {
    std::array<uint8_t, 20> octets;
    chance.fill(octets);
    List dates;
    for (uint8_t const octet : octets) dates.push_back(1000 + octet / 16);
    std::ranges::sort(dates);
    List const made = spread_out(dates);
    for (size_t i = 0; i < made.size(); ++i) {
      if (i > 0) EXPECT_LT(made[i - 1], made[i]);
      for (size_t k = 0; k < i; ++k)
        if (dates[k] < dates[i]) EXPECT_GT(made[i], dates[k]);  // later than every date that was earlier
    }
  }
}

constexpr char described[] = R"({"title": "Old", "users": [{"name": "alice", "password": "p"}],
  "api_roots": [{"path": "/a/", "title": "A", "collections": [
    {"id": "91a7b528-80eb-42ed-a74d-c6fbd5a26116", "title": "One", "readers": "everyone", "writers": "everyone"},
    {"id": "two", "title": "Two", "readers": "everyone", "writers": []},
    {"id": "three", "title": "Three", "readers": [], "writers": []}]}]})";

class Moved {
 public:
  Moved() {
    auto const given = forms::read_description(described);
    commands::Genesis genesis;
    genesis.centre_name = "Old", genesis.origin = "old.example";
    genesis.host_slug = "operator", genesis.host_name = "Operator", genesis.host_office = "operations";
    SeededEntropy keys(1);
    for (char const* officer : {"anna", "bert"}) {
      auto const key = crypto::SecretKey::generate(keys).public_key();
      genesis.officers.push_back({officer, crypto::key_id(key), key.octets});
    }
    genesis.opening = given->opening;
    EXPECT_TRUE(sequencer::Centre::init(folder_.file("data"), genesis, seam()));
    centre = std::move(*sequencer::Centre::open({.data = folder_.file("data")}, seam()));
  }

  model::Ruling seed(int number, std::string const& date, model::Actor actor = {}) {
    return file(contribution(number), date, actor);
  }
  model::Ruling contribute(int number, std::string const& collection = one) {
    return by_alice(contribution(number, collection));
  }
  model::Ruling remove(std::string const& collection) {
    forms::Prepared made;
    made.command.kind = model::CommandKind::delete_item;
    made.command.body = codec::encode(commands::DeleteItem{id_of(1), "", collection});
    return by_alice(std::move(made));
  }
  model::Ruling by_alice(forms::Prepared made) {
    return ruled({sequencer::prepare(*centre, {office(), {model::Actor::Kind::client, 0}}, std::move(made))});
  }
  static inline std::string const one = "operator.0.91a7b528-80eb-42ed-a74d-c6fbd5a26116";

  std::unique_ptr<sequencer::Centre> centre;

 private:
  Seam seam() { return {clock_, entropy_, system_seam().files}; }
  OfficeKey office() {
    return centre->read([](sequencer::Glimpse const& g) { return g.state.law.arrangement->office; });
  }
  static std::string id_of(int number) {
    return "ipv4-addr--00000000-0000-4000-8000-00000000000" + std::to_string(number);
  }
  forms::Prepared contribution(int number, std::string const& collection = one) {
    std::string const digit = std::to_string(number);
    return std::move(
        forms::contribution(R"({"type":"ipv4-addr","id":"ipv4-addr--00000000-0000-4000-8000-00000000000)" +
                                digit + R"(","value":"198.51.100.)" + digit + R"("})",
                            {collection, {}}, centre->keys().comparison)
            ->prepared);
  }
  model::Ruling file(forms::Prepared made, std::string const& date, model::Actor actor) {
    made.command.kind = model::CommandKind::seed_item;
    made.command.body = codec::encode(
        commands::SeedItem{*codec::decode<commands::Contribute>(made.command.body), *parse_time(date)});
    return ruled({sequencer::prepare(*centre, {office(), actor}, std::move(made))});
  }
  model::Ruling ruled(sequencer::Submission submission) {
    return centre->submit_and_wait(std::move(submission)).ruling;
  }

  journal::TestFolder folder_;
  ScriptedClock clock_{*parse_time("2024-06-01T00:00:00.000000Z")};
  SeededEntropy entropy_{2};
};

model::ReasonCode code(model::Ruling const& ruling) {
  return ruling.accepted() ? model::ReasonCode::none : ruling.reasons.front().code;
}

TEST(Opening, SeedsAreTheCentresOwnAndComeFirst) {
  using enum model::ReasonCode;
  Moved world;
  char const* const early = "2024-05-01T00:00:00.000001Z";
  EXPECT_EQ(code(world.seed(1, early, {model::Actor::Kind::client, 0})), not_permitted);
  EXPECT_EQ(code(world.seed(1, early, {model::Actor::Kind::person, 0})), not_permitted);
  EXPECT_EQ(code(world.seed(1, early)), none);
  EXPECT_EQ(code(world.seed(2, early)), malformed);                          // not after the last
  EXPECT_EQ(code(world.seed(2, "2024-05-01T00:00:00.000000Z")), malformed);  // before it
  EXPECT_EQ(code(world.seed(2, "2024-07-01T00:00:00.000000Z")), malformed);  // to come
  EXPECT_EQ(code(world.seed(2, "2024-05-01T00:00:00.000002Z")), none);
  EXPECT_EQ(code(world.contribute(3)), none);
  EXPECT_EQ(code(world.seed(4, "2024-05-02T00:00:00.000000Z")), not_permitted);  // somebody has been here
  world.centre->read([](sequencer::Glimpse const& glimpse) {
    auto const& feed =
        glimpse.state.holdings.own_feed({AgreementKey(0u), glimpse.state.law.arrangement->office});
    ASSERT_EQ(feed.entries.size(), 3u);
    EXPECT_EQ(to_text(feed.entries[0].date_added), "2024-05-01T00:00:00.000001Z");
    EXPECT_EQ(to_text(feed.entries[1].date_added), "2024-05-01T00:00:00.000002Z");
    EXPECT_EQ(to_text(feed.entries[2].date_added), "2024-06-01T00:00:00.000000Z");
  });
}

// The guards of the machine itself: a door asks first, and a right may end between the two.
TEST(Opening, TheMachineAsksTheCollectionToo) {
  using enum model::ReasonCode;
  Moved world;
  EXPECT_EQ(code(world.contribute(1)), none);
  EXPECT_EQ(code(world.contribute(1, "operator.0.two")), not_permitted);        // may read it
  EXPECT_EQ(code(world.contribute(1, "operator.0.three")), unknown_agreement);  // may not know of it
  EXPECT_EQ(code(world.contribute(1, "operator.0.four")), unknown_agreement);
  EXPECT_EQ(code(world.remove("")), unknown_agreement);
  EXPECT_EQ(code(world.remove("operator.0.two")), not_permitted);
  EXPECT_EQ(code(world.remove("operator.0.three")), unknown_agreement);
  forms::Prepared roles;  // nobody else comes into the users' office
  roles.command.kind = model::CommandKind::set_roles;
  roles.command.body =
      codec::encode(commands::SetRoles{"anna@operator", "operator/taxii", model::role::watch, {}, {}});
  auto const [office, anna] = world.centre->read([](sequencer::Glimpse const& glimpse) {
    return std::pair(glimpse.state.law.find_office("operator/operations"),
                     glimpse.state.law.find_person("anna@operator"));
  });
  auto submission =
      sequencer::prepare(*world.centre, {office, {model::Actor::Kind::person, anna.value}}, roles);
  EXPECT_EQ(code(world.centre->submit_and_wait(std::move(submission)).ruling), not_permitted);
  EXPECT_EQ(code(world.remove(Moved::one)), none);
}

}  // namespace
}  // namespace comity::cli
