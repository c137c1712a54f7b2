#include "release/edition.h"

#include <set>

#include "json/json.h"
#include "release/ids.h"
#include "release/world_test.h"

namespace comity::release {
namespace {

json::Object parsed(Bytes const& bytes) {
  auto value = json::parse(bytes, limits::stix_object_bytes, json::Numbers::any);
  EXPECT_TRUE(value.has_value()) << bytes;
  return value ? value->get_object() : json::Object{};
}

std::string text(json::Object const& object, char const* name) {
  auto const* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

struct Edition : World, testing::Test {
  OfficeKey ru = office("ru/gs"), iq = office("iq/defence"), il = office("il/aman");

  Bytes only_edition_for(OfficeKey viewer) {
    auto const shown = received(viewer);
    EXPECT_EQ(shown.size(), 1u);
    return shown.size() == 1 ? edition(shown.front()) : Bytes();
  }
};

TEST_F(Edition, AWholeItemIsTheBytesAsPosted) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  Bytes const posted = "  " + indicator(1, R"(,  "x_odd" : 1.50e1)");
  contribute(ru, a, posted);
  EXPECT_EQ(only_edition_for(iq), posted);
  EXPECT_EQ(received(iq).front().version(), created_1);
}

TEST_F(Edition, OnlyGrantedPropertiesAreSent) {  // A7
  AgreementKey const a =
      agreement("ru.a", {ru, iq}, {grant_of("some", {"name", "pattern", "pattern_type", "valid_from"})});
  contribute(ru, a,
             indicator(1, R"(,"description":"CANARY-TEXT","x_note":"CANARY-CUSTOM","confidence":77,)"
                          R"("external_references":[{"source_name":"CANARY-SOURCE","url":"http://x"}])"));
  Bytes const bytes = only_edition_for(iq);
  EXPECT_EQ(bytes.find("CANARY"), Bytes::npos) << bytes;
  json::Object const object = parsed(bytes);
  EXPECT_EQ(text(object, "name"), "NAME");
  EXPECT_FALSE(object.contains("confidence"));
  EXPECT_EQ(text(object, "spec_version"), "2.1");
}

TEST_F(Edition, WhateverIsGrantedNothingElseIsSent) {
  std::vector<std::string> const extra = {"description",         "name",       "labels",         "x_custom",
                                          "external_references", "extensions", "indicator_types"};
  std::string const posted =
      R"(,"description":"CANARY-description","labels":["CANARY-labels"],"x_custom":{"a":["CANARY-x_custom"]},)"
      R"("external_references":[{"source_name":"CANARY-external_references","description":"x"}],)"
      R"("extensions":{"extension-definition--00000000-0000-4000-8000-000000000077":{"extension_type":)"
      R"("property-extension","rank":"CANARY-extensions"}},"indicator_types":["CANARY-indicator_types"])";
  for (unsigned set = 0; set < (1u << extra.size()) - 1; ++set) {
    World world = *this;
    std::vector<std::string> fields = {"pattern", "pattern_type", "valid_from"};
    for (size_t i = 0; i < extra.size(); ++i)
      if (set & (1u << i)) fields.push_back(extra[i]);
    AgreementKey const a = world.agreement("ru.a", {ru, iq}, {grant_of("some", fields)});
    world.contribute(ru, a, indicator(1, posted));
    std::string const all = world.served(iq);
    ASSERT_NE(all.find("pattern"), std::string::npos);
    for (size_t i = 0; i < extra.size(); ++i)
      if (extra[i] != "name")
        EXPECT_EQ(all.find("CANARY-" + extra[i]) != std::string::npos, (set & (1u << i)) != 0) << all;
  }
}

TEST_F(Edition, IdsAndTimesOfAnEditionAreTheViewersOwn) {  // A6
  AgreementKey const a =
      agreement("ru.a", {ru, iq, il}, {grant_of("some", {"name", "pattern", "pattern_type", "valid_from"})});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  json::Object const for_iq = parsed(only_edition_for(iq)), for_il = parsed(only_edition_for(il));
  EXPECT_NE(text(for_iq, "id"), text(for_il, "id"));
  std::string const all = served(iq) + served(il);
  EXPECT_EQ(all.find(uuid_of(1)), std::string::npos) << "the id as posted is content";
  EXPECT_EQ(all.find(created_1), std::string::npos) << "times as posted link and date";
  EXPECT_EQ(text(for_iq, "created"), text(for_iq, "modified"));
  EXPECT_EQ(text(for_iq, "modified"), received(iq).front().version());
  EXPECT_TRUE(text(for_iq, "id").starts_with("indicator--"));
}

TEST_F(Edition, WhereItRefersToItselfItSaysTheViewersId) {  // A6
  AgreementKey const a = agreement(
      "ru.a", {ru, iq}, {grant_of("some", {"name", "pattern", "pattern_type", "valid_from", "x_seen"})});
  std::string const own = "indicator--" + uuid_of(1);
  contribute(ru, a, indicator(1, R"(,"confidence":5,"x_seen":[{"x_after_ref":")" + own + R"("}])"));
  Bytes const bytes = only_edition_for(iq);
  EXPECT_EQ(bytes.find(uuid_of(1)), Bytes::npos) << bytes;
  EXPECT_NE(bytes.find(R"("x_after_ref":")" + received(iq).front().id()), Bytes::npos) << bytes;
}

TEST_F(Edition, ItsIdIsOneForAllVersionsAndOfficesOfAParty) {
  OfficeKey const iq2 = office("iq/police");
  AgreementKey const a =
      agreement("ru.a", {ru, iq, iq2}, {grant_of("some", {"name", "pattern", "pattern_type", "valid_from"})});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  contribute(ru, a, indicator(1, R"(,"description":"new")", "2025-07-01T00:00:00Z"));
  std::set<std::string> ids;
  for (OfficeKey viewer : {iq, iq2})
    for (Shown const& shown : received(viewer)) ids.insert(shown.id());
  EXPECT_EQ(ids.size(), 1u);
  json::Object const newest = parsed(edition(received(iq).front()));
  EXPECT_LT(text(newest, "created"), text(newest, "modified"));
}

TEST_F(Edition, AnIdCannotBeComputedWithoutTheSecret) {
  ReleaseKeys other = keys;
  other.prf = *crypto::SymmetricKey::from(Bytes(32, 'z'));
  std::string const id = "indicator--" + uuid_of(1);
  Original const original{state.law.party_of(ru), id};
  EXPECT_NE(edition_id(keys, state.law, state.law.party_of(iq), original),
            edition_id(other, state.law, state.law.party_of(iq), original));
}

TEST_F(Edition, GranularCutsKeepTheMeaningOfOtherSelectors) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {[] {
                                     model::Clause clause = grant("all");
                                     clause.items.marking_max = model::Tlp::amber;
                                     return clause;
                                   }()});
  std::string const red = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
  std::string const green = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
  contribute(
      ru, a,
      indicator(1, R"(,"labels":["CANARY-0","one","CANARY-2","three"],"description":"CANARY-D",)"
                   R"("granular_markings":[{"marking_ref":")" +
                       red + R"(","selectors":["labels.[0]","labels.[2]","description"]},{"marking_ref":")" +
                       green + R"(","selectors":["labels.[3]","labels.[2]","name"]}])"));
  Bytes const bytes = only_edition_for(iq);
  EXPECT_EQ(bytes.find("CANARY"), Bytes::npos) << bytes;
  EXPECT_EQ(bytes.find(red), Bytes::npos);
  json::Object const object = parsed(bytes);
  EXPECT_EQ(json::write(object.at("labels")), R"(["one","three"])");
  EXPECT_EQ(json::write(object.at("granular_markings")),
            R"([{"marking_ref":")" + green + R"(","selectors":["labels.[1]","name"]}])");
}

TEST_F(Edition, AListThatBecomesEmptyGoes) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {[] {
                                     model::Clause clause = grant("all");
                                     clause.items.marking_max = model::Tlp::amber;
                                     return clause;
                                   }()});
  std::string const red = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
  contribute(ru, a,
             indicator(1, R"(,"labels":["CANARY"],"granular_markings":[{"marking_ref":")" + red +
                              R"(","selectors":["labels.[0]"]}])"));
  json::Object const object = parsed(only_edition_for(iq));
  EXPECT_FALSE(object.contains("labels"));
  EXPECT_FALSE(object.contains("granular_markings"));
}

