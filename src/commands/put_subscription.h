// put_subscription (204): a manager asks to be told of changes in a volume, or changes what it asked for (f3548-rules 8). An edit of
// the subscription of an intent makes it one of its own, which outlives the intent (S5).
//
// What is said of time may be left open: a new one begins now, an old one stays as it was, and either ends 24 hours after its
// begin (S2). `hull` has the altitudes as asked, for S4; a subscription is told of changes at any altitude (G9).
//
// Refused: not_permitted, malformed (no flag), in_the_past, window_too_long, stale_ovn (also of a new one of an id that is there, and
// before it is said whose it is), unknown_subscription, not_owner, has_dependents (S4), quota.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct PutSubscription {
  model::EntityId id;
  std::optional<model::SeenOvn> at;  // the version that it changes
  model::Ovn next;
  std::string url;
  model::Hull hull;
  bool for_intents = false, for_constraints = false;
  auto fields(this auto& self) {
    return std::tie(self.id, self.at, self.next, self.url, self.hull, self.for_intents, self.for_constraints);
  }
};

Ruling decide(Sight const& sight, PutSubscription const& command);
void apply(State& state, PutSubscription const& command, model::Record const& record);

}  // namespace comity::commands
