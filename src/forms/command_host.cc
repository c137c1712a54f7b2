// What officers of the host do (15-forms 1): two of them together, a command inside a command; and one alone.
#include "commands/adopt_ruleset.h"
#include "commands/advance_time.h"
#include "commands/countersign_host_act.h"
#include "commands/emergency_suspend.h"
#include "commands/lift_fault_suspension.h"
#include "commands/propose_host_act.h"
#include "commands/restored.h"
#include "commands/set_limits.h"
#include "forms/command_parts.h"
#include "forms/shapes.h"

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

void read_adopt_ruleset(Reading& reading) {
  commands::AdoptRuleset made;
  Members members(reading.place());
  members.take_number("ruleset", made.ruleset);
  reading.out.command.body = codec::encode(made);
}

void read_set_limits(Reading& reading) {
  commands::SetLimits made;
  Members members(reading.place());
  for (model::Quota const quota : model::all_quotas) {
    limits::Quota const range = model::range_of(quota);
    auto const place = members.optional(model::name_of(quota));
    if (!place) continue;
    if (auto const number = place->integer(range.least, range.most))
      made.quotas[quota] = static_cast<uint32_t>(*number);
  }
  reading.out.command.body = codec::encode(made);
}

void read_advance_time(Reading& reading) {
  commands::AdvanceTime made;
  Members members(reading.place());
  members.take_time("to", made.to);
  reading.out.command.body = codec::encode(made);
}

void read_emergency_suspend(Reading& reading) {
  commands::EmergencySuspend made;
  Members members(reading.place());
  auto const party = members.optional("party"), agreement = members.optional("agreement");
  if (party.has_value() == agreement.has_value())
    reading.problems.add(reading.pointer, "must name either a party or an agreement");
  if (party) made.party = read_shaped(*party, party_name);
  if (agreement) made.agreement = read_shaped(*agreement, agreement_name);
  members.take_duration("lasts", made.lasts);
  if (auto const reason = members.optional("reason")) made.reason = read_shaped(*reason, heading);
  reading.out.command.body = codec::encode(made);
}

void read_restored(Reading& reading) {
  commands::Restored made;
  Members members(reading.place());
  auto const take = [&](std::string_view name, auto& out, int64_t least, int64_t most) {
    auto const place = members.required(name);
    if (auto const number = place ? place->integer(least, most) : std::nullopt)
      out = static_cast<std::remove_reference_t<decltype(out)>>(*number);
  };
  take("from", made.from, 1, json::greatest_integer);
  take("to", made.to, 1, json::greatest_integer);
  take("epoch", made.epoch, 1, UINT32_MAX);
  reading.out.command.body = codec::encode(made);
}

// Every act has an `office` and a `kind` of its own, so these are called otherwise.
void read_lift_fault_suspension(Reading& reading) {
  commands::LiftFaultSuspension made;
  Members members(reading.place());
  take_shaped(members, "suspended_office", office_name, made.office);
  auto const word = members.required("suspended_kind");
  auto const name = word ? word->text() : std::nullopt;
  auto const kind = name ? model::command_kind(*name) : std::nullopt;
  if (name && !kind) word->refuse("no such kind of command");
  made.kind = kind.value_or(made.kind);
  reading.out.command.body = codec::encode(made);
}

}  // namespace comity::forms