Bytes location(int number, std::string const& latitude, std::string const& longitude,
               std::string const& more = "") {
  return R"({"type":"location","spec_version":"2.1","id":"location--)" + uuid_of(number) +
         R"(","created":")" + created_1 + R"(","modified":")" + created_1 + R"(","name":"camp","latitude":)" +
         latitude + R"(,"longitude":)" + longitude + more + "}";
}

TEST_F(Edition, CoarsePlacesSayTheirPrecision) {
  model::Clause clause = grant_of("some", {"latitude", "longitude", "name"});
  clause.location_grid_m = 8192;
  clause.attribution = model::Attribution::centre;
  AgreementKey const a = agreement("ru.a", {ru, iq}, {clause});
  contribute(ru, a, location(1, "35.4012345", "35.9487654", R"(,"precision":12.5)"));
  contribute(ru, a, location(2, "35.4012399", "35.9487699", R"(,"precision":99)"));
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 2u);
  Bytes const first = edition(shown[0]);
  EXPECT_EQ(first.find("35.40123"), Bytes::npos) << first;
  EXPECT_EQ(first.find("35.94876"), Bytes::npos) << first;
  EXPECT_EQ(first.find("12.5"), Bytes::npos) << first;
  json::Object const one = parsed(first), two = parsed(edition(shown[1]));
  EXPECT_EQ(one.at("latitude"), two.at("latitude")) << "places of one cell are one place";
  EXPECT_EQ(one.at("precision"), two.at("precision")) << "the original's precision was not granted";
  EXPECT_GT(one.at("precision").to_number<int>(), 4096);
  EXPECT_EQ(text(one, "created_by_ref"), state.centre.identity);
}

