// Signed acts: what binds a party (25-isolation G8, 15-forms 1).
//
//     {"act": {"kind": "sign", "centre": "…", "party": "ru", "founding_key": "ed25519:…", "office": "ru/mfa",
//              "key": "ed25519:…", "seq": 7, "not_after": "…", "agreement": "ru.x", "version": 1, "text_hash": "…"},
//      "signatures": [{"key": "ed25519:…", "value": "<64 bytes in base64>"}]}
//
// The signed bytes are "comity-act/1\n" and the RFC 8785 text of the act. An act is strings and integers, in lists and
// objects where its kind asks for them; true, false, null and fractions are refused, as is a name given twice, before
// anything is made canonical. One signature is by the key the act names; where the kind asks for it others stand beside (new keys,
// recovery keys), none twice and at most limits::act_signatures in all. The members above up to
// not_after are in every act; the others belong to its kind and are read with forms/act_fields.h.
//
// Reading an act says that it has the form. Whether the signature holds is verify_act; whether that key may sign,
// whether seq and not_after are right and whether the act asks for what the command does is the machine's ruling.
// Errors are bad_input with a JSON pointer, too_large beyond limits::act_bytes. Thread-safe: no state.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "json/json.h"
#include "model/command.h"

namespace comity::forms {

// The document above, from anyone. `verified` is false: verify_act has not been asked.
Result<model::SignedAct> read_act(BytesView document);
// The same of the two members, which json::parse made (integers only) of a larger document.
Result<model::SignedAct> read_act(json::Value const& act, json::Value const& signatures);

// What is signed. `canonical_act` is SignedAct::text.
Bytes signed_bytes(std::string_view canonical_act);

bool verify_signature(model::SignedAct const& act, model::ActSignature const& signature,
                      crypto::PublicKey const& key);
// The one by the act's own key, which has these octets.
bool verify_act(model::SignedAct const& act, crypto::PublicKey const& key);

// By which a proposal is named: SHA-256 of the signed bytes and the signatures. Whoever has the document can compute it.
Digest digest_of_act(model::SignedAct const& act);

// The document above, made from an act that has all its members, signed by `others` too. Fails if it has not, or names another
// key than `secret`'s.
Result<json::Value> sign_act(json::Object const& act, crypto::SecretKey const& secret,
                             std::span<crypto::SecretKey const> others = {});
// The same document with one more signature; as it is, if that key has signed already.
Result<json::Value> add_signature(json::Value document, crypto::SecretKey const& secret);

}  // namespace comity::forms
