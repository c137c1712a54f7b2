// For which client a token of another issuer speaks (25-isolation C5).
//
// Asked are the issuers that parties have registered under the URL that the token says, that the host allows, with their keys of
// the token's algorithm and, where it names one, of that name or of none: at most limits::token_candidates of each party, those of
// that name first. Where nobody is asked the work of one check is done all the same, so that it is not told by the time whose
// provider of identities is registered. Whoever's key it was signed with speaks for that party's
// clients and no other's: two parties may have registered one URL, each for itself. The subject is that of one client of an
// office the issuer may speak for; the token may give no right that the issuer may not.
//
// Where two parties trust one key and both have a client of that subject, the token says for which by its claim `office`, or
// the request does; else it is nobody's. Nothing is fetched. Thread-safe: no state. Not under the lock.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "sequencer/centre.h"

namespace comity::sequencer {

struct Spoken {
  ClientKey client;
  std::string token_id;  // `ru/login` and the token's `jti`: an issuer revokes and repeats none but its own
  uint32_t issuer = model::no_issuer;
  Index issuer_changed = 0;    // what stood in the law when this was found
  Index seen = 0;              // the newest record then
  model::Rights withheld = 0;  // rights that the client has and the token does not give
  UtcTime until;
  uint32_t utm_scopes = 0;  // forms::Scopes: those of F3548 that the token has
};

// Who is wanted: an office by name, a party; empty and none: whoever it is.
struct Wanted {
  std::string_view office;
  PartyKey party = {};
};

// unauthenticated: nobody's.
Result<Spoken> spoken_for(Centre const& centre, std::string_view token, Wanted const& wanted);

// What was found still stands: nobody has changed the issuer since.
bool still_stands(state::Law const& law, uint32_t issuer, Index issuer_changed);

}  // namespace comity::sequencer
