// A command: a request to act, as data (50-ledger).
//
// `body` is the canonical encoding of the struct of its kind (commands/<kind>.h). Time, randomness and digests are
// chosen outside the machine and carried in. Bytes too large for the machine (an object as posted, an agreement's
// JSON, a password verifier) travel beside the command as its payload; the machine knows the payload's key only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/item.h"

namespace comity::model {

enum class CommandKind : uint16_t {
#define COMMAND(number, name, type) name = number,
#include "model/commands.inc"
#undef COMMAND
};

char const* name_of(CommandKind kind);  // "" for a number that is not in the list
std::optional<CommandKind> command_kind(std::string_view name);

// Who sent it: the sequencer itself, a client, or a person; the office as which it acts stands in the command.
struct Actor {
  enum class Kind : uint8_t { system = 1, client, person };
  Kind kind = Kind::system;
  uint32_t key = 0;  // ClientKey or PersonKey
  auto operator<=>(Actor const&) const = default;
  auto fields(this auto& self) { return std::tie(self.kind, self.key); }
};

// A signed act (25-isolation G8). `text` is the RFC 8785 form of the act as signed; the fields are read from it by the
// door, and forms/act.h is the only place that does so. `verified` is the answer of the prepare step: each signature is
// good for the octets of the key that it names. Whether these keys may sign at this index is decided by the machine.
struct ActSignature {
  std::string key;
  std::array<uint8_t, 64> value{};
  auto fields(this auto& self) { return std::tie(self.key, self.value); }
};

struct SignedAct {
  std::string text;
  std::string kind, centre, party, founding_key, office, key;
  uint64_t seq = 0;
  UtcTime not_after;
  std::vector<ActSignature> signatures;  // as they came; one of them by `key`, none by one key twice
  bool verified = false;  // the centre's answer, not the signer's: kept beside, in the envelope of the record
  auto fields(this auto& self) {
    return std::tie(self.text, self.kind, self.centre, self.party, self.founding_key, self.office, self.key,
                    self.seq, self.not_after, self.signatures);
  }
};

struct Command {
  CommandKind kind = CommandKind::pulse;
  OfficeKey office;  // none: the sequencer itself
  Actor actor;
  std::string idempotency_key;  // the office's own; empty: none
  Digest digest;  // of kind, body, act and payload: what an idempotency key stands for; never bare
  Bytes body;
  Bytes
      sealed;  // what is destroyed together with the payload: of a contribution, its Facts (25-isolation G7)
  std::optional<SignedAct> act;
  // Of a contribution: the door's, never told to anybody, since whoever has a journal could confirm guesses by them (E2).
  std::optional<Comparisons> compare = {};
  // Rights of the client, or roles of the person, that the issuer it came in by does not give (C5); bits as in model/party.h. 0: by none,
  // or by one that gives a machine all that it has.
  uint32_t withheld = 0;
  auto fields(this auto& self) {
    return std::tie(self.kind, self.office, self.actor, self.idempotency_key, self.digest, self.body,
                    self.sealed, self.act, self.compare, self.withheld);
  }
};

}  // namespace comity::model
