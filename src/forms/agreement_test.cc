#include "forms/agreement.h"

#include <gtest/gtest.h>

#include "base/seam.h"
#include "forms/agreement_samples.h"
#include "model/text_walk.h"

namespace comity::forms {
namespace {

constexpr char const* centre = "joint-information-centre";

TEST(Agreement, TheJointInformationCentreCompiles) {
  auto const compiled = compile(sample(centre));
  ASSERT_TRUE(compiled) << problems_of(sample(centre));
  model::Text const& text = compiled->text;
  EXPECT_EQ(text.id, "ru.baghdad-centre");
  EXPECT_EQ(text.kind, model::AgreementKind::memorandum);
  EXPECT_EQ(text.participants.size(), 4u);
  EXPECT_EQ(text.participants[2].offices[0].name, "iq/defence");
  EXPECT_TRUE(text.participants[2].offices[0].office.is_none()) << "keys are filled in elsewhere";
  EXPECT_EQ(text.eligible.accept->rule, model::VotingRule::unanimity_strict);
  EXPECT_EQ(text.objection_window, days(30));
  EXPECT_FALSE(text.term);
  ASSERT_EQ(text.clauses.size(), 4u);

  model::Clause const& core = text.clauses[0];
  EXPECT_EQ(core.type, model::ClauseType::grant);
  EXPECT_EQ(core.to.kind, model::Selector::Kind::others);
  EXPECT_EQ(core.applies_from.date, *parse_time("2015-11-01T00:00:00.000000Z"));
  EXPECT_EQ(core.items.marking_max, model::Tlp::amber);
  EXPECT_TRUE(core.fields_given.all);
  EXPECT_EQ(core.retention, days(365));

  model::Clause const& locations = text.clauses[1];
  EXPECT_EQ(locations.fields_given.only,
            (std::vector<std::string>{"country", "labels", "latitude", "longitude", "name", "precision"}));
  EXPECT_EQ(locations.location_grid_m, 8192u);
  EXPECT_EQ(locations.time_round_s, 4096u);
  EXPECT_EQ(locations.attribution, model::Attribution::centre);
  EXPECT_EQ(locations.items.area->size(), 4u);

  EXPECT_EQ(text.clauses[2].type, model::ClauseType::prohibit);
  EXPECT_EQ(text.clauses[2].applies_from.kind, model::Condition::Kind::entry_into_force) << "the default";
}

// G8: a text may say which founding key it means by a party's name.
TEST(Agreement, AParticipantMayBeNamedByItsFoundingKey) {
  auto const named =
      compile(changed(centre, "/participants/0/founding_key", R"("ed25519:0123456789abcdef")"));
  ASSERT_TRUE(named);
  EXPECT_EQ(named->text.participants[0].founding_key, "ed25519:0123456789abcdef");
  EXPECT_NE(named->text_hash, compile(sample(centre))->text_hash);
  EXPECT_FALSE(compile(changed(centre, "/participants/0/founding_key", R"("some key")")));
}

// Made with another program: SHA-256 of the object's members sorted, without white space.
TEST(Agreement, TextHashIsOfTheCanonicalText) {
  EXPECT_EQ(to_hex(compile(sample(centre))->text_hash),
            "79bac4afd2c67b5ba929eaefe772f364332610b1cef70fa4e691f350e37385e4");
}

TEST(Agreement, TextHashKnowsNeitherStatusNorLayout) {
  auto const served = compile(changed(centre, "/status", R"({"state":"in_force","since":1.5})"));
  ASSERT_TRUE(served);
  EXPECT_EQ(served->text_hash, compile(sample(centre))->text_hash);
}

TEST(Agreement, TextHashKnowsADefaultThatIsWrittenOut) {
  auto const spelled = compile(changed(centre, "/clauses/3/humanitarian", "false"));
  ASSERT_TRUE(spelled);
  EXPECT_NE(spelled->text_hash, compile(sample(centre))->text_hash);
}

TEST(Agreement, VolumesNoticesAndLinesCompile) {
  auto const compiled = compile(sample("flight-safety"));
  ASSERT_TRUE(compiled);
  model::Clause const& airspace = compiled->text.clauses[0];
  ASSERT_TRUE(airspace.volumes && airspace.volumes->grid);
  EXPECT_EQ(airspace.volumes->horizontal_m, 9260u);
  EXPECT_EQ(airspace.volumes->grid->cell_e7, 1048576u);
  EXPECT_EQ(airspace.volumes->from_learns, model::Level::warning);
  EXPECT_EQ(airspace.volumes->states, 0b11110u);
  EXPECT_EQ(airspace.from.names.size(), 1u);
  ASSERT_TRUE(compiled->text.clauses[1].notice);
  EXPECT_EQ(compiled->text.clauses[1].notice->acknowledge_within, minutes(15));
  ASSERT_TRUE(compiled->text.clauses[4].line);
}

TEST(Agreement, VolumesAreComparedOnAGridThatNests) {
  EXPECT_EQ(problems_of(changed("flight-safety", "/clauses/0/grid/cell_e7", "1000000")),
            "/clauses/0/grid/cell_e7: must be a power of two, so that grids nest\n");
  EXPECT_EQ(
      problems_of(changed("flight-safety", "/clauses/0/grid", "null")),
      "/clauses/0/grid: only a clause that tells details to both sides may do without a grid\n"
      "/clauses/2: needs volumes to compare: give it separation and grid, or the text a deconflict clause "
      "with a grid\n");
  EXPECT_EQ(problems_of(changed("flight-safety", "/clauses/0/contact", R"("nobody")")),
            "/clauses/0/contact: no contact clause of this agreement has this id\n");
}

TEST(Agreement, EverythingWrongIsToldAtOnce) {
  json::Value agreement = parsed(sample(centre));
  agreement.as_object()["version"] = 1.5;
  agreement.as_object()["colour"] = "red";
  agreement.as_object().erase("term");
  agreement.at_pointer("/clauses/0/delay") = "P1M";
  EXPECT_EQ(problems_of(json::write(agreement)),
            "/version: must be an integer, written without a point, from 1 to 4294967295\n"
            "/term: missing, and there is no default for it\n"
            "/clauses/0/delay: must be a duration like \"P30D\" or \"PT1H30M\": days, hours, minutes and "
            "seconds only\n"
            "/colour: unknown key; known here: format, id, version, template, kind, title, binding, "
            "exercise, text, "
            "visibility, "
            "depositary, sponsors, participants, eligible, adoption, consent_by, entry_into_force, "
            "late_joiner_delay, "
            "provisional_application, retroactivity, reservations, objection_window, amendment, suspension, "
            "withdrawal, term, min_parties, survival, clauses, status\n");
}

TEST(Agreement, APointIsAFractionEvenWhereTheValueIsWhole) {
  for (std::string number : {"1.0", "1e0", "10E-1"}) {
    std::string text = sample(centre);
    text.replace(text.find("\"version\":1"), 11, "\"version\":" + number);
    EXPECT_EQ(problems_of(text),
              "/version: must be an integer, written without a point, from 1 to 4294967295\n");
  }
}

TEST(Agreement, ProblemsAreBounded) {
  std::string clauses = "[";
  for (size_t i = 0; i < limits::agreement_clauses; ++i) clauses += i ? ",{}" : "{}";
  EXPECT_EQ(compile(changed(centre, "/clauses", clauses + "]")).error().size(), limits::agreement_problems);
}

TEST(Agreement, WhatIsNoIJsonStopsAtTheFirstMistake) {
  EXPECT_EQ(compile("{\"id\":\"ru.a\",\"id\":\"ru.b\"}").error(),
            (std::vector<Problem>{{"/id", "not I-JSON: two members of one name"}}));
  EXPECT_EQ(compile("").error().size(), 1u);
  EXPECT_EQ(compile("[]").error(), (std::vector<Problem>{{"", "must be an object"}}));
  EXPECT_EQ(compile(std::string(limits::agreement_bytes + 1, ' ')).error().size(), 1u);
}

// Bytes of a text that compiles, changed at random: compiled or refused with a place, and the same each time.
TEST(Agreement, AnyBytesAtAllAreAnswered) {
  SeededEntropy random(20151101);
  std::string const text = sample(centre);
  for (int round = 0; round < 3'000; ++round) {
    std::string mutated = text;
    for (uint64_t changes = 1 + random.next() % 4; changes > 0; --changes) {
      size_t const at = random.next() % mutated.size();
      switch (random.next() % 4) {
        case 0: mutated[at] = static_cast<char>(random.next()); break;
        case 1: mutated.erase(at, 1 + random.next() % 40); break;
        case 2: mutated.insert(at, text.substr(random.next() % text.size(), random.next() % 60)); break;
        default: mutated[at] = "0123456789{}[]\",:-.e"[random.next() % 20]; break;
      }
      if (mutated.empty()) mutated = "{";
    }
    auto const result = compile(mutated);
    if (result) {
      EXPECT_EQ(to_hex(result->text_hash), to_hex(compile(mutated)->text_hash));
    } else {
      EXPECT_FALSE(result.error().empty());
      for (Problem const& problem : result.error()) EXPECT_FALSE(problem.reason.empty());
    }
  }
}

// One member of a text that compiles is replaced by another value of the same text: whatever comes of it, what compiles
// has no name and no clause id without text.
TEST(Agreement, WhatCompilesIsWhole) {
  SeededEntropy random(7);
  json::Value const text = parsed(sample(centre));
  std::vector<std::string> pointers;
  auto const collect = [&](auto const& self, json::Value const& value, std::string const& pointer) -> void {
    if (!pointer.empty()) pointers.push_back(pointer);
    if (auto const* object = value.if_object())
      for (auto const& member : *object)
        self(self, member.value(), pointer + "/" + std::string(member.key()));
    if (auto const* array = value.if_array())
      for (size_t i = 0; i < array->size(); ++i) self(self, (*array)[i], pointer + "/" + std::to_string(i));
  };
  collect(collect, text, "");
  size_t compiled = 0;
  for (int round = 0; round < 3'000; ++round) {
    json::Value mutated = text;
    json::Value const other = text.at_pointer(pointers[random.next() % pointers.size()]);
    mutated.at_pointer(pointers[random.next() % pointers.size()]) = other;
    auto const result = compile(json::write(mutated));
    if (!result) continue;
    ++compiled;
    model::for_each_name(result->text, [](model::Who const& who, std::string const& pointer) {
      EXPECT_FALSE(who.name.empty()) << pointer;
    });
    for (model::Clause const& clause : result->text.clauses) EXPECT_FALSE(clause.id.empty());
  }
  EXPECT_GT(compiled, 10u);
}

}  // namespace
}  // namespace comity::forms
