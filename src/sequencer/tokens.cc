#include "sequencer/tokens.h"

#include "base/mutant.h"
#include "crypto/token_key.h"

namespace comity::sequencer {

crypto::IssuerKey token_issuer(Centre const& centre) {
  std::string const origin = centre.read([](Glimpse const& glimpse) {
    state::CentreFacts const& facts = glimpse.state.centre;
    return mutated(Mutant::token_of_the_lost_range) ? facts.origin : facts.origin_now();
  });
  return {origin, origin, centre.keys().issuer};
}

bool is_own_key(Centre const& centre, std::string_view id) {
  if (id == crypto::key_id(centre.keys().ticket.public_key())) return true;
  auto const issuer = crypto::token_key_of_pem(centre.keys().issuer.public_pem);
  return issuer && id == crypto::token_key_id(issuer->algorithm, issuer->der);
}

std::optional<model::Actor> actor_named(state::Law const& law, std::string_view user) {
  if (ClientKey const client = law.find_client(user))
    return model::Actor{model::Actor::Kind::client, client.value};
  if (PersonKey const person = law.find_person(user))
    return model::Actor{model::Actor::Kind::person, person.value};
  return std::nullopt;
}

}  // namespace comity::sequencer