// ru has an identity that a framework has too: wherever it stands, it would say whose the edition is (A8).
TEST_F(Edition, InTheCentresNameItNamesNoAuthorWhereverThatStands) {
  std::string const own = "identity--" + uuid_of(70), home = R"(,"created_by_ref":")" + own + "\"";
  model::Clause clause = grant_of(
      "some", {"created_by_ref", "description", "object_refs", "published", "name", "value", "x_who",
               "where_sighted_refs", "sighting_of_ref", "relationship_type", "source_ref", "target_ref"});
  clause.attribution = model::Attribution::centre;
  AgreementKey const a = agreement("ru.a", {ru, iq}, {clause});
  AgreementKey const alone = agreement("ru.alone", {ru}, {});
  auto const head = [](std::string const& type, int number) {
    return R"({"type":")" + type + R"(","spec_version":"2.1","id":")" + type + "--" + uuid_of(number) +
           R"(","created":")" + created_1 + R"(","modified":")" + created_1 + "\"";
  };
  contribute(ru, alone,
             R"({"type":"identity","spec_version":"2.1","id":")" + own + R"(","created":")" + created_1 +
                 R"(","modified":")" + created_1 + R"(","name":"RU staff","identity_class":"organization"})");
  state::Frameworks& frameworks = state.holdings.frameworks;
  frameworks.allow("ics", "ATT&CK for ICS", {}, 100);
  state::FrameworkObject published;
  published.type = "identity", published.id = own, published.version = created_1;
  frameworks.load(published);
  contribute(ru, a, head("campaign", 71) + R"(,"name":"kept","description":"by )" + own + "\"" + home + "}");
  contribute(ru, a,
             head("report", 72) + R"(,"name":"of it","published":")" + created_1 + R"(","object_refs":[")" +
                 own + R"(","malware--)" + uuid_of(9) + R"("],"x_who":")" + own + "\"}");
  contribute(ru, a,
             head("sighting", 73) + R"(,"sighting_of_ref":"malware--)" + uuid_of(9) +
                 R"(","where_sighted_refs":[")" + own + R"("]})");
  contribute(ru, a,
             head("relationship", 74) + R"(,"relationship_type":"attributed-to","source_ref":"campaign--)" +
                 uuid_of(71) + R"(","target_ref":")" + own + "\"}");
  contribute(
      ru, a,
      R"({"type":"ipv4-addr","id":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4","value":"198.51.100.3")" +
          home + "}");
  std::string const all = served(iq);
  EXPECT_EQ(all.find(own), std::string::npos) << all;
  EXPECT_EQ(received(iq).size(), 4u) << "a relationship to it is nothing without it: " << all;
  EXPECT_NE(all.find("malware--" + uuid_of(9)), std::string::npos);
}

