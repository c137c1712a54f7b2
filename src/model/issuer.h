// Who besides the centre may say that a machine is one of a party's clients, or a person one of its people (25-isolation C5): an issuer
// of tokens, as one party registered it and for that party alone.
//
// An issuer is named by its party (G2): two parties may register one URL, each with keys of its own, and neither speaks for
// the other. It may speak for the offices and give the rights that are listed here, signs with the keys that are listed
// here, each with one algorithm for ever, gives people who sign in by it the roles that are listed here and never `host`, and counts
// only while an officer of the host allows it with this URL. Nothing is ever removed from the law's table of them, so a client's
// issuer keeps its number; keys that have ended are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/party.h"

namespace comity::model {

enum class TokenAlgorithm : uint8_t { rs256 = 1, es256, eddsa };

struct TokenKey {
  // `sha256:` and 16 hex digits of the hash of `octets`; of an Ed25519 key `ed25519:`, as crypto/token_key.h has it.
  std::string id;
  std::string name;  // what tokens call it (`kid`); empty: whatever they say
  TokenAlgorithm algorithm = TokenAlgorithm::es256;
  Bytes octets;  // SubjectPublicKeyInfo, DER
  auto fields(this auto& self) { return std::tie(self.id, self.name, self.algorithm, self.octets); }
};

struct Issuer {
  PartyKey party;
  std::string slug;                     // `login`; others know it as `ru/login`
  std::string url;                      // what its tokens say as `iss`
  std::vector<OfficeKey> offices = {};  // that it may speak for, sorted; none: all of the party's
  Rights rights = 0;                    // that it may give to machines
  std::vector<TokenKey> keys = {};
  bool allowed = false;
  Index revoked = 0;          // 0: not revoked
  UtcTime tokens_since = {};  // tokens issued before do not hold: it was revoked in between
  Index changed = 0;  // the record that changed any of this last: what was verified before is looked at anew
  Roles roles = 0;    // that it may give to people; 0: it speaks for machines only

  bool speaks_for(OfficeKey office) const {
    return offices.empty() || std::ranges::binary_search(offices, office);
  }
  auto fields(this auto& self) {
    return std::tie(self.party, self.slug, self.url, self.offices, self.rights, self.keys, self.allowed,
                    self.revoked, self.tokens_since, self.changed, self.roles);
  }
};

// Roles that a person who signed in by this issuer has not in that office, whatever the party gave her: never none, since `host` is none of
// an issuer's to give. By no issuer nothing is withheld.
Roles withheld_roles(std::vector<Issuer> const& issuers, uint32_t issuer, OfficeKey office);

// What a token may call its issuer: visible ASCII, 1 to limits::name_bytes.
bool is_issuer_url(std::string_view text);

}  // namespace comity::model
