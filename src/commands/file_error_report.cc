#include "commands/file_error_report.h"

#include "base/limits.h"
#include "commands/airspace.h"

namespace comity::commands {

Ruling decide(Sight const& sight, FileErrorReport const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  if (command.report.size() > limits::error_report_bytes) return refused(ReasonCode::malformed);
  return model::accepted();
}

void apply(State&, FileErrorReport const&, model::Record const&) {}

}  // namespace comity::commands
