// hand_over (225): how a person's watch ends. Who is on watch offers it to another by `to`; that one takes it by `from`, and stands in
// the other's place from then on: both have said so, each in a record of its own. With neither, the author goes off watch, which
// is possible while another is on it. What is offered anew takes the place of what was offered before. A note may come with an offer,
// and is told to the office alone.
//
// Refused: not_permitted (a person with the role `watch` in this office), malformed (both, or oneself; a note without an offer),
// not_on_watch (the author, or who should have offered it), unknown_person (without that role here), last_on_watch, quota (people on
// watch).
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/watch.h"

namespace comity::commands {

struct HandOver {
  std::string to, from;                  // names of people of the party; one of them at most
  std::vector<model::Contact> contacts;  // of who takes it
  std::string note = {};                 // of who offers it; empty: none
  auto fields(this auto& self) { return std::tie(self.to, self.from, self.contacts, self.note); }
};

Ruling decide(Sight const& sight, HandOver const& command);
void apply(State& state, HandOver const& command, model::Record const& record);

}  // namespace comity::commands
