// What changes the airspace: filings, changes and ends of intents, constraints and subscriptions; availability; reports.
#include <algorithm>

#include "codec/codec.h"
#include "commands/delete_constraint.h"
#include "commands/delete_intent.h"
#include "commands/delete_subscription.h"
#include "doors/f3548/call.h"
#include "release/surrogates.h"

namespace comity::f3548 {
namespace {

using model::CommandKind;
using model::ReasonCode;
using release::Changed;
using sequencer::Answer;

// Of the author's own: what everybody is told of it.
void tell_change(CallRef const& call, int status, Changed changed, Answer const& answer) {
  changed.version = answer.ruling.airspace->version;
  auto const told = call->glance([&](release::Eyes const& eyes) {
    return release::tell_change(eyes, changed, *answer.ruling.airspace);
  });
  call->answer(status, told);
}

model::Availability own_availability(Call const& call) {
  return call.glance(
      [&](release::Eyes const& eyes) { return release::availability_of(eyes, call.who.client); });
}

// D1: a path id, and an OVN that is there.
struct Named {
  model::EntityId id;
  model::SeenOvn at;
};
std::optional<Named> named(CallRef const& call) {
  auto const path = call->path();
  auto const id = forms::read_path_id(path.id);
  if (!id) return call->refuse(id.error()), std::nullopt;
  if (!path.ovn || path.ovn->empty()) return call->refuse(400, "the OVN or version is missing"), std::nullopt;
  return Named{*id, forms::shown_ovn(*path.ovn)};
}

// What is told of an end is looked at before it. What was not there then, or not at this OVN, is not ended either if it comes meanwhile:
// at an OVN that nothing has the machine refuses in its order (404, 403, 409).
constexpr model::SeenOvn of_nothing{{{0xff}}, {}};

// S9, where it is asked for.
struct Flags {
  bool for_intents = false, for_constraints = false;
};
bool lacks_scope(Call const& call, Flags const& flags) {
  if (call.room.options.flags == FlagScopes::not_asked) return false;
  return (flags.for_intents && (call.who.scopes & forms::scope::sc) == 0) ||
         (flags.for_constraints && (call.who.scopes & forms::scope::cp) == 0);
}
constexpr char lacks_scope_of_flag[] = "the token lacks the scope of what the subscription would be told of";

constexpr std::initializer_list<Mapped> of_deletion = {{ReasonCode::unknown_intent, 404},
                                                       {ReasonCode::unknown_constraint, 404},
                                                       {ReasonCode::unknown_subscription, 404},
                                                       {ReasonCode::not_owner, 403},
                                                       {ReasonCode::stale_ovn, 409},
                                                       {ReasonCode::uss_down, 412},
                                                       {ReasonCode::has_dependents, 400}};

}  // namespace

// What the key shows of surrogates only the door can tell (25-isolation D3).
static void show_surrogates(Call const& call, commands::PutIntent& command) {
  if (call.room.is_dss() || command.key.empty()) return;
  UtcTime const now = call.room.centre.seam().clock.now();
  call.room.centre.glance([&](sequencer::Glimpse const& glimpse) {
    release::Eyes const eyes(glimpse.state, call.viewer(glimpse.state), call.room.keys);
    if (eyes.office().is_none()) return 0;
    for (model::Surrogate& one : commands::surrogates_of(glimpse.state, call.who.office, command, now)) {
      model::Ovn const ovn = release::name_of(eyes, command.id, one).ovn;
      if (std::ranges::binary_search(command.key, model::seen(command.id, ovn)))
        command.seen.push_back(std::move(one));
    }
    return 0;
  });
}

void put_intent(CallRef const& call) {
  auto form = forms::read_put_intent(call->request.body, call->path(), call->setting());
  if (!form) return call->refuse(form.error());
  commands::PutIntent& command = form->command;
  if (command.implicit && lacks_scope(*call, {false, command.implicit->for_constraints}))
    return call->refuse(403, lacks_scope_of_flag);
  command.next = form->suffix ? *form->suffix : minted_ovn(*call, "ovn");
  if (command.implicit) {
    command.implicit->id = minted_id(*call, "implicit subscription");
    command.implicit->version = minted_ovn(*call, "implicit subscription version");
  }
  if (command.subscription) command.stretched = minted_ovn(*call, "stretched subscription version");
  show_surrogates(*call, command);
  Changed const changed{command.id,
                        call->who.subject,
                        own_availability(*call),
                        0,
                        command.state,
                        command.next,
                        command.hull.from,
                        command.hull.until,
                        command.url,
                        command.implicit ? std::optional(command.implicit->id) : command.subscription};
  int const status = command.at ? 200 : 201;
  submit(call, CommandKind::put_intent, codec::encode(command),
         [call, changed, status, id = command.id](Answer const& answer) {
           if (answer.ruling.accepted()) {
             if (!call->room.is_dss()) call->room.tries.filed(call->who.office, id);
             return tell_change(call, status, changed, answer);
           }
           // How long an intent may last is a quota to D14; the standard bounds it nowhere, so its form is right.
           refuse(call, answer.ruling,
                  {{ReasonCode::uss_down, 412},
                   {ReasonCode::not_owner, 403},
                   {ReasonCode::stale_ovn, 409},
                   {ReasonCode::missing_ovns, 409},
                   {ReasonCode::quota, 429},
                   {ReasonCode::window_too_long, 429}},
                  id);
         });
}

void delete_intent(CallRef const& call) {
  auto const name = named(call);
  if (!name) return;
  auto const there =
      call->glance([&](release::Eyes const& eyes) { return release::intent_at(eyes, name->id, name->at); });
  submit(call, CommandKind::delete_intent,
         codec::encode(commands::DeleteIntent{name->id, there ? name->at : of_nothing}),
         [call, there](Answer const& answer) {
           if (answer.ruling.accepted()) return tell_change(call, 200, *there, answer);
           refuse(call, answer.ruling, of_deletion);
         });
}

void put_constraint(CallRef const& call) {
  auto command = forms::read_put_constraint(call->request.body, call->path(), call->setting());
  if (!command) return call->refuse(command.error());
  command->next = minted_ovn(*call, "ovn");
  Changed const changed{command->id,
                        call->who.subject,
                        model::Availability::unknown,
                        0,
                        {},
                        command->next,
                        command->hull.from,
                        command->hull.until,
                        command->url,
                        {}};
  int const status = command->at ? 200 : 201;
  submit(call, CommandKind::put_constraint, codec::encode(*command),
         [call, changed, status](Answer const& answer) {
           if (answer.ruling.accepted()) return tell_change(call, status, changed, answer);
           refuse(call, answer.ruling,
                  {{ReasonCode::not_owner, 403}, {ReasonCode::stale_ovn, 409}, {ReasonCode::quota, 429}});
         });
}

void delete_constraint(CallRef const& call) {
  auto const name = named(call);
  if (!name) return;
  auto const there = call->glance(
      [&](release::Eyes const& eyes) { return release::constraint_at(eyes, name->id, name->at); });
  submit(call, CommandKind::delete_constraint,
         codec::encode(commands::DeleteConstraint{name->id, there ? name->at : of_nothing}),
         [call, there](Answer const& answer) {
           if (answer.ruling.accepted()) return tell_change(call, 200, *there, answer);
           refuse(call, answer.ruling, of_deletion);
         });
}

void put_subscription(CallRef const& call) {
  auto command = forms::read_put_subscription(call->request.body, call->path(), call->setting());
  if (!command) return call->refuse(command.error());
  if (lacks_scope(*call, {command->for_intents, command->for_constraints}))
    return call->refuse(403, lacks_scope_of_flag);
  command->next = minted_ovn(*call, "subscription version");
  model::EntityId const id = command->id;
  submit(call, CommandKind::put_subscription, codec::encode(*command), [call, id](Answer const& answer) {
    if (!answer.ruling.accepted())
      return refuse(call, answer.ruling,
                    {{ReasonCode::not_owner, 403}, {ReasonCode::stale_ovn, 409}, {ReasonCode::quota, 429}});
    answer_when_durable(call, [call, id](release::Eyes const& eyes) -> std::pair<int, Result<release::Told>> {
      return {200, release::tell_put_subscription(eyes, call->room.uss, id)};
    });
  });
}

void delete_subscription(CallRef const& call) {
  auto const name = named(call);
  if (!name) return;
  auto const there = std::make_shared<Result<release::Told>>(call->glance(
      [&](release::Eyes const& eyes) { return release::tell_subscription_at(eyes, name->id, name->at); }));
  submit(call, CommandKind::delete_subscription,
         codec::encode(commands::DeleteSubscription{name->id, *there ? name->at : of_nothing}),
         [call, there](Answer const& answer) {
           if (answer.ruling.accepted()) return call->answer(200, **there);
           refuse(call, answer.ruling, of_deletion);
         });
}

void put_availability(CallRef const& call) {
  auto command = forms::read_availability(call->request.body, call->param("uss"));
  if (!command) return call->refuse(command.error());
  command->next = minted_ovn(*call, "availability version");
  std::string const uss = command->uss;
  submit(call, CommandKind::set_availability, codec::encode(*command), [call, uss](Answer const& answer) {
    if (!answer.ruling.accepted())
      return refuse(call, answer.ruling,
                    {{ReasonCode::stale_ovn, 409}, {ReasonCode::not_owner, 403}, {ReasonCode::quota, 429}});
    answer_when_durable(call, [uss](release::Eyes const& eyes) -> std::pair<int, Result<release::Told>> {
      return {200, release::tell_availability(eyes, uss)};
    });
  });
}

void post_report(CallRef const& call) {
  auto command = forms::read_error_report(call->request.body, model::text_of(minted_id(*call, "report")));
  if (!command) return call->refuse(command.error());
  std::string const report = command->report;
  submit(call, CommandKind::file_error_report, codec::encode(*command), [call, report](Answer const& answer) {
    if (!answer.ruling.accepted()) return refuse(call, answer.ruling, {{ReasonCode::quota, 429}});
    answer_when_durable(call, [report](release::Eyes const& eyes) -> std::pair<int, Result<release::Told>> {
      return {201, release::tell_report(eyes, report)};
    });
  });
}

}  // namespace comity::f3548