TEST_F(Edition, InTheCentresNameAnIdentityIsDerivedFromNone) {
  std::string const id = "identity--" + uuid_of(70);
  model::Clause clause = grant_of("some", {"name"});
  clause.attribution = model::Attribution::centre;
  auto const identity = [&](std::string const& name) {
    return R"({"type":"identity","spec_version":"2.1","id":")" + id + R"(","created":")" + created_1 +
           R"(","modified":")" + created_1 + R"(","name":")" + name + "\"}";
  };
  contribute(il, agreement("il.b", {il, iq}, {grant("all")}), identity("known"));
  contribute(ru, agreement("ru.a", {ru, iq}, {clause}), identity("a friend"));
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_NE(edition(shown[0]).find(id), std::string::npos);
  EXPECT_EQ(edition(shown[1]).find(id), std::string::npos) << edition(shown[1]);
  EXPECT_NE(edition(shown[1]).find("a friend"), std::string::npos);
}

TEST_F(Edition, AGrantedPrecisionIsAddedAndRoundedUpToTheGrid) {
  model::Clause clause = grant_of("some", {"latitude", "longitude", "precision"});
  clause.location_grid_m = 1024;
  AgreementKey const a = agreement("ru.a", {ru, iq}, {clause});
  contribute(ru, a, location(1, "35", "36", R"(,"precision":1500)"));
  int64_t const radius = parsed(only_edition_for(iq)).at("precision").to_number<int64_t>();
  EXPECT_GE(radius, 2048 + 512);
  EXPECT_LE(radius, 2048 + 1500);
}

TEST_F(Edition, HalfAPlaceIsNoPlace) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant_of("some", {"latitude", "country"})});
  contribute(ru, a, location(1, "35.4012345", "36", R"(,"country":"SY")"));
  json::Object const object = parsed(only_edition_for(iq));
  EXPECT_FALSE(object.contains("latitude"));
  EXPECT_EQ(text(object, "country"), "SY");
}

// On a grid half a place cannot be sent: the feed has no place for what could not be served.
TEST_F(Edition, ARequiredPropertyOfHalfPlacesIsWithheldBeforeItIsAnnounced) {
  model::Clause clause = grant_of("some", {"contents", "object_ref"});
  clause.location_grid_m = 8192;
  AgreementKey const a = agreement("ru.a", {ru, iq}, {clause});
  auto const translation = [](int number, std::string const& contents) {
    return R"({"type":"language-content","spec_version":"2.1","id":"language-content--)" + uuid_of(number) +
           R"(","created":")" + created_1 + R"(","modified":")" + created_1 + R"(","object_ref":"malware--)" +
           uuid_of(9) + R"(","contents":{"de":)" + contents + "}}";
  };
  contribute(ru, a, translation(1, R"({"latitude":35.4012345})"));
  EXPECT_TRUE(state.holdings.feed({a, iq}).entries.empty());
  contribute(ru, a, translation(2, R"({"latitude":35.4012345,"name":"kept"})"));
  Bytes const bytes = only_edition_for(iq);
  EXPECT_NE(bytes.find("kept"), Bytes::npos);
  EXPECT_EQ(bytes.find("latitude"), Bytes::npos);
}

