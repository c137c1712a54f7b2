// How much one office may have filed (25-isolation D14): of what has not ended, in one cell and in all, and for how long.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "commands/file_error_report.h"
#include "commands/put_constraint.h"
#include "commands/put_intent.h"
#include "machine_world.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using tests::Machine;

constexpr char a[] = "alder/staff", b[] = "birch/staff";
constexpr model::Cell here = 7, there = 9;

model::EntityId id(uint32_t number) {
  model::EntityId made;
  made.octets = {static_cast<uint8_t>(number >> 16), static_cast<uint8_t>(number >> 8),
                 static_cast<uint8_t>(number)};
  made.octets[6] = 0x40, made.octets[8] = 0x80;
  return made;
}

class Quotas : public testing::Test {
 protected:
  Quotas() { machine.party("alder", {"staff"}), machine.party("birch", {"staff"}); }

  // Each at an altitude of its own, so that no key is needed.
  model::Hull hull(uint32_t number, model::Cell cell, Duration lasts) const {
    int32_t const low_mm = static_cast<int32_t>(number) * 10'000;
    return {{cell}, machine.now, machine.now + lasts, low_mm, low_mm + 1};
  }
  static model::Ovn ovn(uint8_t version) { return {model::Ovn::Kind::minted, {version}, 0}; }

  model::Ruling ask(char const* office, CommandKind kind, auto const& body) {
    return machine.ask(machine.make(Machine::Author::client, office, kind, body));
  }
  // `version`: of the change of one; 0: a new one.
  PutIntent intent(uint32_t number, model::Cell cell, Duration lasts = hours(1), uint8_t version = 0) const {
    PutIntent body;
    body.id = id(number), body.url = "https://uss.example/utm", body.hull = hull(number, cell, lasts);
    if (version != 0) body.at = model::seen(body.id, ovn(version));
    body.next = ovn(static_cast<uint8_t>(version + 1));
    return body;
  }
  model::Ruling file(char const* office, PutIntent const& body) {
    return ask(office, CommandKind::put_intent, body);
  }
  model::Ruling constrain(char const* office, uint32_t number, model::Cell cell) {
    PutConstraint body;
    body.id = id(number), body.next = ovn(1), body.url = "https://uss.example/utm";
    body.hull = hull(number, cell, hours(1));
    return ask(office, CommandKind::put_constraint, body);
  }
  static bool is_refused_as(model::Ruling const& ruling, ReasonCode code) {
    return !ruling.accepted() && ruling.reasons[0].code == code;
  }
  void fill_a_cell(uint32_t first) {
    for (uint32_t n = 0; n < limits::intents_per_office_and_cell; ++n)
      ASSERT_TRUE(file(a, intent(first + n, here)).accepted()) << n;
  }

  Machine machine;
};

TEST_F(Quotas, OfIntentsInOneCellThoseCountThatHaveNotEnded) {
  fill_a_cell(0);
  EXPECT_TRUE(is_refused_as(file(a, intent(300, here)), ReasonCode::quota));
  EXPECT_TRUE(file(a, intent(0, here, hours(1), 1)).accepted()) << "a change of one of them";
  EXPECT_TRUE(file(a, intent(300, there)).accepted());
  EXPECT_TRUE(file(b, intent(400, here)).accepted());
  machine.now = machine.now + hours(1) + seconds(2);
  fill_a_cell(1'000);
  EXPECT_TRUE(is_refused_as(file(a, intent(1'300, here)), ReasonCode::quota));
  EXPECT_TRUE(is_refused_as(file(a, intent(1, here, hours(1), 1)), ReasonCode::quota))
      << "what has ended counts as new where it is put to another time";
}

TEST_F(Quotas, OfAllIntentsThoseCountThatHaveNotEnded) {
  auto& intents = machine.state.airspace.intents;
  OfficeKey const office = machine.state.law.find_office(a);
  for (uint32_t n = 0; n < limits::intents_per_office; ++n) {
    state::Intent made;
    made.id = id(n), made.owner.office = office, made.ovn = ovn(1);
    made.hull = hull(n % 200, 1'000 + n, hours(n % 2 == 0 ? 1 : 3));
    intents.add(office, std::move(made));
  }
  EXPECT_EQ(intents.active_of(office, machine.now), limits::intents_per_office);
  EXPECT_TRUE(is_refused_as(file(a, intent(50'000, here)), ReasonCode::quota));
  EXPECT_TRUE(file(a, intent(0, here, hours(1), 1)).accepted()) << "a change of one of them";
  machine.now = machine.now + hours(2);
  EXPECT_EQ(intents.active_of(office, machine.now), limits::intents_per_office / 2);
  EXPECT_TRUE(file(a, intent(50'000, here)).accepted());
  EXPECT_EQ(intents.active_of(office, machine.now), limits::intents_per_office / 2 + 1);
}

TEST_F(Quotas, OfConstraintsInOneCell) {
  for (uint32_t n = 0; n < limits::constraints_per_office_and_cell; ++n)
    ASSERT_TRUE(constrain(a, n, here).accepted()) << n;
  EXPECT_TRUE(is_refused_as(constrain(a, 300, here), ReasonCode::quota));
  EXPECT_TRUE(constrain(a, 300, there).accepted());
  EXPECT_TRUE(constrain(b, 300, here).accepted());
  machine.now = machine.now + hours(1) + seconds(2);
  EXPECT_TRUE(constrain(a, 301, here).accepted());
}

TEST_F(Quotas, AnIntentLastsForAWeek) {
  EXPECT_TRUE(file(a, intent(1, here, limits::intent_window)).accepted());
  EXPECT_TRUE(is_refused_as(file(a, intent(2, here, Duration{limits::intent_window.us + 1})),
                            ReasonCode::window_too_long));
  machine.state.airspace.one_namespace = true;
  EXPECT_TRUE(file(a, intent(3, here, days(30))).accepted()) << "which the standard does not bound";
}

TEST_F(Quotas, OfReportsInADay) {
  FileErrorReport const report{"id", "{}"};
  for (uint32_t n = 0; n < limits::error_reports_per_office_and_day; ++n)
    ASSERT_TRUE(ask(a, CommandKind::file_error_report, report).accepted()) << n;
  EXPECT_TRUE(is_refused_as(ask(a, CommandKind::file_error_report, report), ReasonCode::quota));
  EXPECT_TRUE(ask(b, CommandKind::file_error_report, report).accepted());
  machine.now = machine.now + days(1);
  EXPECT_TRUE(ask(a, CommandKind::file_error_report, report).accepted());
}

}  // namespace
}  // namespace comity::commands
