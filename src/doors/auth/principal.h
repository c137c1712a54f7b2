// Who asks: an actor whom a credential proved, acting as one office (15-forms 1).
//
// A Principal says who came in and by which credential. What it may do is never kept in it: viewer_now() asks the law as
// it is, at each use, so that a revocation, a new password, another set of roles and a revoked token count from the index
// at which they were applied, also for a request that was on its way (25-isolation G6, promise 4). So does whatever changes the
// issuer of a foreign token, or by which a person signed in: its keys, offices, rights, roles, the host's word.
//
// `office_number` is what logs may show in place of the office's name (F7). Plain value; copies are free to make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "doors/http/freshness.h"
#include "model/command.h"
#include "sequencer/centre.h"
#include "sequencer/prepare.h"
#include "state/state.h"

namespace comity::auth {

struct Principal {
  model::Actor actor;
  OfficeKey office;
  uint64_t office_number = 0;
  PayloadKey credential = 0;           // the verifier that the password fitted; 0: came by token
  bool with_code = false;              // and a code beside it, which holds once
  std::string token_id;                // of the token; empty: came by password
  Index token_issued_after = 0;        // of the token: the last index before it was issued
  UtcTime until = never;               // of the token: when it is over
  UtcTime at_latest = never;           // of a session: the end beyond which it is not renewed
  uint32_t issuer = model::no_issuer;  // of a token, or a sign-in, that is not the centre's own (C5)
  Index issuer_changed = 0;            // what stood in the law when it was verified
  uint32_t withheld = 0;               // rights of the client, or roles of the person, that it does not give
  uint32_t utm_scopes = 0;             // forms::Scopes: of a foreign token, those of F3548

  sequencer::Author author() const { return {office, actor, withheld}; }
};

// What the issuer by which a person signed in withholds from her in this office, as the law has it now; nothing where there is none.
uint32_t withheld_now(state::Law const& law, Principal const& principal);

// The principal's eyes now; none if the credential no longer lets it in as this office.
std::optional<state::Viewer> viewer_now(state::State const& state, Principal const& principal, UtcTime now);

// LogNote::whose of its answers, and the cuts of that office (http::Cuts).
uint64_t whose(Principal const& principal);
http::Cuts cuts_of(sequencer::Centre const& centre);

// Rights that routes ask for (25-isolation G4, step 2): of a client, or what a person's roles amount to.
bool may_read(state::Viewer const& viewer);
bool may_contribute(state::Viewer const& viewer);

}  // namespace comity::auth
