#include "commands/calls.h"

#include <algorithm>

#include "base/contains.h"
#include "base/limits.h"
#include "commands/machine.h"
#include "state/grants.h"
#include "state/in_force.h"

namespace comity::commands {
namespace {

bool is_well_formed(model::LineCall const& call, model::CallPurpose purpose) {
  return call.purpose == purpose && call.minutes <= limits::call_minutes &&
         call.words.size() <= limits::short_words && (call.reached || !call.read_back);
}

// The clause of that id, if the office is at one end of it and it runs.
std::optional<model::ClauseName> line_of(state::View const& view, AgreementKey key, std::string const& id) {
  state::Law const& law = view.law();
  state::Agreement const& agreement = law.agreement(key);
  auto const& clauses = agreement.text->clauses;
  auto const found = std::ranges::find(clauses, id, &model::Clause::id);
  if (found == clauses.end() || !found->line) return std::nullopt;
  auto const number = static_cast<uint32_t>(found - clauses.begin());
  bool const at_end = state::covers(law, agreement, found->from, view.office(), {}) ||
                      state::covers(law, agreement, found->to, view.office(), {});
  if (!at_end || !state::runs_with_another(agreement, number, view.party())) return std::nullopt;
  return model::ClauseName{key, number};
}

}  // namespace

bool is_watch_person(Sight const& sight) {
  return sight.command.actor.kind == model::Actor::Kind::person && may(sight, model::role::watch);
}

Ruling decide_call(Sight const& sight, CallOnLine const& made, model::CallPurpose purpose) {
  if (!is_watch_person(sight)) return refused(ReasonCode::not_permitted);
  if (!is_well_formed(made.call, purpose)) return refused(ReasonCode::malformed);
  AgreementKey const key = sight.view.agreement(made.agreement);
  if (key.is_none() || !sight.view.reads_text(key))
    return refused(ReasonCode::unknown_agreement, made.agreement);
  auto const line = line_of(sight.view, key, made.clause);
  if (!line) return refused(ReasonCode::unknown_line, made.clause);
  auto const& languages = sight.view.law().agreement(key).text->clauses[line->clause].line->languages;
  if (!contains(languages, made.call.language)) return refused(ReasonCode::malformed, "/language");
  bool const of_notice = made.call.notice != 0;
  if (of_notice && !sight.behind.airspace.notices.find({sight.command.office, made.call.notice}))
    return refused(ReasonCode::unknown_notice, "/notice");
  return model::accepted();
}

void apply_call(State& state, CallOnLine const& made, model::Record const& record) {
  state::View const view = state.view(viewer_of(state.law, record.command));
  auto const line = line_of(view, view.agreement(made.agreement), made.clause);
  state.airspace.watches.add(
      *line, {record.command.office, PersonKey(record.command.actor.key), record.time, made.call});
}

}  // namespace comity::commands
