#include "model/text_walk.h"

#include <gtest/gtest.h>

namespace comity::model {
namespace {

Condition leaf(Condition::Kind kind, std::vector<Who> parties, std::string agreement) {
  Condition condition;
  condition.kind = kind;
  condition.parties = std::move(parties);
  condition.agreement = std::move(agreement);
  return condition;
}

Condition all_of(std::vector<Condition> parts) {
  Condition condition;
  condition.kind = Condition::Kind::all_of;
  condition.parts = std::move(parts);
  return condition;
}

std::vector<Who> named(std::vector<std::string> names) {
  std::vector<Who> all;
  for (auto& name : names) all.push_back({.name = std::move(name)});
  return all;
}

// A text that has a name in every place where one can stand.
Text text_of_names() {
  Text text;
  text.sponsors = named({"ru"});
  text.participants = {{.party = {.name = "ru"}, .offices = named({"ru/mfa", "ru/general-staff"})},
                       {.party = {.name = "iq"}, .offices = {}}};
  text.eligible.list = named({"us"});
  text.entry_into_force = all_of({leaf(Condition::Kind::consents_of, named({"ru", "iq"}), ""),
                                  leaf(Condition::Kind::in_force, {}, "ru.ccit")});
  Clause clause;
  clause.from.names = named({"ru"});
  clause.to.names = named({"iq", "ru/mfa"});
  clause.applies_from = leaf(Condition::Kind::in_force, {}, "us.coalition");
  clause.applies_until = all_of({all_of({leaf(Condition::Kind::consents_of, named({"iq"}), "")}),
                                 leaf(Condition::Kind::in_force, {}, "ru.il-staff")});
  text.clauses = {Clause{}, clause};
  return text;
}

TEST(TextWalk, VisitsEveryPartyAndOfficeWithItsPlace) {
  Text const text = text_of_names();
  std::vector<std::string> visited;
  for_each_name(
      text, [&](Who const& who, std::string const& pointer) { visited.push_back(pointer + " " + who.name); });
  EXPECT_EQ(visited, (std::vector<std::string>{
                         "/sponsors/0 ru",
                         "/participants/0/party ru",
                         "/participants/0/offices/0 ru/mfa",
                         "/participants/0/offices/1 ru/general-staff",
                         "/participants/1/party iq",
                         "/eligible/list/0 us",
                         "/entry_into_force/all_of/0/consents/0 ru",
                         "/entry_into_force/all_of/0/consents/1 iq",
                         "/clauses/1/from/0 ru",
                         "/clauses/1/to/0 iq",
                         "/clauses/1/to/1 ru/mfa",
                         "/clauses/1/applies_until/all_of/0/all_of/0/consents/0 iq",
                     }));
}

TEST(TextWalk, VisitsEveryAgreementWithItsPlace) {
  Text text = text_of_names();
  std::vector<std::string> visited;
  for_each_agreement_name(text, [&](Condition& condition, std::string const& pointer) {
    visited.push_back(pointer + " " + condition.agreement);
    condition.agreement_key = AgreementKey{7u};
  });
  EXPECT_EQ(visited, (std::vector<std::string>{
                         "/entry_into_force/all_of/1/in_force ru.ccit",
                         "/clauses/1/applies_from/in_force us.coalition",
                         "/clauses/1/applies_until/all_of/1/in_force ru.il-staff",
                     }));
  EXPECT_EQ(text.clauses[1].applies_from.agreement_key, AgreementKey{7u});
}

TEST(TextWalk, WhatIsFilledInStays) {
  Text text = text_of_names();
  for_each_name(text, [](Who& who, std::string const&) { who.party = PartyKey{3u}; });
  size_t filled = 0;
  for_each_name(std::as_const(text),
                [&](Who const& who, std::string const&) { filled += who.party == PartyKey{3u}; });
  EXPECT_EQ(filled, 12u);
}

}  // namespace
}  // namespace comity::model
