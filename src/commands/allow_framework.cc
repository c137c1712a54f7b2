#include "commands/allow_framework.h"

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {

Ruling decide(Sight const& sight, AllowFramework const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  if (sight.behind.law.arrangement)
    return refused(ReasonCode::not_permitted);  // its users have no such collection
  state::Frameworks const& frameworks = sight.behind.holdings.frameworks;
  bool const ends = command.objects == 0;
  if (!model::is_slug(command.framework)) return refused(ReasonCode::malformed, "/framework");
  if (ends ? !command.title.empty() : command.title.empty() || command.title.size() > limits::name_bytes)
    return refused(ReasonCode::malformed, "/title");
  if (command.objects > limits::framework_objects) return refused(ReasonCode::malformed, "/objects");
  bool const known = frameworks.find(command.framework).has_value();
  if (ends && !known) return refused(ReasonCode::unknown_framework, command.framework);
  if (!known && frameworks.all.size() >= limits::frameworks) return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, AllowFramework const& command, model::Record const& record) {
  state.holdings.frameworks.allow(command.framework, command.title, command.root, command.objects,
                                  record.index);
}

}  // namespace comity::commands
