#include "model/command.h"

namespace comity::model {

char const* name_of(CommandKind kind) {
  switch (kind) {
#define COMMAND(number, name, type) \
  case CommandKind::name: return #name;
#include "model/commands.inc"
#undef COMMAND
  }
  return "";
}

std::optional<CommandKind> command_kind(std::string_view name) {
#define COMMAND(number, kind_name, type) \
  if (name == #kind_name) return CommandKind::kind_name;
#include "model/commands.inc"
#undef COMMAND
  return std::nullopt;
}

}  // namespace comity::model
