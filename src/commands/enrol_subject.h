// enrol_subject (20): in a centre of preset `dss`, whoever a token of its issuers is about becomes a party with one office and one
// client at its first request (f3548-rules M2). Sent by the door that has verified the token, in the name of the centre: nobody
// signed it, and it gives nothing but the right to file and to read what everybody may.
//
// The party's slug is made of the subject, which F3548 shows as `manager`, as far as its letters go; a number is added where another
// has it.
// Refused: not_permitted (another centre; another sender), malformed, already_done, quota.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct EnrolSubject {
  std::string subject;
  auto fields(this auto& self) { return std::tie(self.subject); }
};

Ruling decide(Sight const& sight, EnrolSubject const& command);
void apply(State& state, EnrolSubject const& command, model::Record const& record);

}  // namespace comity::commands
