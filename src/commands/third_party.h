// The third-party rule (20-release, onward release; 25-isolation A1, A12–A16, G11): what a party holds through another
// agreement it cannot pass on, by id, by digest, or by reference, unless the originator consented.
//
// This is one of the guards that look behind the author's view; docs/threats.md says what it tells and its bound. Told
// by id and agreement only what the author's own office was released; anything else is the bare reason.
//
// Compared: the object's id and every STIX id in any of its strings, against ids of items and of editions; and three
// digests (bytes, RFC 8785 form, substance), against items and against editions served. Not compared: meaning, and ids of
// what is nobody's item (the reference set), nor the bytes of what is published there.
#pragma once

#include <vector>

#include "commands/sight.h"

namespace comity::commands {

// Empty if nothing stands against contributing this under `agreement`.
std::vector<model::Reason> third_party_rule(Sight const& sight, AgreementKey agreement,
                                            model::ItemHead const& head, model::Facts const& facts);

// The item of another party's with these very bytes that `party` holds through another agreement and may pass on into
// this one: by the originator's consent, or because the grant says `onward: free`. None if there is none.
ItemKey passed_on(State const& state, PartyKey party, AgreementKey agreement, model::ItemHead const& head);

}  // namespace comity::commands
