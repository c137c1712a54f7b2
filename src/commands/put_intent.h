// put_intent (200): files an operational intent, or a change of one (f3548-rules 5). Of the office that files it; in a centre of
// preset `dss` the one of that id, whoever asks.
//
// What F3548 calls the key is checked as it says (U8): whoever would plan or fly shows the OVN of every intent, and if its
// subscription asks for constraints of every constraint, that shares a cell, an instant and, among intents, an altitude with it;
// of those it may see. A refusal for that names them in the ruling's airspace part and changes nothing.
//
// Under agreements its volumes are compared with all that is near (conflicts.h), for both sides, and that refuses nothing. Filed
// natively it has no key, no subscription and no URL. Filed over F3548, "may see" is what clauses give at `reference` or better; of what
// clauses give as a warning only, the key must show one surrogate for each clause (25-isolation D3), which the door recognises, since only
// it can tell the OVN of one. A refusal is charged to the budget as an acceptance is (G10).
//
// Refused: not_permitted, malformed (a hull or extents beyond limits), in_the_past, window_too_long (but in preset
// `dss`), uss_down, not_owner, stale_ovn, unknown_intent, ovn_used, quota, unknown_subscription, not_owner (of the subscription), subscription_too_small, missing_ovns.
#pragma once

#include "commands/conflicts.h"
#include "commands/sight.h"
#include "model/conflict.h"
#include "model/record.h"

namespace comity::commands {

// U7b: a subscription that is made for the intent and ends with it.
struct ImplicitSubscription {
  model::EntityId id;
  model::Ovn version;
  std::string url;
  bool for_constraints = false;
  auto fields(this auto& self) { return std::tie(self.id, self.version, self.url, self.for_constraints); }
};

struct PutIntent {
  model::EntityId id;
  std::optional<model::SeenOvn> at;  // of the change of one that is there
  model::Ovn next;                   // the OVN from here on
  model::IntentState state = model::IntentState::accepted;
  std::string url;
  model::Hull hull;
  std::vector<model::Extent> extents;
  model::IntentKind kind = model::IntentKind::flight;
  bool exercise = false;
  // Filed over the centre's own door: without a key or a subscription, since what it meets is told by notices.
  bool native = false;
  std::vector<model::SeenOvn> key;  // sorted
  std::optional<model::EntityId> subscription;
  std::optional<ImplicitSubscription> implicit;
  std::vector<model::Surrogate> seen;  // that the key shows
  model::Ovn stretched;  // the version of an implicit subscription that has to grow for it (U7a)
  std::string
      said;  // what its filer said of its volumes, if that was more than what is above; JSON, for readers alone
  auto fields(this auto& self) {
    return std::tie(self.id, self.at, self.next, self.state, self.url, self.hull, self.extents, self.kind,
                    self.exercise, self.native, self.key, self.subscription, self.implicit, self.seen,
                    self.stretched, self.said);
  }
};

// What its office would see at `warning` if it were filed: for the door, to recognise in a key what it shows.
std::vector<model::Surrogate> surrogates_of(State const& state, OfficeKey office, PutIntent const& command,
                                            UtcTime now);

// Why it is refused, whatever it meets.
std::optional<Ruling> refusal_of(Sight const& sight, PutIntent const& command);
// What it would be.
state::Intent would_be(State const& state, OfficeKey office, PutIntent const& command);
// The change that it would be, for conflicts.h; `will_be` must outlive it.
ThingChange change_to(State const& state, state::Intent const& will_be, UtcTime now);
Ruling decide(Sight const& sight, PutIntent const& command);
void apply(State& state, PutIntent const& command, model::Record const& record);

}  // namespace comity::commands
