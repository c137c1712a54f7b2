// Commands as doors receive them: from JSON to model::Command (15-forms 3; docs/formats.md lists every kind).
//
//     {"kind": "delete_item", "body": {"id": "indicator--…"}, "idempotency_key": "…"}
//     {"kind": "sign", "act": {…}, "signatures": […]}
//
// What is signed is what is done: where there is an act, its members are the command's values. A body beside it may
// repeat them and must agree; only a password or verifier, which no act may hold, is taken from the body then. Without an
// act the values are the body's: the machine refuses that for kinds that must be signed, previews do not.
// A member that the kind does not know, of body or act, is refused with its JSON pointer.
//
// Bytes that travel beside a command keep their form: an agreement's text and a contributed object are stored as they
// were written. A password is hashed here by `tools` and nowhere kept; that takes 58 ms, so never on an event loop.
// An agreement that does not compile gives all its problems, anything else the first one.
//
// The kinds that only the centre itself sends are unknown here. Who sends the command, its digest and whether the
// signature holds: sequencer/prepare.h. Thread-safe if `tools` is.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "forms/contribution.h"
#include "forms/reader.h"
#include "model/command.h"

namespace comity::forms {

// What reading a command asks of the centre.
class CommandTools {
 public:
  virtual ~CommandTools() = default;
  // The verifier of a password. Slow; may be `busy`. `key` is the command's idempotency key: the same password under the
  // same key must give the same verifier, or a command that is sent again would be another one.
  virtual Result<Bytes> verifier_of(std::string_view password, std::string_view key) const = 0;
  // Whose client or person a token speaks for, its id, and when it is over, if it holds.
  struct Token {
    std::string id, user;
    UtcTime until = never;
  };
  virtual Result<Token> read_token(std::string_view token) const = 0;
  virtual crypto::SymmetricKey const& comparison_key() const = 0;
  // Whether a public key of this id is one of the centre's: it has its purpose (25-isolation G8).
  virtual bool is_key_of_centre(std::string_view id) const = 0;
};

// Why there is no command: at least one problem.
struct Unreadable {
  ErrorCode code = ErrorCode::bad_input;
  std::vector<Problem> problems;
};
using CommandResult = std::expected<Prepared, Unreadable>;

// Whether doors take this kind.
bool is_for_doors(model::CommandKind kind);
// Whether the kind binds a party or is an officer's, so that it needs an act.
bool is_signed(model::CommandKind kind);
// Whether it files, changes or ends an intent, a site or a constraint.
bool is_filing(model::CommandKind kind);
// Whether a preview foresees it: what looks at others' volumes is a command, recorded and charged (25-isolation G5, G10).
bool can_be_previewed(model::CommandKind kind);
// Of those the kinds that an officer of the host signs with a key of her own.
bool is_signed_by_officer(model::CommandKind kind);

// One command as above. `document` is any bytes at all, from anyone. `key` is its idempotency key unless it has one.
CommandResult read_command(BytesView document, std::string_view key, CommandTools const& tools);

// 1 to limits::idempotency_key_bytes, without control characters.
bool is_idempotency_key(std::string_view text);

// The commands of a document that holds one or a list of at most limits::command_list, each as it was written.
struct CommandList {
  std::vector<BytesView> commands;
  bool is_list = false;
};
Result<CommandList> split_commands(BytesView document);

}  // namespace comity::forms