// Each grant alone would send the one coordinate on the grid or not at all.
TEST_F(Edition, AMarkedCoordinateIsNoMoreExactThanTheGrantThatGivesIt) {
  model::Clause everything = grant("everything"), coarse = grant_of("coarse", {"x_place", "latitude"});
  everything.items.marking_max = model::Tlp::amber;
  everything.items.unmarked = model::Allow::allow;
  coarse.location_grid_m = 8192;
  AgreementKey const a = agreement("ru.a", {ru, iq}, {everything, coarse});
  std::string const red = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";
  contribute(ru, a,
             location(1, "35.4012345", "36.5012345",
                      R"(,"country":"SY","x_place":{"latitude":35.4012345,"longitude":36.5012345},)"
                      R"("granular_markings":[{"marking_ref":")" +
                          red + R"(","selectors":["latitude","x_place.latitude"]}])"),
             {iq});
  Bytes const bytes = only_edition_for(iq);
  json::Object const object = parsed(bytes);
  EXPECT_EQ(bytes.find("35.4012345"), Bytes::npos) << bytes;
  EXPECT_NE(bytes.find("36.5012345"), Bytes::npos) << bytes;
  EXPECT_EQ(object.at("latitude"), object.at("x_place").at("latitude"));
}

TEST_F(Edition, TimesAreRoundedDownAndStayInOrder) {
  model::Clause clause = grant_of("some", {"pattern", "pattern_type", "valid_from", "valid_until"});
  clause.time_round_s = 4096;
  AgreementKey const a = agreement("ru.a", {ru, iq}, {clause});
  contribute(ru, a, indicator(1, R"(,"valid_until":"2025-05-05T05:06:00Z")"));
  contribute(ru, a, indicator(2, R"(,"valid_until":"2025-06-05T05:06:00Z")"));
  auto const shown = received(iq);
  json::Object const near = parsed(edition(shown[0])), far = parsed(edition(shown[1]));
  UtcTime const from = *parse_stix_time(text(near, "valid_from"));
  EXPECT_EQ(from.us % 4'096'000'000, 0);
  EXPECT_LE(from, *parse_stix_time("2025-05-05T05:05:05.055Z"));
  EXPECT_FALSE(near.contains("valid_until")) << "it would no longer be after valid_from";
  EXPECT_EQ(parse_stix_time(text(far, "valid_until"))->us % 4'096'000'000, 0);
}

Bytes report(int number, std::vector<std::string> const& references, std::string const& more = "") {
  std::string list;
  for (std::string const& id : references) list += (list.empty() ? "\"" : ",\"") + id + "\"";
  return R"({"type":"report","spec_version":"2.1","id":"report--)" + uuid_of(number) + R"(","created":")" +
         created_1 + R"(","modified":")" + created_1 +
         R"(","name":"R","published":"2025-01-01T00:00:00Z","object_refs":[)" + list + "]" + more + "}";
}

model::Clause grant_types(std::string id, std::vector<std::string> types) {
  model::Clause clause = grant(std::move(id));
  clause.items.types = std::move(types);
  return clause;
}

TEST_F(Edition, AReferenceTheViewerMayNotHaveIsDropped) {  // A5
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant_types("reports", {"report", "indicator"})});
  contribute(ru, a, indicator(1));
  Bytes const address =
      R"({"type":"ipv4-addr","id":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4","value":"198.51.100.3"})";
  contribute(ru, a, address);
  contribute(ru, a,
             report(2, {"indicator--" + uuid_of(1), "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4",
                        "malware--" + uuid_of(9)}));
  std::string const all = served(iq);
  EXPECT_EQ(all.find("28bb3599"), std::string::npos) << all;
  EXPECT_NE(all.find("indicator--" + uuid_of(1)), std::string::npos);
  EXPECT_NE(all.find("malware--" + uuid_of(9)), std::string::npos) << "not its author's: the author's text";
  EXPECT_EQ(all.find("report--" + uuid_of(2)), std::string::npos) << "an edition has an id of its own";
}

