#include "sequencer/signed_in.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/register_issuer.h"
#include "crypto/token_key.h"
#include "forms/id_token.h"

namespace comity::sequencer {
namespace {

using forms::IdToken;
using state::Law;

std::unexpected<Error> nobody(char const* why) { return fail(ErrorCode::unauthenticated, why); }

// Allowed, not revoked, and for people.
model::Issuer const* standing_issuer(Law const& law, std::string_view name) {
  model::Issuer const* const issuer = commands::issuer_named(law, name);
  bool const stands = issuer && issuer->allowed && issuer->revoked == 0 && issuer->roles != 0;
  return stands ? issuer : nullptr;
}

bool could_be(model::TokenKey const& key, IdToken const& token) {
  return key.algorithm == token.algorithm &&
         (key.name.empty() || token.key_name.empty() || key.name == token.key_name);
}

bool is_signed(model::Issuer const& issuer, IdToken const& token) {
  size_t tried = 0;
  crypto::SignedText const text{token.signed_text, token.signature};
  for (model::TokenKey const& key : issuer.keys) {
    if (!could_be(key, token) || tried++ >= limits::token_candidates) continue;
    if (crypto::holds(static_cast<crypto::TokenAlgorithm>(key.algorithm), key.octets, text)) return true;
  }
  return false;
}

Result<SignedIn> person_in(Law const& law, uint32_t number, std::string const& subject) {
  for (uint32_t key = 0; key < law.people.size(); ++key) {
    model::Person const& person = law.people[key];
    if (person.issuer != number || person.subject != subject || person.revoked != 0) continue;
    for (auto const& [office, roles] : person.roles)
      if ((roles & ~model::withheld_roles(law.issuers, number, office)) != 0)
        return SignedIn{PersonKey(key), office, number, law.issuers[number].changed, 0};
    return nobody("no role that the issuer may give her");
  }
  return nobody("no person of that subject");
}

uint32_t number_of(Law const& law, model::Issuer const& issuer) {
  return static_cast<uint32_t>(&issuer - law.issuers.data());
}

}  // namespace

Result<SigningIn> signing_in(Centre const& centre, std::string_view issuer_name) {
  return centre.read([&](Glimpse const& glimpse) -> Result<SigningIn> {
    Law const& law = glimpse.state.law;
    model::Issuer const* const issuer = standing_issuer(law, issuer_name);
    if (!issuer) return fail(ErrorCode::not_found, std::string(issuer_name));
    return SigningIn{number_of(law, *issuer), issuer->url};
  });
}

Result<SignedIn> signed_in(Centre const& centre, std::string_view id_token, Login const& login) {
  auto const issuer = centre.read([&](Glimpse const& glimpse) {
    model::Issuer const* const found = standing_issuer(glimpse.state.law, login.issuer);
    return found ? std::optional(*found) : std::nullopt;
  });
  if (!issuer) return nobody("no issuer that signs people in");
  IdToken const token = TRY(forms::read_id_token(
      id_token, {issuer->url, login.client_id, login.nonce, login.begun, centre.seam().clock.now()}));
  if (token.issued < issuer->tokens_since) return nobody("from before the issuer was revoked");
  if (!is_signed(*issuer, token)) return nobody("signed by no key of the issuer");
  return centre.read([&](Glimpse const& glimpse) -> Result<SignedIn> {
    Law const& law = glimpse.state.law;
    model::Issuer const* const now = standing_issuer(law, login.issuer);
    if (!now || now->changed != issuer->changed) return nobody("the issuer was changed meanwhile");
    SignedIn found = TRY(person_in(law, number_of(law, *now), token.subject));
    found.seen = glimpse.state.next_index - 1;
    return found;
  });
}

}  // namespace comity::sequencer
