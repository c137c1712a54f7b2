// What a command's decide may look at, and how what follows from it is worked out.
//
// `view` is the author's: guards look names up there and nowhere else (25-isolation G1). `behind` is the whole state; it
// is for what follows from an accepted command (releases, entry into force) and for the guards that docs/threats.md
// lists. The order of reasons is G4's: rights, one's own state, matters one may know, then the listed guards.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "model/command.h"
#include "model/ruling.h"
#include "state/due.h"
#include "state/state.h"

namespace comity::commands {

using model::Command;
using model::ReasonCode;
using model::refused;
using model::Ruling;
using state::State;

// What is chosen outside the machine and carried in.
struct Context {
  Index index = 0;
  UtcTime time;
  uint32_t ruleset = 1;
  PayloadKey payload = 0;  // the key the payload will have if the command is accepted; 0: it came without one
};

struct Sight {
  state::View view;
  Command const& command;
  Context const& context;
  State const& behind;
};

// The author has one of the roles as a person, or one of the rights as a client.
bool may(Sight const& sight, model::Roles roles, model::Rights rights = 0);

// A STIX id of an identity, as the centre mints them; or none.
bool is_identity(std::string_view id);

// The ruling with what becomes visible by it.
Ruling following(Ruling ruling, state::Due due);

// A change of law: on a copy, with everything that settles from it and all releases that follow. The ruling is
// accepted and carries the effects; apply then makes the same change on the law itself.
Ruling accepted_with(Sight const& sight, std::function<void(state::Law&)> const& change);

// Of an act that would leave its party no higher number.
bool seq_is_too_high(model::SignedAct const& act, UtcTime now);

// The signed act of the command (G8): none if it is good, which is by a binding key that may sign this kind of act.
std::optional<model::Reason> check_act(Sight const& sight);
// The same for host officers: signed by the person's own officer key.
std::optional<model::Reason> check_officer_act(Sight const& sight);
// Whether a binding key must be registered for the kind of act: a few say nothing that the least of keys may not say.
enum class Powers : uint8_t { for_kind, any };
// The same by this key, null for one that there is not; `of_others`: what is wrong with those who signed beside it.
std::optional<model::Reason> check_act_by(Sight const& sight, model::PublicKeyEntry const* key,
                                          Powers powers = Powers::for_kind,
                                          std::optional<model::Reason> of_others = {});

}  // namespace comity::commands