TEST_F(Edition, ANestedReferenceTheViewerMayNotHaveIsDropped) {  // A5
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant_types("files", {"file"})});
  std::string const address = "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4";
  contribute(ru, a, R"({"type":"ipv4-addr","id":")" + address + R"(","value":"198.51.100.3"})");
  std::string const file =
      R"({"type":"file","id":"file--9a1f834d-2506-5367-baec-7aa63996ac43","name":"a.eml","extensions":)";
  contribute(ru, a, file + R"({"x-ext":{"x_from_ref":")" + address + R"(","x_note":"kept"}}})");
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 1u);
  json::Object const made = parsed(edition(shown[0]));
  EXPECT_EQ(json::write(made.at("extensions")), R"({"x-ext":{"x_note":"kept"}})");
}

TEST_F(Edition, AnArchiveOfWhichNothingIsLeftIsWithheld) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant_types("files", {"file"})});
  std::string const folder = "directory--93c0a9b0-520d-545d-9094-1a08ddf46b05";
  contribute(ru, a, R"({"type":"directory","id":")" + folder + R"(","path":"/x"})");
  contribute(
      ru, a,
      R"({"type":"file","id":"file--9a1f834d-2506-5367-baec-7aa63996ac43","name":"a.zip","extensions":{"archive-ext":{"contains_refs":[")" +
          folder + R"("]}}})");
  EXPECT_TRUE(received(iq).empty());
}

// Cut part by part: the feed has no place for what could not be served.
TEST_F(Edition, AListThatMarkingsEmptyIsWithheldBeforeItIsAnnounced) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  std::string const red = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";
  auto const marked = [&](char const* selectors) {
    return R"(,"granular_markings":[{"marking_ref":")" + red + R"(","selectors":[)" + selectors + "]}]";
  };
  contribute(ru, a,
             report(2, {"malware--" + uuid_of(8), "malware--" + uuid_of(9)},
                    marked(R"("object_refs.[0]","object_refs.[1]")")));
  EXPECT_TRUE(state.holdings.feed({a, iq}).entries.empty());
  contribute(ru, a,
             report(3, {"malware--" + uuid_of(8), "malware--" + uuid_of(9)}, marked(R"("object_refs.[0]")")));
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(json::write(parsed(edition(shown[0])).at("object_refs")), "[\"malware--" + uuid_of(9) + "\"]");
}

TEST_F(Edition, AReferenceToAnEditionIsToTheViewersOwnIdOfIt) {
  model::Clause some = grant_of("some", {"pattern", "pattern_type", "valid_from"});
  some.items.types = std::vector<std::string>{"indicator"};
  AgreementKey const a = agreement("ru.a", {ru, iq, il}, {some, grant_types("reports", {"report"})});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  contribute(ru, a, report(2, {"indicator--" + uuid_of(1)}));
  for (OfficeKey viewer : {iq, il}) {
    auto const shown = received(viewer);
    ASSERT_EQ(shown.size(), 2u);
    EXPECT_EQ(json::write(parsed(edition(shown[1])).at("object_refs")), "[\"" + shown[0].id() + "\"]");
    EXPECT_EQ(served(viewer).find(uuid_of(1)), std::string::npos);
  }
}

TEST_F(Edition, AnIdKnownFromAnotherOriginatorComesAsDerivedFromIt) {  // G2
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")}),
                     b = agreement("il.b", {il, iq}, {grant("all")});
  contribute(ru, a, indicator(1));
  contribute(il, b, indicator(1, R"(,"confidence":50)", "2025-09-01T00:00:00Z"));
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(shown[0].id(), "indicator--" + uuid_of(1));
  EXPECT_NE(shown[1].id(), shown[0].id());
  json::Object const second = parsed(edition(shown[1]));
  EXPECT_EQ(text(second, "x_comity_derived_from"), shown[0].id());
  EXPECT_EQ(text(second, "name"), "NAME");
}

