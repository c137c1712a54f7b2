// Law: parties, identities, agreements and standing. Small and copyable: a preview and every decision that may change
// law works on a copy (10-agreements, previews). An agreement's text is immutable and shared between the copies.
//
// What stands here changes only through apply (commands/) and apply_effect (state/settle.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/agreement.h"
#include "model/arrangement.h"
#include "model/destination.h"
#include "model/issuer.h"
#include "model/party.h"
#include "model/quotas.h"
#include "state/volume_clauses.h"

namespace comity::state {

enum class AgreementState : uint8_t {
  draft = 1,
  tabled,
  adopted,
  open,
  in_force,
  suspended,
  terminated,
  lapsed,
  withdrawn,
  superseded
};
enum class Standing : uint8_t {
  none = 0,
  negotiating,
  signatory,
  contracting,
  party,
  provisional,
  suspended,
  withdrawing,
  former,
  declined,
  expelled,
  suspended_withdrawing  // both: what either of them stops, stops
};

char const* name_of(AgreementState state);
char const* name_of(Standing standing);

// A place in the order of the log: times may be equal, the index orders (25-isolation G14).
struct Moment {
  UtcTime time;
  Index index = 0;
  auto operator<=>(Moment const&) const = default;
};

// The index of a span is that of the record that made it. While a record is being decided or applied its spans have none
// yet, and are later than all that stands in the log.
constexpr Index not_in_the_log = UINT64_MAX;

struct StateSpan {
  AgreementState state = AgreementState::draft;
  UtcTime since;
  Index index = not_in_the_log;
  Moment began() const { return {since, index}; }
  auto fields(this auto& self) { return std::tie(self.state, self.since, self.index); }
};
struct StandingSpan {
  Standing standing = Standing::none;
  UtcTime since;
  Index index = not_in_the_log;
  Moment began() const { return {since, index}; }
  auto fields(this auto& self) { return std::tie(self.standing, self.since, self.index); }
};

// Since when a clause's own conditions hold, and until when. Whether it is in force between two parties is in_force.h.
struct ClauseRun {
  UtcTime applies_since = never, applies_until = never;
  auto fields(this auto& self) { return std::tie(self.applies_since, self.applies_until); }
};

// From which record on who could know of an agreement: of two with one name, a viewer's first one keeps it (G2). Whoever
// could know once is remembered, so a name never passes to another agreement.
struct Known {
  std::map<PartyKey, Index> parties;  // named as a whole
  std::map<OfficeKey, Index> offices;
  Index everybody = 0;  // 0: not public so far
  auto fields(this auto& self) { return std::tie(self.parties, self.offices, self.everybody); }
};

// A suspension that was declared: of one party's part in an agreement, or of the agreement as a whole.
struct DeclaredSuspension {
  UtcTime begins = never;      // of its effect; never: none is declared
  std::set<PartyKey> resumed;  // agree that it ends
  std::set<PartyKey>
      with_gap;  // of these, those who say "including the gap" of what is theirs (25-isolation A20)
  bool is_declared() const { return begins != never; }
  auto fields(this auto& self) { return std::tie(self.begins, self.resumed, self.with_gap); }
};

// What a party has declared about its part in an agreement. What becomes of it is its standing (standing.h).
struct Part {
  DeclaredSuspension suspension;
  UtcTime leaves_at = never;  // its withdrawal takes effect; never: it has not given notice
  // The host gave it another key (B5): these have yet to confirm that it is still the party they agreed with.
  std::set<PartyKey> to_confirm;
  std::string recovered_key;
  auto fields(this auto& self) {
    return std::tie(self.suspension, self.leaves_at, self.to_confirm, self.recovered_key);
  }
};

// What this party contributed from then until then, while that one's part was suspended (none: the agreement as a whole), is
// given after all, as far as nothing else kept it.
struct FilledGap {
  PartyKey giver, suspended;
  Moment from;
  UtcTime until;
  Index index = not_in_the_log;  // of `until`
  auto fields(this auto& self) {
    return std::tie(self.giver, self.suspended, self.from.time, self.from.index, self.until, self.index);
  }
};

// A party's signed consent that a prohibition no longer stands between it and another (G11).
struct ProhibitionConsent {
  uint32_t clause = 0;
  PartyKey by, with;
  auto operator<=>(ProhibitionConsent const&) const = default;
  auto fields(this auto& self) { return std::tie(self.clause, self.by, self.with); }
};

// Officers of the host have suspended a party's part in everything, or an agreement, for a while (25-isolation B15).
struct Emergency {
  PartyKey party;          // or
  AgreementKey agreement;  // one of the two
  UtcTime since, until;
  std::string reason;  // shown to the parties
  bool holds(UtcTime now) const { return since <= now && now < until; }
  auto fields(this auto& self) {
    return std::tie(self.party, self.agreement, self.since, self.until, self.reason);
  }
};

struct Agreement {
  std::string
      id;  // as its drafter chose it: `ru.baghdad-centre`; other viewers may know it by another (view.h)
  OfficeKey drafter;
  uint32_t version = 1;
  Digest text_hash;
  PayloadKey source = 0;  // the JSON as drafted
  std::shared_ptr<model::Text const> text = std::make_shared<model::Text>();
  std::vector<StateSpan> history;                          // never empty; the last one is now
  std::map<PartyKey, std::vector<StandingSpan>> standing;  // of every participant; the last span is now
  std::set<PartyKey> sponsored;
  std::vector<ClauseRun> clauses;  // as many as the text has
  std::vector<Index> acts;         // records of signed acts on it
  std::map<PartyKey, Part> parts;  // of those that have declared something
  std::set<PartyKey> asked;        // want it suspended, where all must
  DeclaredSuspension suspension;   // of the agreement as a whole
  std::vector<FilledGap> filled;
  std::set<ProhibitionConsent> prohibition_consents, ended_prohibitions;  // the latter: by < with
  bool ended_by_leaving = false;  // terminated since too few parties were left (G11)
  Known known;

