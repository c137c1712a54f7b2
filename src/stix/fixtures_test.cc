// Published data: the suite of OASIS's validator, verdict by verdict, and bundles as people share them.
#include <gtest/gtest.h>

#include "json/json.h"
#include "shared.h"
#include "stix/envelope.h"
#include "stix/read.h"

namespace comity::stix {
namespace {

namespace fs = std::filesystem;

struct Count {
  size_t accepted = 0, refused = 0;
  std::string why = {};  // the first refusal
  bool operator==(Count const& other) const { return accepted == other.accepted && refused == other.refused; }
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
  for (auto const object : envelope.objects) {
    auto const read = read_object(object, {});
    ++(read ? count.accepted : count.refused);
    if (!read && count.why.empty())
      count.why = error_of(read.error()).detail + " " + read.error().front().pointer;
  }
  return count;
}

TEST(Fixtures, the_suite_of_oasis_is_judged_as_it_says) {
  NEED_SHARED("data/stix/fixtures/manifest.json");
  auto const folder = tests::shared_folder() / "data/stix/fixtures";
  auto const text = tests::read_file(folder / "manifest.json");
  auto const manifest = json::parse(text, text.size(), json::Numbers::any).value();
  Count valid, invalid;
  for (auto const& entry : manifest.get_array()) {
    std::string const file(entry.at("file").get_string());
    auto const read = read_all(tests::read_file(folder / file));
    // `bbb` is Barai in ISO 639-3, which RFC 5646 takes its languages from; the validator knows only those of two letters.
    bool const barai = file.contains("281-observed_data-software_language");
    bool const is_valid = entry.at("must_valid").get_bool() || barai;
    EXPECT_EQ(read.refused == 0, is_valid) << file << " " << read.why;
    auto& count = is_valid ? valid : invalid;
    ++(read.refused == 0 ? count.accepted : count.refused);
  }
  EXPECT_EQ(valid, (Count{121, 0}));
  EXPECT_EQ(invalid, (Count{0, 82}));
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
