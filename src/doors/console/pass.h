// What a browser holds of a session, and what a link holds: a Pass, sealed (crypto/sealed.h).
//
// A pass is for one person acting as one office until a time. The two purposes have contexts of their own, so a link is no
// session, a session no link, and neither is a Bearer token. Nothing of it is kept at the centre, so it outlives a restart. It
// ends by what ends the centre's tokens, and of who signed in by an issuer with whatever changes that: its id is revoked by the
// record that revokes tokens, and whatever moves a person's `tokens_since` (a new password, a second factor, "everywhere") ends
// those issued before; after a restore none of before opens, as the centre has another origin (25-isolation G15).
// Whether its person may still come in is for auth::viewer_now to say, at each use.
//
// A session that has little left may be renewed, for who is on watch. What is renewed is the same pass until later: its id, the index
// after which it was issued and the issuer stay, so whatever would have ended the one ends the other, and a revocation of its id is
// remembered for as long as any of its name could last. It never lasts longer than limits::session_life_on_watch from signing in, and
// another office or a second factor makes that no later. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "doors/auth/principal.h"
#include "sequencer/centre.h"

namespace comity::console {

enum class Purpose : uint8_t { session, link };

struct Pass {
  PersonKey person;
  OfficeKey office;
  Index issued_after = 0;
  UtcTime until;
  UtcTime at_latest;                   // it is not renewed beyond
  std::string id;                      // by which it is revoked
  uint32_t issuer = model::no_issuer;  // of her party, by which she signed in
  Index issuer_changed = 0;            // what stood in the law then
};

// A new pass of whoever that is, for so long.
Pass pass_of(sequencer::Centre const& centre, auth::Principal const& who, Duration life);
// One that takes the place of the one by which somebody came in, as another office: no younger, and over at the same time.
Pass pass_again(sequencer::Centre const& centre, auth::Principal const& who, OfficeKey office);
// The same one until later; none where more than enough is left, or no more may be had.
std::optional<Pass> renewed(Pass const& pass, UtcTime now);
std::string seal(sequencer::Centre const& centre, Purpose purpose, Pass const& pass);
// None for everything that is not one, for one that is over, and for one that would last longer than any that is made now.
std::optional<Pass> open(sequencer::Centre const& centre, Purpose purpose, std::string_view sealed);
// Whom it lets in, if the law does.
auth::Principal principal_of(Pass const& pass);

std::string name_of(sequencer::Centre const& centre, PersonKey person);

}  // namespace comity::console
