// What does not compile, and what its drafter is told. Each row is one change to the joint information centre.
#include <gtest/gtest.h>

#include "forms/agreement_samples.h"

namespace comity::forms {
namespace {

struct Row {
  std::string_view pointer;               // of the member that is changed
  std::optional<std::string_view> value;  // JSON; none: taken out
  std::string told;                       // "pointer: reason"; empty: it compiles
};

void check(std::initializer_list<Row> rows) {
  for (Row const& row : rows) {
    std::string const expected = row.told.empty() ? "" : row.told + "\n";
    EXPECT_EQ(problems_of(changed("joint-information-centre", row.pointer, row.value)), expected)
        << row.pointer << " = " << row.value.value_or("(taken out)");
  }
}

constexpr auto gone = std::nullopt;
std::string const missing = ": missing, and there is no default for it";

TEST(AgreementRefused, WhatIsMissing) {
  for (std::string key : {"format",
                          "id",
                          "version",
                          "kind",
                          "title",
                          "binding",
                          "text",
                          "visibility",
                          "depositary",
                          "sponsors",
                          "eligible",
                          "adoption",
                          "consent_by",
                          "entry_into_force",
                          "late_joiner_delay",
                          "provisional_application",
                          "retroactivity",
                          "reservations",
                          "objection_window",
                          "amendment",
                          "suspension",
                          "withdrawal",
                          "term",
                          "min_parties",
                          "survival"})
    check({{"/" + key, gone, "/" + key + missing}});
  for (std::string key : {"id", "type", "text", "from", "to", "items", "fields", "precision", "attribution",
                          "delay", "onward", "recall"})
    if (key != "type") check({{"/clauses/0/" + key, gone, "/clauses/0/" + key + missing}});
  check({{"/clauses/0/type", gone, "/clauses/0/type" + missing},
         {"/visibility/acts", gone, "/visibility/acts" + missing},
         {"/eligible/accept", gone, "/eligible/accept" + missing},
         {"/clauses/2/scope", gone, "/clauses/2/scope" + missing},
         {"/clauses/1/items/area/polygon", gone, "/clauses/1/items/area/polygon" + missing}});
}

TEST(AgreementRefused, WhatMayBeLeftOut) {
  check({{"/template", gone, ""},
         {"/clauses/0/applies_from", gone, ""},
         {"/clauses/0/retention", gone, ""},
         {"/clauses/0/items", "{}", ""},
         {"/eligible", R"({"mode":"closed"})", ""},
         {"/participants/0/offices", gone, ""},
         {"/clauses/0/precision", "{}", ""}});
}

TEST(AgreementRefused, TypesUnitsAndWords) {
  check(
      {{"/binding", "1", "/binding: must be true or false"},
       {"/exercise", "\"yes\"", "/exercise: must be true or false"},
       {"/exercise", "true", ""},
       {"/title", "7", "/title: must be one line of 1 to 200 bytes"},
       {"/title", R"("two\nlines")", "/title: must be one line of 1 to 200 bytes"},
       {"/version", "0", "/version: must be an integer, written without a point, from 1 to 4294967295"},
       {"/version", "1.5", "/version: must be an integer, written without a point, from 1 to 4294967295"},
       {"/min_parties/n", "\"2\"",
        "/min_parties/n: must be an integer, written without a point, from 1 to 1000"},
       {"/objection_window", "\"P1Y\"",
        "/objection_window: must be a duration like \"P30D\" or \"PT1H30M\": days, hours, minutes and "
        "seconds only"},
       {"/objection_window", "\"P99999D\"", "/objection_window: must be at most \"P36525D\""},
       {"/clauses/0/applies_from/date", "\"2015-11-01T00:00:00Z\"",
        "/clauses/0/applies_from/date: must be a time like \"2026-01-31T12:00:00.000000Z\""},
       {"/format", "\"comity-agreement/2\"", "/format: unknown word; the only one here: comity-agreement/1"},
       {"/kind", "\"pact\"",
        "/kind: unknown word; one of: memorandum, bilateral, convention, resolution, arrangement"},
       {"/visibility/text", "\"all\"",
        "/visibility/text: unknown word; one of: public, parties, negotiators"},
       {"/adoption/rule", "\"loudest\"",
        "/adoption/rule: unknown word; one of: simple_majority, two_thirds_present, absolute_majority, "
        "sc_procedural, sc_substantive, unanimity_strict, unanimity_lenient, consensus, silence, weighted, "
        "veto_set, "
        "class_majorities"},
       {"/adoption", R"({"rule":"weighted","weights":{"ru":2}})",
        "/adoption/rule: rules with weights, vetoes or classes come with a later version of this centre"},
       {"/adoption", R"({"rule":"simple_majority","quorum":3})", ""},
       {"/term", R"({"mode":"until","until":"2027-01-01T00:00:00.000000Z"})", ""},
       {"/term", R"({"mode":"until"})", "/term/until" + missing},
       {"/clauses", "{}",
        "/clauses: must be a list\n"
        "/reservations/clauses/0: no clause of this agreement has this id\n"
        "/suspension/non_suspendable/0: no clause of this agreement has this id\n"
        "/survival/0: no clause of this agreement has this id"}});
}

TEST(AgreementRefused, UnknownKeysAtAnyDepth) {
  check({{"/participants/0/seat", "1",
          "/participants/0/seat: unknown key; known here: party, founding_key, offices"},
         {"/clauses/0/precision/altitude", "{}",
          "/clauses/0/precision/altitude: unknown key; known here: location, time"},
         {"/clauses/1/precision/location", R"({"grid_km":8})",
          "/clauses/1/precision/location/grid_m" + missing +
              "\n/clauses/1/precision/location/grid_km: unknown key; known here: grid_m"},
         {"/clauses/3/from", "\"each\"",
          "/clauses/3/from: unknown key; known here: id, type, text, humanitarian, applies_from, "
          "applies_until"},
         {"/reservations", R"({"mode":"any","clauses":["no-reuse"]})",
          "/reservations/clauses: unknown key; known here: mode"},
         {"/a~b", "1",
          "/a~0b: unknown key; known here: format, id, version, template, kind, title, binding, exercise, "
          "text, "
          "visibility, "
          "depositary, sponsors, participants, eligible, adoption, consent_by, entry_into_force, "
          "late_joiner_delay, "
          "provisional_application, retroactivity, reservations, objection_window, amendment, suspension, "
          "withdrawal, "
          "term, min_parties, survival, clauses, status"}});
}

TEST(AgreementRefused, Names) {
  check(
      {{"/id", "\"baghdad\"", "/id: must be an agreement's id, like \"ru.baghdad-centre\""},
       {"/id", "\"us.baghdad-centre\"", "/id: must begin with the party of a sponsor"},
       {"/depositary", "\"us\"", "/depositary: must be \"centre\" or a party listed in participants"},
       {"/depositary", "\"ir\"", ""},
       {"/sponsors", "[]",
        "/sponsors: an empty list means nothing here; name something, or leave the key out if it may be "
        "absent"},
       {"/sponsors/1", "\"us\"", "/sponsors/1: a sponsor must be listed in participants"},
       {"/sponsors/1", "\"ru\"", "/sponsors/1: stands in this list twice"},
       {"/sponsors/1", "\"iq/defence\"", "/sponsors/1: must be a party, like \"ru\""},
       {"/participants/3/party", "\"iq\"",
        "/participants/3/party: is listed already; put its offices into one entry\n"
        "/participants/3/offices/0: is not an office of the party it is listed under"},
       {"/participants/0/offices", "[]",
        "/participants/0/offices: an empty list means nothing here; name something, or leave the key out if "
        "it may "
        "be absent"},
       {"/participants/0/offices/0", "\"sy/general-staff\"",
        "/participants/0/offices/0: is not an office of the party it is listed under"},
       {"/participants/0/offices/0", "\"RU/mfa\"",
        "/participants/0/offices/0: must be an office, like \"ru/general-staff\""},
       {"/eligible", R"({"mode":"list","list":["us","us"]})", "/eligible/list/1: stands in this list twice"},
       {"/eligible", R"({"mode":"seats"})",
        "/eligible/mode: seats of an organ come with a later version of this centre"},
       {"/survival", R"(["no-reuse","gone"])", "/survival/1: no clause of this agreement has this id"},
       {"/suspension/non_suspendable/0", "\"gone\"",
        "/suspension/non_suspendable/0: no clause of this agreement has this id"},
       {"/reservations/clauses/0", "\"gone\"",
        "/reservations/clauses/0: no clause of this agreement has this id"}});
}

TEST(AgreementRefused, Selectors) {
  check({{"/clauses/0/to", R"(["iq","sy/general-staff"])", ""},
         {"/clauses/0/to", "[]", ""},
         {"/clauses/0/to", R"(["us"])",
          "/clauses/0/to/0: a selector may only name parties and offices listed in participants"},
         {"/clauses/0/to", R"(["iq","ru/mfa"])",
          "/clauses/0/to/1: a selector may only name parties and offices listed in participants"},
         {"/clauses/0/from", "\"everyone\"", "/clauses/0/from: unknown word; one of: each, others"},
         {"/clauses/0/from", R"({"seats":"unsc"})",
          "/clauses/0/from: seats of an organ come with a later version of this centre"},
         {"/clauses/0/from", "7",
          "/clauses/0/from: must be \"each\", \"others\" or a list of parties and offices"}});
}

TEST(AgreementRefused, Clauses) {
  check(
      {{"/clauses/1/id", "\"share-core\"",
        "/clauses/1/id: is the id of another clause of this agreement\n"
        "/reservations/clauses/0: no clause of this agreement has this id"},
       {"/clauses/0/id", "\"Share Core\"",
        "/clauses/0/id: must be a clause id: 2 to 32 lower-case letters, digits or hyphens, a letter first"},
       {"/clauses/3/type", "\"promise\"",
        "/clauses/3/type: unknown word; one of: text, grant, prohibit, deconflict, notify, contact, consult"},
       {"/clauses/3/type", "\"consult\"",
        "/clauses/3/type: clause type \"consult\" comes with a later version of this centre"},
       {"/clauses/2/scope", "\"everywhere\"",
        "/clauses/2/scope: unknown word; one of: this_agreement, between_participants"},
       {"/clauses/2/fields", R"({"only":[]})",
        "/clauses/2/fields: prohibits nothing; name a property, or say \"all\""},
       {"/clauses/1/fields", R"({"only":[]})", ""},
       {"/clauses/1/fields", "\"some\"", "/clauses/1/fields: unknown word; the only one here: all"},
       {"/clauses/1/fields", R"(["name"])", "/clauses/1/fields: must be \"all\" or {\"only\": [properties]}"},
       {"/clauses/1/fields/only/0", "\"name.first\"",
        "/clauses/1/fields/only/0: must be the name of a top-level STIX property, like \"labels\""}});
}

std::string const lists_its_fields =
    ": a grant with a precision, or with attribution \"centre\", lists its fields: {\"only\": [properties]}";

TEST(AgreementRefused, PrecisionIsAStepOfTheLadderAndListsItsFields) {
  check({{"/clauses/1/precision/location/grid_m", "10000",
          "/clauses/1/precision/location/grid_m: must be a power of two, so that grids nest"},
         {"/clauses/1/precision/location/grid_m", "2097152",
          "/clauses/1/precision/location/grid_m: must be an integer, written without a point, from 1 to "
          "1048576"},
         {"/clauses/1/precision/time/round_s", "3600",
          "/clauses/1/precision/time/round_s: must be a power of two, so that grids nest"},
         {"/clauses/0/precision", R"({"time":{"round_s":64}})", "/clauses/0/fields" + lists_its_fields},
         {"/clauses/0/attribution", "\"centre\"", "/clauses/0/fields" + lists_its_fields}});
}

TEST(AgreementRefused, AProhibitionOfWhatComesWithEveryObject) {
  check({{"/clauses/2/fields", R"({"only":["spec_version","name"]})",
          "/clauses/2/fields: \"spec_version\" comes with every object, so it cannot be prohibited; prohibit "
          "the items, "
          "by \"types\" and \"all\""},
         {"/clauses/2/fields", R"({"only":["created","name"]})", ""}});
}

TEST(AgreementRefused, Filters) {
  check(
      {{"/clauses/0/items/marking_max", "\"white\"",
        "/clauses/0/items/marking_max: unknown word; one of: clear, green, amber, amber_strict, red"},
       {"/clauses/0/items/types", "[]",
        "/clauses/0/items/types: an empty list means nothing here; name something, or leave the key out if "
        "it may be "
        "absent"},
       {"/clauses/0/items/types/0", "\"Report\"",
        "/clauses/0/items/types/0: must be a STIX type, like \"threat-actor\""},
       {"/clauses/0/items/statement_markings", "\"deny\"",
        "/clauses/0/items/statement_markings: a statement restricts nothing, so there is nothing to deny; "
        "leave the key out"},
       {"/clauses/0/items/other_markings", R"(["marking-definition--ee4daa3c-9d92-4bff-8c2b-1d2f3b0a7a53"])",
        ""},
       {"/clauses/0/items/other_markings", R"(["identity--ee4daa3c-9d92-4bff-8c2b-1d2f3b0a7a53"])",
        "/clauses/0/items/other_markings/0: must be the id of a marking-definition"},
       {"/clauses/0/items/object_ids", R"(["report--1"])",
        "/clauses/0/items/object_ids/0: must be a STIX id, like "
        "\"identity--8c6af861-7b20-41ef-9b59-6344fd872a8f\""},
       {"/clauses/0/items/valid_within",
        R"({"from":"2015-11-01T00:00:00.000000Z","until":"2015-10-01T00:00:00.000000Z"})",
        "/clauses/0/items/valid_within: ends before it begins"},
       {"/clauses/1/items/area/polygon/0/0", "1800000001",
        "/clauses/1/items/area/polygon/0/0: must be an integer, written without a point, from -1800000000 to "
        "1800000000"},
       {"/clauses/1/items/area/polygon/0", "[1]",
        "/clauses/1/items/area/polygon/0: must be [longitude, latitude] in 1e-7 degrees"},
       {"/clauses/1/items/area/polygon", "[[0,0],[1,1]]",
        "/clauses/1/items/area/polygon: must have at least three points"},
       {"/clauses/1/items/area/polygon", "[[0,0],[9,0],[9,9],[0,0]]",
        "/clauses/1/items/area/polygon: closes itself: leave the last point, which is the first again, out"},
       {"/clauses/1/items/area/polygon", "[[0,0],[9,9],[9,0],[0,9]]",
        "/clauses/1/items/area/polygon: must not cross or touch itself, and no point may repeat"}});
}

TEST(AgreementRefused, Conditions) {
  check({{"/entry_into_force",
          R"({"any_of":[{"consents":3},{"all_of":[{"consents":["ru","iq"]},{"in_force":"ru.ccit"}]}]})", ""},
         {"/entry_into_force", R"({"consents":0})",
          "/entry_into_force/consents: must be an integer, written without a point, from 1 to 1000"},
         {"/entry_into_force", R"({"consents":"most"})",
          "/entry_into_force/consents: must be \"all\", a number of parties, or a list of parties"},
         {"/entry_into_force", "{}",
          "/entry_into_force: must have exactly one of: consents, date, in_force, all_of, any_of"},
         {"/entry_into_force", R"({"consents":"all","in_force":"ru.ccit"})",
          "/entry_into_force: must have exactly one of: consents, date, in_force, all_of, any_of"},
         {"/entry_into_force", R"({"adopted":"ru.unsc-isil-resolution"})",
          "/entry_into_force/adopted: organs and their resolutions come with a later version of this centre"},
         {"/entry_into_force", R"({"all_of":[]})",
          "/entry_into_force/all_of: must name at least one condition"},
         {"/entry_into_force", R"({"all_of":[{"all_of":[{"all_of":[{"consents":1}]}]}]})", ""},
         {"/entry_into_force", R"({"all_of":[{"all_of":[{"all_of":[{"all_of":[{"consents":1}]}]}]}]})",
          "/entry_into_force/all_of/0/all_of/0/all_of/0/all_of: conditions stand in each other at most 4 "
          "deep"}});
}

TEST(AgreementRefused, ConditionsOfManyParts) {
  std::string ten = R"({"consents":1})";
  for (int i = 1; i < 11; ++i) ten += R"(,{"consents":1})";
  std::string const eleven = R"({"any_of":[)" + ten + "]}";
  std::string const thirty_three = R"({"all_of":[)" + eleven + "," + eleven + "," + eleven + "]}";
  check({{"/entry_into_force", R"({"all_of":[)" + eleven + "," + eleven + "]}", ""},
         {"/entry_into_force", thirty_three,
          "/entry_into_force/all_of/2/any_of/10: a condition has at most 32 parts"}});
}

TEST(AgreementRefused, NamesAreCounted) {
  std::string list;
  for (size_t i = 0; i < limits::agreement_names; ++i)
    list += (i ? ",\"p" : "\"p") + std::to_string(i) + "\"";
  check({{"/eligible", R"({"mode":"list","list":[)" + list + "]}",
          ": names parties and offices 1010 times; at most 1000 are taken"}});
}

// An absent `unmarked` beside a ceiling says what the ceiling says of an item that cannot be asked (25-isolation A18).
TEST(AgreementFilter, AnAbsentUnmarkedDeniesInAGrantAndHoldsInAProhibition) {
  auto const grant = compile(changed("joint-information-centre", "/clauses/0/items/unmarked", gone));
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->text.clauses[0].items.unmarked, model::Allow::deny);
  auto const prohibition =
      compile(changed("joint-information-centre", "/clauses/2/items/marking_max", "\"amber\""));
  ASSERT_TRUE(prohibition);
  EXPECT_EQ(prohibition->text.clauses[2].items.unmarked, model::Allow::allow);
  auto const no_ceiling = compile(changed("joint-information-centre", "/clauses/0/items", "{}"));
  ASSERT_TRUE(no_ceiling);
  EXPECT_EQ(no_ceiling->text.clauses[0].items.unmarked, model::Allow::allow);
}

}  // namespace
}  // namespace comity::forms
