// The prepare step (50-ledger): what is worked out of a command before the machine sees it.
//
// Pure but for one look at the state: the digest that an idempotency key stands for, the identity of a party that is
// proposed (25-isolation A24), what a notice says that is acknowledged (commands/acknowledge.h), and whether the signature of its act
// holds for the octets of the key it names, or what it loads is in the tree it names (framework.h). Whether that key may sign at the index at which the command is ruled on is
// the machine's to say (25-isolation G8), so a key revoked in between refuses the act all the same.
//
// The digest is HMAC-SHA-256 under the comparison key over kind, body, sealed, the act's text and the payload, each with
// its length before it. It is what countersign_host_act names. Tools are those of forms/command.h for this centre.
// Any thread; not on an event loop, since Tools may hash a password.
#pragma once

#include <string_view>

#include "forms/command.h"
#include "sequencer/centre.h"
#include "sequencer/tokens.h"

namespace comity::sequencer {

struct Author {
  OfficeKey office;
  model::Actor actor;
  uint32_t withheld =
      0;  // rights of a client, or roles of a person, that whoever vouches for them does not give
};

// The author's eyes, as the law has it now: no roles and no rights for who was revoked.
state::Viewer viewer_of(state::Law const& law, Author const& author);

Submission prepare(Centre const& centre, Author author, forms::Prepared prepared);

class Tools : public forms::CommandTools {
 public:
  Tools(Centre const& centre, Author author) : centre_(centre), author_(author) {}

  // The salt follows from office and key, so that a command sent again is the same; without a key it is random. Nothing
  // is hashed for a client, which may set no password (the machine refuses it, whatever the verifier); bad_input after
  // limits::passwords_in_list.
  Result<Bytes> verifier_of(std::string_view password, std::string_view key) const override;
  Result<Token> read_token(std::string_view token) const override;
  crypto::SymmetricKey const& comparison_key() const override { return centre_.keys().comparison; }
  bool is_key_of_centre(std::string_view id) const override { return is_own_key(centre_, id); }

 private:
  Centre const& centre_;
  Author author_;
  mutable int hashed_ = 0;
};

}  // namespace comity::sequencer
