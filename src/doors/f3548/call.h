// What the sources of this door share: one request at work, and its answers. Inside this room only.
//
// A Call lives until it is answered. Reads look at what is applied and leave when that is durable (`answer_when_durable`); a change
// leaves when its own record is, made of what was sent and of the ruling.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doors/auth/authenticator.h"
#include "doors/f3548/door.h"
#include "doors/f3548/verified.h"
#include "doors/http/loop.h"
#include "doors/http/message.h"
#include "doors/http/reply.h"
#include "doors/http/workers.h"
#include "release/compose.h"
#include "release/eyes.h"
#include "release/keys.h"
#include "release/told_airspace.h"
#include "release/told_systems.h"
#include "release/told_telemetry.h"

namespace comity::f3548 {

// What filings that were refused lately would have met at `warning`, so that their clients can ask for it as the standard has it: a 409
// names an intent, whose manager is asked for its OVN and details. For limits::tried_kept, and bounded: the oldest goes. Thread-safe.
class Tries {
 public:
  void add(OfficeKey office, model::EntityId own, std::vector<model::Surrogate> const& surrogates,
           UtcTime now);
  void filed(OfficeKey office, model::EntityId own);  // now it has notices
  release::Tried of(OfficeKey office, UtcTime now) const;

 private:
  struct Try {
    UtcTime at;
    std::vector<model::Surrogate> surrogates;
  };
  mutable std::mutex mutex_;
  std::map<OfficeKey, std::map<model::EntityId, Try>> offices_;
};

struct Room {
  Room(sequencer::Centre& the_centre, DoorOptions the_options, auth::Authenticator* the_authenticator)
      : centre(the_centre),
        keys{centre.keys().prf, centre.keys().cursor, centre.keys().comparison},
        options(std::move(the_options)),
        verified(centre.seam().entropy, options.trust),
        authenticator(the_authenticator),
        uss{options.base_url} {}
  sequencer::Centre& centre;
  release::ReleaseKeys keys;
  DoorOptions const options;
  Verified verified;
  auth::Authenticator* authenticator = nullptr;  // of a centre of agreements; null: preset `dss`
  release::OwnSystem uss;
  Tries tries;

  bool is_dss() const { return authenticator == nullptr; }
};

struct Call {
  Room& room;
  http::Request request;
  std::vector<std::pair<std::string_view, std::string>> params;
  http::LogNote note;
  http::Done done;
  Caller who = {};
  std::optional<auth::Principal> principal = {};  // under agreements: as whom the caller came in

  std::string_view param(std::string_view name) const;
  forms::F3548Setting setting() const;
  // Of the path: with an OVN or version where the route has one.
  forms::EntityPath path() const;

  // Whoever may not come in any more is nobody, who sees nothing (25-isolation G6).
  state::Viewer viewer(state::State const& state) const {
    if (!principal) return {who.office, 0, model::right::read | model::right::file, who.client};
    auto const now = auth::viewer_now(state, *principal, room.centre.seam().clock.now());
    return now && auth::may_read(*now) ? *now : state::Viewer{};
  }
  template <class Ask>
  auto glance(Ask&& ask) const {
    return room.centre.glance([&](sequencer::Glimpse const& glimpse) {
      return ask(release::Eyes(glimpse.state, viewer(glimpse.state), room.keys));
    });
  }

  // The answers. Each is given once.
  void answer(http::Reply&& reply) const;
  void answer(int status, release::Told const& told) const;
  void refuse(int status, std::string_view message) const;
  void refuse(forms::F3548Fault const& fault) const { refuse(fault.status, fault.message); }
};

using CallRef = std::shared_ptr<Call>;

// `make` looks at what is applied, and its answer leaves once that is durable; if that is never to be, it looks again.
void answer_when_durable(CallRef const& call,
                         std::function<std::pair<int, Result<release::Told>>(release::Eyes const&)> make);

// The command as this caller's; `then` on the call's loop, once its ruling is there and durable. What was not taken is answered 503.
void submit(CallRef const& call, model::CommandKind kind, Bytes body,
            std::function<void(sequencer::Answer const&)> then);
// A refusal of the machine as the standard has it: the status that its code stands for here, and a sentence.
struct Mapped {
  model::ReasonCode code;
  int status;
};
void refuse(CallRef const& call, model::Ruling const& ruling, std::initializer_list<Mapped> map,
            model::EntityId entity = {});

// G3: octets that nobody can foresee, of the caller's own matters alone: the same request with the same past gives the same.
std::array<uint8_t, 16> minted(Call const& call, std::string_view purpose);
inline model::Ovn minted_ovn(Call const& call, std::string_view purpose) {
  return {model::Ovn::Kind::minted, minted(call, purpose), 0};
}
model::EntityId minted_id(Call const& call, std::string_view purpose);

// changes.cc, looking.cc
using Serve = void (*)(CallRef const& call);
void put_intent(CallRef const& call);
void delete_intent(CallRef const& call);
void put_constraint(CallRef const& call);
void delete_constraint(CallRef const& call);
void put_subscription(CallRef const& call);
void delete_subscription(CallRef const& call);
void put_availability(CallRef const& call);
void post_report(CallRef const& call);
void get_intent(CallRef const& call);
void get_constraint(CallRef const& call);
void get_subscription(CallRef const& call);
void query_intents(CallRef const& call);
void query_constraints(CallRef const& call);
void query_subscriptions(CallRef const& call);
void get_availability(CallRef const& call);
// Of what the centre's own system manages.
void get_details(CallRef const& call);
void get_telemetry(CallRef const& call);
void get_constraint_details(CallRef const& call);

}  // namespace comity::f3548
