// The ids that the centre makes (25-isolation G3, A6): a value of crypto::prf under a purpose word of its own, in the
// shape of a random UUID.
//
// Nothing that a viewer may not know goes into one, and no number that others move: parties and offices go in by the
// names they have for ever, an agreement by its id and its drafter's name, which are one agreement's only (G2). So an
// id is the same whatever else the centre holds. Without the secret nobody can compute one, or confirm a guess of what
// it was made from, or see that the ids of two parties are of one object. Thread-safe: no state.
#pragma once

#include <string>
#include <string_view>

#include "release/keys.h"
#include "state/state.h"

namespace comity::release {

// An object as its originator posted it, all versions of it.
struct Original {
  PartyKey originator;
  std::string_view id;  // `indicator--…`
};

// The id under which a party is shown editions of an object: one for all versions and all offices of the party.
std::string edition_id(ReleaseKeys const& keys, state::Law const& law, PartyKey viewer,
                       Original const& original);

// The identities of a centre and of a listed party (A24): one for all viewers, since they stand in bytes as posted. Made
// when the centre or the party is registered, and kept in the law from then on.
std::string centre_identity_id(crypto::SymmetricKey const& prf, std::string_view origin);
std::string party_identity_id(crypto::SymmetricKey const& prf, std::string_view slug);

// A TAXII collection of an office. `agreement` none: the root of everything.
std::string collection_id(ReleaseKeys const& keys, state::Law const& law, OfficeKey office,
                          AgreementKey agreement, std::string_view name);

// A duty of an office, the one with this number among its own. After a restore the number is another one's (G15), so each
// epoch has ids of its own.
std::string duty_id(ReleaseKeys const& keys, state::State const& state, OfficeKey office, uint64_t number);

// A TAXII status, named by the idempotency key under which the office sent the envelope.
std::string status_id(ReleaseKeys const& keys, state::Law const& law, OfficeKey office,
                      std::string_view idempotency_key);

}  // namespace comity::release
