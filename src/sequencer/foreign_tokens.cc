#include "sequencer/foreign_tokens.h"

#include <algorithm>
#include <map>

#include "base/contains.h"
#include "base/limits.h"
#include "base/mutant.h"
#include "crypto/token_key.h"
#include "forms/foreign_token.h"

namespace comity::sequencer {
namespace {

using forms::ForeignToken;
using state::State;

struct Candidate {
  uint32_t issuer = model::no_issuer;
  model::TokenKey key;
};

bool is_asked(model::Issuer const& issuer, ForeignToken const& token, Wanted const& wanted) {
  return issuer.allowed && issuer.revoked == 0 && issuer.url == token.issuer &&
         token.issued >= issuer.tokens_since && (wanted.party.is_none() || issuer.party == wanted.party);
}

// A key without a name is tried whatever the token says.
bool could_be(model::TokenKey const& key, ForeignToken const& token) {
  return key.algorithm == token.algorithm &&
         (key.name.empty() || token.key_name.empty() || key.name == token.key_name);
}

// Counted by party: nobody's keys leave no room for another's.
std::vector<Candidate> candidates(state::Law const& law, ForeignToken const& token, Wanted const& wanted) {
  std::vector<Candidate> all;
  std::map<PartyKey, size_t> of_party;
  for (bool const named : {true, false})
    for (uint32_t i = 0; i < law.issuers.size(); ++i) {
      if (!is_asked(law.issuers[i], token, wanted)) continue;
      for (model::TokenKey const& key : law.issuers[i].keys) {
        bool const of_that_name = !key.name.empty() && key.name == token.key_name;
        if (of_that_name != named || !could_be(key, token)) continue;
        bool const apart = !mutated(Mutant::keys_of_one_crowd_out_others);
        if (of_party[apart ? law.issuers[i].party : PartyKey()]++ < limits::token_candidates)
          all.push_back({i, key});
      }
    }
  return all;
}

bool signed_by(model::TokenKey const& key, ForeignToken const& token) {
  return crypto::holds(static_cast<crypto::TokenAlgorithm>(key.algorithm), key.octets,
                       {token.signed_text, token.signature});
}

bool is_meant(state::Law const& law, OfficeKey office, ForeignToken const& token, Wanted const& wanted) {
  std::string_view const name = law.office(office).name;
  return (token.office.empty() || token.office == name) && (wanted.office.empty() || wanted.office == name);
}

// Every client for whom it could speak; more than one: nobody's.
std::vector<ClientKey> clients_of(state::Law const& law, std::vector<Candidate> const& signers,
                                  ForeignToken const& token, Wanted const& wanted) {
  std::vector<ClientKey> all;
  for (size_t i = 0; i < law.clients.size(); ++i) {
    model::Client const& client = law.clients[i];
    if (client.subject != token.subject || client.revoked != 0) continue;
    if (!contains(signers, client.issuer, &Candidate::issuer)) continue;
    if (law.issuers[client.issuer].speaks_for(client.office) && is_meant(law, client.office, token, wanted))
      all.push_back(ClientKey(i));
  }
  return all;
}

Result<Spoken> spoken_in(State const& state, std::vector<Candidate> const& signers, ForeignToken const& token,
                         Wanted const& wanted) {
  auto const clients = clients_of(state.law, signers, token, wanted);
  if (clients.size() != 1) return fail(ErrorCode::unauthenticated, "nobody's, or more than one's");
  uint32_t const number = state.law.clients[clients[0].value].issuer;
  model::Issuer const& issuer = state.law.issuers[number];
  model::Rights const given = token.rights().value_or(issuer.rights);
  if ((given & ~issuer.rights) != 0) return fail(ErrorCode::unauthenticated, "a right it may not give");
  std::string const name = state.law.party(issuer.party).slug + "/" + issuer.slug;
  return Spoken{clients[0],    name + " " + token.id, number, issuer.changed, state.next_index - 1, ~given,
                token.expires, token.utm_scopes()};
}

}  // namespace

Result<Spoken> spoken_for(Centre const& centre, std::string_view text, Wanted const& wanted) {
  std::string const audience =
      centre.read([](Glimpse const& glimpse) { return glimpse.state.centre.origin; });
  ForeignToken const token = TRY(forms::read_foreign_token(text, audience, centre.seam().clock.now()));
  auto signers =
      centre.read([&](Glimpse const& glimpse) { return candidates(glimpse.state.law, token, wanted); });
  if (signers.empty())
    crypto::check_in_vain(static_cast<crypto::TokenAlgorithm>(token.algorithm),
                          {token.signed_text, token.signature});
  std::erase_if(signers, [&](Candidate const& one) { return !signed_by(one.key, token); });
  return centre.read([&](Glimpse const& glimpse) -> Result<Spoken> {
    // What changed while the signature was looked at is asked about again.
    auto const now = candidates(glimpse.state.law, token, wanted);
    std::erase_if(signers, [&](Candidate const& one) {
      return !std::ranges::any_of(now, [&](Candidate const& other) {
        return other.issuer == one.issuer && other.key.id == one.key.id;
      });
    });
    return spoken_in(glimpse.state, signers, token, wanted);
  });
}

bool still_stands(state::Law const& law, uint32_t issuer, Index issuer_changed) {
  return issuer < law.issuers.size() && law.issuers[issuer].changed == issuer_changed &&
         law.issuers[issuer].allowed && law.issuers[issuer].revoked == 0;
}

}  // namespace comity::sequencer
