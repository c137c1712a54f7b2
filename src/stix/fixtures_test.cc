// Published data: the suite of OASIS's validator, and bundles as people share them. Each number here is a ratchet:
// more may be refused of what is invalid, and more accepted of what is not, never less.
#include <gtest/gtest.h>

#include <set>

#include "json/json.h"
#include "shared.h"
#include "stix/envelope.h"
#include "stix/read.h"

namespace comity::stix {
namespace {

namespace fs = std::filesystem;

struct Count {
  size_t accepted = 0, refused = 0;
  bool operator==(Count const&) const = default;
};

void PrintTo(Count const& count, std::ostream* out) {
  *out << count.accepted << " accepted, " << count.refused << " refused";
}

// A file holds one object, a list of objects or a bundle.
Count read_all(std::string const& text) {
  auto body = text;
  auto const value = json::parse(text, text.size(), json::Numbers::any).value();
  bool const is_list = value.is_array();
  bool const is_bundle = !is_list && value.at("type") == "bundle";
  if (!is_bundle) body = R"({"objects":)" + (is_list ? text : "[" + text + "]") + "}";
  auto const envelope = read_envelope(body).value();
  Count count;
  for (auto const object : envelope.objects) ++(read_object(object, {}) ? count.accepted : count.refused);
  return count;
}

// Invalid inputs that are accepted still, by the number in front of their names: what breaks a rule that is not a row
// yet.
std::set<std::string> const accepted_still = {
    "004", "016", "376",                              // external references: CVE, CAPEC, one of three members
    "050", "271", "147",                              // extensions and language content: names inside them
    "085", "095", "097",                              // the pattern's grammar
    "124", "125", "126", "135", "136", "137", "139",  // addresses
    "222", "235", "238", "229", "306",                // base64, hashes, mail addresses, registry keys
    "231", "243", "247", "277", "281",  // multipart, targets, times in extensions, UUIDv4, languages
};

TEST(Fixtures, of_the_suite_of_oasis_all_that_is_valid_is_accepted) {
  NEED_SHARED("data/stix/fixtures/manifest.json");
  auto const folder = tests::shared_folder() / "data/stix/fixtures";
  auto const text = tests::read_file(folder / "manifest.json");
  auto const manifest = json::parse(text, text.size(), json::Numbers::any).value();
  Count valid, invalid;
  std::set<std::string> missed;
  for (auto const& entry : manifest.get_array()) {
    std::string const file(entry.at("file").get_string());
    bool const all_accepted = read_all(tests::read_file(folder / file)).refused == 0;
    auto& count = entry.at("must_valid").get_bool() ? valid : invalid;
    ++(all_accepted ? count.accepted : count.refused);
    if (&count == &valid) EXPECT_TRUE(all_accepted) << file;
    if (&count == &invalid && all_accepted) missed.insert(fs::path(file).filename().string().substr(0, 3));
  }
  EXPECT_EQ(valid, (Count{120, 0}));
  EXPECT_EQ(invalid, (Count{26, 57}));
  EXPECT_EQ(missed, accepted_still);
}

struct Published {
  char const* file;
  Count count;
};

TEST(Fixtures, published_bundles_are_accepted_but_for_empty_lists) {
  NEED_SHARED("data/stix/attack");
  for (auto const& [file, expected] : {
           Published{"attack/ics-attack-16.1.json", {1868, 3}},
           Published{"attack/ics-attack-17.1.json", {1648, 3}},
           Published{"attack/ics-attack-18.1.json", {1822, 4}},
           Published{"attack/mobile-attack-17.1.json", {2148, 0}},
           Published{"disarm/DISARM.json", {698, 0}},
           Published{"common-objects/tlp-markings.json", {9, 0}},
           Published{"common-objects/iep-2.0-example.json", {1, 0}},
       }) {
    auto const count = read_all(tests::read_file(tests::shared_folder() / "data/stix" / file));
    EXPECT_EQ(count, expected) << file;
    std::cout << file << ": " << count.accepted << " accepted, " << count.refused << " refused\n";
  }
}

TEST(Fixtures, indicators_of_mvt_are_accepted) {
  NEED_SHARED("data/stix/mvt-indicators");
  Count sum;
  for (auto const& entry : fs::directory_iterator(tests::shared_folder() / "data/stix/mvt-indicators")) {
    if (entry.path().extension() != ".json") continue;
    auto const count = read_all(tests::read_file(entry.path()));
    sum = {sum.accepted + count.accepted, sum.refused + count.refused};
  }
  EXPECT_EQ(sum, (Count{2893, 0}));
}

}  // namespace
}  // namespace comity::stix
