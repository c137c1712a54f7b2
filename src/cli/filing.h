// Filing commands with a centre that is open in this process: what the scenario loader and the crash test need of a
// client, without a door. Everything goes through the machine; nothing here is decided.
#pragma once

#include <map>
#include <string>

#include "codec/codec.h"
#include "crypto/ed25519.h"
#include "forms/contribution.h"
#include "json/json.h"
#include "sequencer/centre.h"

namespace comity::cli {

// Who files: an office, the person it acts through, and the party's binding key.
struct Filer {
  OfficeKey office;
  model::Actor actor;
  crypto::SecretKey const* key = nullptr;
};

class Filing {
 public:
  explicit Filing(sequencer::Centre& centre) : centre_(centre) {}

  Filer as(std::string const& office, crypto::SecretKey const& key);
  // The host's officer, who signs with a key of her own; without it she files what needs no signature.
  Filer as_officer(std::string const& person, crypto::SecretKey const* key);

  template <class Body>
  static forms::Prepared prepared(model::CommandKind kind, Body const& body,
                                  std::optional<Bytes> payload = {}) {
    forms::Prepared made;
    made.command.kind = kind;
    made.command.body = codec::encode(body);
    made.payload = std::move(payload);
    return made;
  }
  // Adds an act that says these members and what every act says, signed by the filer's key.
  Result<void> sign(Filer const& filer, forms::Prepared& command, json::Object members);

  // Files it and gives the digest by which it can be named; a refusal is an error that says why.
  Result<Digest> file(Filer const& filer, forms::Prepared command);

 private:
  sequencer::Centre& centre_;
  std::map<std::string, uint64_t> seq_;  // by party
};

}  // namespace comity::cli
