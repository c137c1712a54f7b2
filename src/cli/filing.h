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
  // The host's officer, who signs with a key of her own.
  Filer as_officer(std::string const& person, crypto::SecretKey const& key);

  // The command as the machine takes it; an act with the given members is added and signed if `members` is given.
  template <class Body>
  forms::Prepared prepared(Filer const& filer, model::CommandKind kind, Body const& body) {
    forms::Prepared made;
    made.command.kind = kind;
    made.command.body = codec::encode(body);
    address(filer, made);
    return made;
  }
  Result<void> sign(Filer const& filer, forms::Prepared& command, json::Object members);
  void address(Filer const& filer, forms::Prepared& command);

  // Files it; a refusal is an error that says why.
  Result<sequencer::Answer> file(forms::Prepared command);

 private:
  sequencer::Centre& centre_;
  std::map<std::string, uint64_t> seq_;  // by party
};

// What an idempotency key stands for; see model::Command.
Digest digest_of(forms::Prepared const& command);

}  // namespace comity::cli