TEST_F(Edition, DerivedFromNeverNamesAnIdThatTheViewerDoesNotKnow) {
  AgreementKey const a =
      agreement("ru.a", {ru, iq}, {grant_of("some", {"pattern", "pattern_type", "valid_from"})});
  AgreementKey const b = agreement("il.b", {il, iq}, {grant("all")});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  contribute(il, b, indicator(1, R"(,"confidence":50)", "2025-09-01T00:00:00Z"));
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(served(iq).find(uuid_of(1)), std::string::npos);
  EXPECT_EQ(shown[1].derived_from(), shown[0].id());
}

TEST_F(Edition, AWholeReleaseAfterAnEditionSaysWhatItContinues) {
  AgreementKey const a =
      agreement("ru.a", {ru, iq}, {grant_of("some", {"pattern", "pattern_type", "valid_from"})});
  AgreementKey const b = agreement("ru.b", {ru, iq}, {grant("all")});
  ItemKey const item = contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  std::string const first = received(iq).front().id();
  contribute_again(item, ru, b);
  auto const shown = received(iq);
  ASSERT_EQ(shown.size(), 1u) << "the finer form is the one that is served";
  EXPECT_TRUE(shown.front().is_whole());
  EXPECT_EQ(shown.front().derived_from(), first);
  EXPECT_EQ(edition(shown.front()), indicator(1, R"(,"confidence":5)"));
}

TEST_F(Edition, OtherBytesThanTheItemsAreRefused) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  contribute(ru, a, indicator(1));
  contribute(ru, a, indicator(2));
  auto const shown = received(iq);
  auto const wrong = make_edition(shown[0], {shown[1].payload(), payloads.at(shown[1].payload())});
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, ErrorCode::corrupt);
}

TEST_F(Edition, WhatWouldNotBeAWholeObjectIsWithheld) {  // A4
  AgreementKey const a = agreement("ru.a", {ru, iq}, {[] {
                                     model::Clause clause = grant("all");
                                     clause.items.marking_max = model::Tlp::amber;
                                     return clause;
                                   }()});
  std::string const red = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
  contribute(
      ru, a,
      report(1, {"malware--" + uuid_of(9)},
             R"(,"granular_markings":[{"marking_ref":")" + red + R"(","selectors":["object_refs.[0]"]}])"));
  EXPECT_EQ(served(iq).find("malware--"), std::string::npos);
}

TEST_F(Edition, AnEditionIsNotedOnce) {  // A14
  AgreementKey const a =
      agreement("ru.a", {ru, iq}, {grant_of("some", {"pattern", "pattern_type", "valid_from"})});
  contribute(ru, a, indicator(1, R"(,"confidence":5)"));
  Shown const shown = received(iq).front();
  auto const bytes = make_edition(shown, {shown.payload(), payloads.at(shown.payload())});
  auto const note = release::served(shown, *bytes, keys);
  ASSERT_TRUE(note.has_value());
  EXPECT_FALSE(is_noted(state.holdings, *note));
  state.holdings.add_served(*note);
  EXPECT_TRUE(is_noted(state.holdings, *note));
}

TEST_F(Edition, NothingIsShownAfterASuspension) {
  AgreementKey const a = agreement("ru.a", {ru, iq}, {grant("all")});
  contribute(ru, a, indicator(1));
  Shown const before = received(iq).front();
  suspend(a);
  EXPECT_TRUE(received(iq).empty());
  auto const late = make_edition(before, {before.payload(), payloads.at(before.payload())});
  EXPECT_FALSE(late->current_at(state.epoch)) << "what was made before may not leave any more";
}

}  // namespace
}  // namespace comity::release
