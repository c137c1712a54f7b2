// What doors say about themselves: the centre's name, API roots and collections, tokens, and why something was refused
// in one line.
//
// A root is named as the viewer knows the agreement (told_law.h, tell_name) and titled as its text is; a collection of
// one party's items has an id and an alias of its own (15-forms 4, TAXII). A token and its end are for its owner alone,
// who has just been authenticated. Errors: not_found for what the viewer may not know. Thread rule: told.h.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/ruling.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_centre_name(Eyes const& eyes);
Result<Told> tell_title(Eyes const& eyes, AgreementKey agreement);

Result<Told> tell_party_slug(Eyes const& eyes, PartyKey party);
Result<Told> tell_party_name(Eyes const& eyes, PartyKey party);
// Of the collection of what `from` contributed.
Result<Told> tell_collection_id(Eyes const& eyes, AgreementKey agreement, PartyKey from);

// {token, expires} for the office that asked.
Told tell_new_token(Eyes const& eyes, OfficeKey owner, std::string_view token, UtcTime expires);

// {keys: [{kty, crv, x, y, alg, use, kid}]} (RFC 7517, 7518): the centre's own, on P-256; bad_input for what is none.
Result<Told> tell_token_keys(std::string_view public_pem);

// `code: what to do about it`, one after another; not_found if the reader is not the author.
Result<Told> tell_message(Eyes const& eyes, OfficeKey author, model::Ruling const& ruling);

}  // namespace comity::release
