// Parties, agreements and what is in force, told as one viewer may know them (15-forms 2 and 4; 25-isolation B9, F8).
//
//   party       {party, kind, name, founding_key}; one's own: its keys and last_seq too
//   agreement   the object as drafted, under the name by which this viewer knows it, and `status`; who may not read the
//               text gets `id` and `status` only, and a participant named in a draft its title and sponsors too (B13)
//   status      {state, since, members?, standing?}: members (who is a party now) with the membership, standing of all
//               with the acts; the viewer's own standing always. Parties that the viewer may not know are left out.
//   clocks      [{what, clause?, party?, effective}]: what will happen at a known time; ascending
//   matrix      [{from, to, clause, type}]: which clause runs from which party to which, now; for readers of text and acts
//   grants      {gives, gains, prohibits}: the clauses of a text, as drafted, under which the viewer's party would
//               give, receive or be held back. Terms only: nobody's items are looked at (G5, B4)
//   grant diff  {agreement, assuming?, appear: [row], disappear: [row], others, more}: what a change of law would let run,
//               and would end, of one agreement. A row is {clause, between: [{from, to: […]}], …the clause's terms as
//               drafted}; parties that the reader may not know are "others" and not counted. At most limits::listed pairs
//
// Errors: not_found for what the viewer may not know; corrupt if the source is not the agreement's. Thread rule: told.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "release/edition.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

// `now` is the clock, not the log: the time of the last record would tell when others act (R1, G3).
Told tell_me(Eyes const& eyes, UtcTime now);
Told tell_parties(Eyes const& eyes);
Result<Told> tell_party(Eyes const& eyes, PartyKey party);
Result<Told> tell_offices(Eyes const& eyes, PartyKey party);

struct AgreementFilter {
  std::optional<state::AgreementState> state;
  PartyKey party;                            // one that the viewer knows to take part; none: any
  std::optional<model::AgreementKind> kind;  // only texts that the viewer reads have one
  std::string after;                         // names that come later; empty: all
};
// {agreements: […], more}: at most limits::listed, in the order of their names.
Told tell_agreements(Eyes const& eyes, AgreementFilter const& filter);

// `source` is the text as drafted (Agreement::source); it is not looked at for who may not read the text.
Result<Told> tell_agreement(Eyes const& eyes, AgreementKey agreement, Payload source);
// The words of the text, a string.
Result<Told> tell_words(Eyes const& eyes, AgreementKey agreement);
Result<Told> tell_clocks(Eyes const& eyes, AgreementKey agreement);
Result<Told> tell_matrix(Eyes const& eyes, AgreementKey agreement);
Result<Told> tell_grants(Eyes const& eyes, AgreementKey agreement, Payload source);

// The law as it is and as it would be. `assumed`: the agreement of `then` that is in force by assumption; none if none is.
struct LawChange {
  state::Law const& before;
  state::Law const& then;
  AgreementKey assumed = {};
};
// Those of which something would appear or disappear that the reader may be told, and the assumed one: `known` are the
// reader's eyes on what it may know of both laws (25-isolation G5).
std::vector<AgreementKey> changed_agreements(Eyes const& known, LawChange const& change);
// `source`: the text as drafted, of the agreement of `then`.
Result<Told> tell_grant_diff(Eyes const& known, LawChange const& change, AgreementKey agreement,
                             Payload source);

// The name by which the viewer knows it.
Result<Told> tell_name(Eyes const& eyes, AgreementKey agreement);

}  // namespace comity::release