  AgreementState state() const { return history.back().state; }
  Standing standing_of(PartyKey party) const;
  Part const& part_of(PartyKey party) const;
  auto fields(this auto& self) {
    return std::tie(self.id, self.drafter, self.version, self.text_hash, self.source, self.text, self.history,
                    self.standing, self.sponsored, self.clauses, self.acts, self.parts, self.asked,
                    self.suspension, self.filled, self.prohibition_consents, self.ended_prohibitions,
                    self.ended_by_leaving, self.known);
  }
};

struct Law {
  std::vector<model::Party> parties;
  std::vector<model::Office> offices;
  std::vector<model::Client> clients;
  std::vector<model::Person> people;
  std::vector<Agreement> agreements;
  std::vector<model::Destination> destinations;
  std::vector<model::AttachedFeed> attached;
  std::vector<Emergency> emergencies;  // also those that are over
  std::vector<model::Issuer> issuers;
  std::vector<model::Recovery> recoveries;  // that have neither taken effect nor been objected to
  PartyKey host;
  // STIX ids that the centre minted: whose identity each is. None: the centre's own.
  std::map<std::string, PartyKey> identities;
  std::map<model::Quota, uint32_t> quotas;        // those that officers of the host have set
  std::optional<model::Arrangement> arrangement;  // of preset `taxii`: then there are no other agreements
  // Of the texts as they were at the last record that may have changed them; shared between copies.
  std::shared_ptr<VolumeClauses const> volume_clauses = std::make_shared<VolumeClauses>();

  uint32_t quota(model::Quota of) const;
  model::Party const& party(PartyKey key) const { return parties[key.value]; }
  model::Office const& office(OfficeKey key) const { return offices[key.value]; }
  Agreement const& agreement(AgreementKey key) const { return agreements[key.value]; }
  Agreement& agreement(AgreementKey key) { return agreements[key.value]; }
  PartyKey party_of(OfficeKey key) const { return offices[key.value].party; }
  bool is_minted(std::string_view id) const;
  // Whether the id was minted for somebody else than this party (25-isolation A24).
  bool is_identity_of_another(PartyKey than, std::string_view id) const;

  // By name, for the machine's own use; a name that somebody says is resolved in a View.
  PartyKey find_party(std::string_view slug) const;
  OfficeKey find_office(std::string_view name) const;
  ClientKey find_client(std::string_view name) const;
  PersonKey find_person(std::string_view name) const;
  // By its party's own name for it; also one that has ended. Null: there is none.
  model::Destination* find_destination(PartyKey party, std::string_view slug);
  model::Destination const* find_destination(PartyKey party, std::string_view slug) const;
  // Its number in `issuers` by its party's own name for it, also of one that was revoked; no_issuer: there is none.
  uint32_t find_issuer(PartyKey party, std::string_view slug) const;
  model::Recovery const* recovery_of(PartyKey party) const;  // null: none is under way
  // The party has shown that it holds a key: what was under way ends, and nothing of the kind begins for a while.
  void end_recovery(PartyKey party, UtcTime now);
  // The centre was down so long: whoever may object has that much longer (G14).
  void lengthen_recoveries(Duration outage);
  // Those whose time has come: the party has the new key and no other that holds, and its part in each agreement waits for the
  // others to confirm it.
  void take_recoveries(UtcTime now, Index index);
  // Of a binding or recovery key of the party, an officer's of one of its people, or a token key of one of its issuers, also one
  // that has ended; or of the key that the host is about to give it.
  bool is_key_of(PartyKey party, std::string_view id) const;
  // Once a record is applied: the spans that it made are of this index.
  void enter_in_log(Index index);
  // Likewise, and after a snapshot was read: what is made of the texts.
  void make_volume_clauses();

  // All offices the agreement's participants list, sorted; an entry without offices means all of the party's.
  std::vector<OfficeKey> participating(Agreement const& agreement) const;

  auto fields(this auto& self) {
    return std::tie(self.parties, self.offices, self.clients, self.people, self.agreements, self.destinations,
                    self.attached, self.emergencies, self.issuers, self.recoveries, self.host,
                    self.identities, self.quotas, self.arrangement);
  }
};

// Whether the participants of the text include this office.
bool participates(Law const& law, Agreement const& agreement, OfficeKey office);
// The same, and the text says this office by name, not its party as a whole (TLP AMBER+STRICT).
bool named_by_office(Agreement const& agreement, OfficeKey office);

}  // namespace comity::state
