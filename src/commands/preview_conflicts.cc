#include "commands/preview_conflicts.h"

#include "base/mutant.h"
#include "commands/alternatives.h"
#include "commands/conflicts.h"
#include "commands/lead.h"

namespace comity::commands {

Ruling decide(Sight const& sight, PreviewConflicts const& command) {
  PutIntent const& intent = command.intent;
  if (auto no = refusal_of(sight, intent)) return std::move(*no);
  bool const in_distress =
      intent.state != model::IntentState::accepted && intent.state != model::IntentState::activated;
  if (!intent.native || in_distress) return refused(ReasonCode::malformed);
  Ruling ruling = model::accepted();
  model::AirspaceRuling& found = ruling.airspace.emplace();
  model::Previewed& previewed = found.previewed.emplace();
  if (sight.behind.airspace.one_namespace) return ruling;
  state::Intent const will_be = would_be(sight.behind, sight.command.office, intent);
  ThingChange const change = change_to(sight.behind, will_be, sight.context.time);
  foresee(sight.behind, change, sight.context.time, found);
  if (change.now->moved == will_be.version) found.short_notice = short_notices(sight.behind.law, *change.now);
  if (!previewed.notices.empty())
    previewed.alternatives = alternatives(sight.behind, *change.now, found, sight.context.time);
  return ruling;
}

void apply(State& state, PreviewConflicts const&, model::Record const& record) {
  if (!mutated(Mutant::preview_is_free)) charge_alone(state, record);
}

}  // namespace comity::commands
