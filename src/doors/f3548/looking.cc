// What only looks: entities by id, searches of an area, availability.
#include "doors/f3548/call.h"

namespace comity::f3548 {
namespace {

using Made = std::pair<int, Result<release::Told>>;

using TellOne = Result<release::Told> (*)(release::Eyes const&, release::OwnSystem const&, model::EntityId);

void get(CallRef const& call, TellOne tell) {
  auto const id = forms::read_path_id(call->param("id"));
  if (!id) return call->refuse(id.error());
  answer_when_durable(call, [call, id = *id, tell](release::Eyes const& eyes) -> Made {
    return {200, tell(eyes, call->room.uss, id)};
  });
}

void query(
    CallRef const& call, int too_large,
    std::function<release::Told(release::Eyes const&, release::OwnSystem const&, model::Hull const&)> tell) {
  auto const hull = forms::read_query(call->request.body, too_large);
  if (!hull) return call->refuse(hull.error());
  answer_when_durable(call, [call, hull = *hull, tell = std::move(tell)](release::Eyes const& eyes) -> Made {
    return {200, tell(eyes, call->room.uss, hull)};
  });
}

}  // namespace

// Of a surrogate also where the filing that met it was refused.
using TellTried = Result<release::Told> (*)(release::Eyes const&, release::OwnSystem const&, model::EntityId,
                                            release::Tried const&);
static void get_with_tries(CallRef const& call, TellTried tell) {
  auto const id = forms::read_path_id(call->param("id"));
  if (!id) return call->refuse(id.error());
  auto const tried = std::make_shared<release::Tried const>(
      call->room.tries.of(call->who.office, call->room.centre.seam().clock.now()));
  answer_when_durable(call, [call, id = *id, tell, tried](release::Eyes const& eyes) -> Made {
    return {200, tell(eyes, call->room.uss, id, *tried)};
  });
}

void get_intent(CallRef const& call) { get_with_tries(call, release::tell_intent); }
void get_constraint(CallRef const& call) { get(call, release::tell_constraint); }
void get_subscription(CallRef const& call) {
  get(call, [](release::Eyes const& eyes, release::OwnSystem const&, model::EntityId id) {
    return release::tell_subscription(eyes, id);
  });
}
void get_details(CallRef const& call) { get_with_tries(call, release::tell_details); }
void get_constraint_details(CallRef const& call) { get(call, release::tell_constraint_details); }

// f3548-fields 2.3, 20: only what has strayed is followed (409), and of what nobody has reported there is nothing (412).
void get_telemetry(CallRef const& call) {
  auto const id = forms::read_path_id(call->param("id"));
  if (!id) return call->refuse(id.error());
  answer_when_durable(call, [call, id = *id](release::Eyes const& eyes) -> Made {
    auto told = release::tell_telemetry(eyes, id);
    if (told) return {200, std::move(*told)};
    if (told.error() == release::NoTelemetry::absent) return {404, fail(ErrorCode::not_found, {})};
    bool const conforms = told.error() == release::NoTelemetry::conforms;
    return {conforms ? 409 : 412,
            release::tell_message(eyes, std::string(conforms ? "it is neither Nonconforming nor Contingent"
                                                             : "where it is was never reported") +
                                            " (E:" + call->request.id + ")")};
  });
}

// G4: which status an area beyond the limit has differs by what is asked for.
void query_intents(CallRef const& call) { query(call, 400, release::tell_intents); }
void query_constraints(CallRef const& call) { query(call, 413, release::tell_constraints); }
void query_subscriptions(CallRef const& call) {
  query(call, 413,
        [now = call->setting().now](release::Eyes const& eyes, release::OwnSystem const&,
                                    model::Hull const& hull) {
          return release::tell_subscriptions(eyes, hull, now);
        });
}

void get_availability(CallRef const& call) {
  std::string const uss(call->param("uss"));
  if (uss.empty()) return call->refuse(400, "the name of the USS is missing");
  answer_when_durable(call, [uss](release::Eyes const& eyes) -> Made {
    return {200, release::tell_availability(eyes, uss)};
  });
}

}  // namespace comity::f3548
