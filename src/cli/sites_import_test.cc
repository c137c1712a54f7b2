// What `comity sites import` would send of each sample is what the form of `put_site` takes: two rooms that do not see each other.
#include "cli/sites_import.h"

#include <gtest/gtest.h>

#include "codec/codec.h"
#include "commands/put_site.h"
#include "forms/command.h"
#include "places/body.h"
#include "places/checks.h"
#include "places/told.h"
#include "shared.h"

namespace comity::cli {
namespace {

UtcTime const now = *parse_time("2095-11-29T12:00:00.000000Z");

class NoTools final : public forms::CommandTools {
 public:
  Result<Bytes> verifier_of(std::string_view, std::string_view) const override {
    return fail(ErrorCode::bad_input, "");
  }
  Result<Token> read_token(std::string_view) const override { return fail(ErrorCode::bad_input, ""); }
  crypto::SymmetricKey const& comparison_key() const override { return key_; }
  bool is_key_of_centre(std::string_view) const override { return false; }

 private:
  crypto::SymmetricKey key_ = crypto::SymmetricKey::from(Bytes(32, 'k')).value();
};

std::vector<places::Draft> drafts_of(std::string const& name) {
  std::string const file = tests::read_file("tests/vectors/places/" + name);
  auto drafts = places::read(file, places::format_of(file)).value();
  for (places::Draft& one : drafts) {
    one.faults.clear();
    if (!one.kind) one.kind = model::SiteKind::school;
    if (!one.reconfirm_by) one.reconfirm_by = now + days(60);
    one.ground = places::Ground{200, 2'500};
  }
  std::erase_if(drafts,
                [](places::Draft const& one) { return one.volumes.empty(); });  // a line, which is a fault
  return drafts;
}

// What the form makes of it, told as a centre tells it.
json::Value told(commands::PutSite const& site, json::Object const& body) {
  json::Array extents;
  for (model::Extent const& one : site.extents) {
    json::Array ring;
    for (model::Point const at : one.ring) ring.push_back(json::Array{at.longitude_e7, at.latitude_e7});
    json::Object row{{"polygon", std::move(ring)}};
    if (one.low_mm != model::lowest_mm) row["low_mm"] = one.low_mm;
    if (one.high_mm != model::highest_mm) row["high_mm"] = one.high_mm;
    if (one.from != model::earliest) row["from"] = to_text(one.from);
    if (one.until != model::latest) row["until"] = to_text(one.until);
    extents.push_back(std::move(row));
  }
  json::Object row = body;
  row["extents"] = std::move(extents);
  row.erase("schedule");
  if (!site.said.empty()) row["said"] = json::parse(site.said, site.said.size()).value();
  return row;
}

class ImportedSites : public testing::TestWithParam<char const*> {};

TEST_P(ImportedSites, IsTakenByTheFormAndToldAgain) {
  auto const drafts = drafts_of(GetParam());
  ASSERT_FALSE(drafts.empty());
  for (places::Draft const& draft : drafts) {
    std::string const id = places::site_id("qa/defence", "list", draft);
    auto const body = places::body_of(draft, id);
    auto const command =
        forms::read_command(json::write(json::Object{{"kind", "put_site"}, {"body", body}}), "", NoTools());
    ASSERT_TRUE(command) << draft.where << " " << command.error().problems.front().pointer << " "
                         << command.error().problems.front().reason;
    auto const site = codec::decode<commands::PutSite>(command->command.body).value();
    EXPECT_EQ(site.name, draft.name);
    EXPECT_GE(site.extents.size(), draft.volumes.size());
    EXPECT_EQ(site.schedule.has_value(), body.contains("schedule"));
    EXPECT_TRUE(places::is_told(body, told(site, body))) << draft.where << " " << site.said;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, ImportedSites,
                         testing::Values("sites.csv", "plain.csv", "sites.geojson", "points.geojson",
                                         "sites.kml", "sites.kmz", "zones-ed269.json", "zones-ed318.json"));

}  // namespace
}  // namespace comity::cli
