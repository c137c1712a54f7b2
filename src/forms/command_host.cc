// What two officers of the host do together (15-forms 1): a command inside a command.
#include "commands/countersign_host_act.h"
#include "commands/propose_host_act.h"
#include "forms/command_parts.h"

namespace comity::forms {
namespace {

// The inner body, read as a command of its own. Its password stands in the outer body when there is an act.
void read_inner(Reading& reading, model::CommandKind kind, Place const& body) {
  Reading inner{.values = body.value(),
                .pointer = body.pointer(),
                .body = {},
                .body_text = {},
                .has_act = reading.has_act,
                .tools = reading.tools};
  auto const* outer = reading.body.if_object();
  if (auto const* given = outer ? outer->if_contains("body") : nullptr) inner.body = *given;
  read_values(kind, inner);
  for (Problem& problem : inner.problems.take())
    reading.problems.add(std::move(problem.pointer), std::move(problem.reason));
  reading.password = std::move(inner.password);
  reading.out.payload = std::move(inner.out.payload);
  reading.out.command.body = codec::encode(commands::ProposeHostAct{kind, std::move(inner.out.command.body)});
}

void read_proposed(Reading& reading, Place const& proposed) {
  Members members(proposed);
  auto const word = members.required("kind");
  auto const body = members.required("body");
  auto const name = word ? word->text() : std::nullopt;
  auto const kind = name ? model::command_kind(*name) : std::nullopt;
  if (name && !(kind && commands::is_host_act(*kind))) word->refuse("two officers cannot do this together");
  if (kind && commands::is_host_act(*kind) && body) read_inner(reading, *kind, *body);
}

}  // namespace

void read_propose_host_act(Reading& reading) {
  if (!reading.has_act) return read_proposed(reading, reading.place());
  Members members(reading.place());
  if (auto const proposed = members.required("proposed")) read_proposed(reading, *proposed);
}

void read_countersign_host_act(Reading& reading) {
  commands::CountersignHostAct made;
  Members members(reading.place());
  take_digest(members, "digest", made.proposal);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
