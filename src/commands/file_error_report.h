// file_error_report (208): a client reports an exchange that went wrong (f3548-rules R1). The report is a record and nothing else: its
// author alone has it back, by its records. The door has cut the credentials of it (25-isolation D8).
// Refused: not_permitted, malformed (longer than limits), quota (of a day, which machine.cc counts).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct FileErrorReport {
  std::string id;      // that it was answered with
  std::string report;  // JSON
  auto fields(this auto& self) { return std::tie(self.id, self.report); }
};

Ruling decide(Sight const& sight, FileErrorReport const& command);
void apply(State& state, FileErrorReport const& command, model::Record const& record);

}  // namespace comity::commands
