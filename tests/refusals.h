// What a command is refused for, in the order of docs/rulings.md: a command that is wrong in every way is mended one way at
// a time, and each time the next reason answers. At the end the reasons seen are compared with the row of the page, so
// that neither can change alone:
//
//     refused(ReasonCode::not_permitted, by_guest(CommandKind::revoke_client, body));
//     refused(ReasonCode::unknown_client, by_staff(CommandKind::revoke_client, body));
//     …
//     expect_row(CommandKind::revoke_client);
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/limits.h"
#include "machine_world.h"

namespace comity::tests {

using model::CommandKind;
using model::ReasonCode;

class Refusals : public testing::Test {
 protected:
  Refusals() {
    machine.party("ru", {"staff", "mfa"});
    machine.party("iq", {"defence"});
    machine.party("ir", {"staff"}, model::Listing::unlisted);
    machine.must(machine.by("ru/staff", CommandKind::register_person,
                            commands::RegisterPerson{"guest", "ru/staff", 0}));
  }

  // By somebody who may nothing: a person of ru without a role.
  template <class Body>
  model::Command by_guest(CommandKind kind, Body const& body) {
    return machine.make(Machine::Author::person, "ru/staff", kind, body, "guest");
  }
  template <class Body>
  model::Command by_staff(CommandKind kind, Body const& body) {
    return machine.by("ru/staff", kind, body);
  }
  template <class Body>
  model::Command signed_by_staff(CommandKind kind, Body const& body) {
    return machine.signed_by("ru/staff", kind, body);
  }

  void refused(ReasonCode code, model::Command const& command, bool payload = true) {
    model::Ruling const ruling = machine.ask(command, payload);
    ASSERT_FALSE(ruling.accepted()) << "not " << model::name_of(code);
    EXPECT_STREQ(model::name_of(ruling.reasons[0].code), model::name_of(code)) << ruling.reasons[0].subject;
    if (seen_.empty() || seen_.back() != model::name_of(code)) seen_.push_back(model::name_of(code));
  }
  void accepted(model::Command const& command, bool payload = true) {
    model::Ruling const ruling = machine.ask(command, payload);
    EXPECT_TRUE(ruling.accepted()) << model::name_of(ruling.reasons[0].code) << " "
                                   << ruling.reasons[0].subject;
  }

  // The row of docs/rulings.md; of an act's own reasons the first stands for all.
  void expect_row(CommandKind kind) { EXPECT_EQ(seen_, row(model::name_of(kind))); }

  static std::vector<std::string> row(std::string const& command) {
    std::ifstream page("docs/rulings.md");
    for (std::string line; std::getline(page, line);) {
      std::istringstream cells(line);
      std::string number, name, reasons;
      std::getline(cells, number, '|') && std::getline(cells, number, '|') &&
          std::getline(cells, name, '|') && std::getline(cells, reasons, '|');
      if (name == " " + command + " ") return codes(reasons);
    }
    ADD_FAILURE() << "docs/rulings.md has no row for " << command << " (run from the root of the sources)";
    return {};
  }
  static std::vector<std::string> codes(std::string const& cell) {
    std::vector<std::string> all;
    for (size_t at = cell.find_first_of("(`*"); at != std::string::npos; at = cell.find_first_of("(`*", at)) {
      if (cell[at] == '(') {
        at = cell.find(')', at);
        continue;
      }
      size_t const end = cell.find(cell[at], at + 1);
      std::string const word = cell.substr(at + 1, end - at - 1);
      if (word == "act")
        all.push_back("not_signed");
      else if (word == "on a text")
        for (char const* one :
             {"not_permitted", "not_signed", "unknown_agreement", "not_a_participant", "wrong_text"})
          all.push_back(one);
      else
        all.push_back(word);
      at = end + 1;
    }
    return all;
  }

  state::State& state() { return machine.state; }
  PartyKey ru() { return state().law.find_party("ru"); }

  Machine machine;
  std::vector<std::string> seen_;
  int count_ = 0;
};

}  // namespace comity::tests
