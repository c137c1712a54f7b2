// Signing on this machine with the party's own key (25-isolation G8; F5: what counts is signed by the party
// itself).
//
// The members that every act has come from the centre's answers to /me, those of a text from the text as
// served: its hash is computed here from the words that were shown, and what the centre says of it is not
// taken. Offline, the act comes from a file. Errors: bad_input (a member is missing), corrupt (the text is
// not the one the centre lists).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "cli/verb.h"
#include "crypto/ed25519.h"
#include "json/json.h"

namespace comity::cli {

// An online act travels at once; one made offline has to be carried to the centre.
inline constexpr Duration online_life = hours(1);
inline constexpr Duration offline_life = days(6);

// kind, centre, party, founding_key, office, key, seq, not_after, from the answer to /me. An act is shown to the other
// parties of its text, so its seq is the time: two that followed each other would count the acts between them, signed
// under texts that those parties may not know.
Result<json::Object> act_base(json::Value const& me, std::string_view kind, crypto::PublicKey const& key,
                              Duration life = online_life);

// SHA-256 of RFC 8785 of the agreement without `status`.
Result<Digest> text_hash_of(json::Value const& agreement);

// The key of --key or of the credentials.
Result<crypto::SecretKey> key_of(Call const& call, Credential const& credential);

// Asks /me, adds `members`, signs, posts the command of that kind.
Result<http::Response> post_signed(Call const& call, Remote& remote, std::string const& kind,
                                   json::Object const& members);

// The document of an act of that kind with these members, signed by `key` and by the others beside it; it is not sent. It lives as
// long as whoever is to sign it too needs to get to it.
struct UnsignedAct {
  std::string kind;
  json::Object members;
  Duration life = online_life;
};
Result<json::Value> signed_document(Remote& remote, UnsignedAct const& unsigned_act,
                                    crypto::SecretKey const& key,
                                    std::vector<crypto::SecretKey> const& others);

// The same as an officer of the host: /host knows the time at which acts are recorded while the centre does not believe its
// clock, by which not_after is counted. `body` travels beside the act and may hold a password; null: none.
Result<http::Response> post_host_act(Call const& call, Remote& remote, std::string const& kind,
                                     json::Object const& members, json::Value const& body);

// An act from a file, completed with key, seq and not_after where it has none, signed. One that is signed already gets this
// signature too, beside the others (recovery keys, which lie in different places).
struct OfflineAct {
  Bytes document;
  std::string seq;  // empty: as in the document
  UtcTime now;
};
Result<json::Value> sign_offline(OfflineAct const& act, crypto::SecretKey const& key);

}  // namespace comity::cli
