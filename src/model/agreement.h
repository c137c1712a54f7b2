// An agreement's text as compiled: the data model of 10-agreements in the form of 15-forms 2.
//
// forms/agreement.h makes a Text from JSON and refuses every unknown word with its JSON pointer; `resolve` in
// state/view.h fills in the keys of the names, in the drafter's view (25-isolation B2). A Text says what was agreed and
// never changes; what happened to the agreement since (its state, each party's standing) is state/law.h.
//
// Units: durations and times in microseconds; grids in metres, rounding in seconds, both powers of two of one nested
// ladder (25-isolation A17); coordinates in 1e-7 degree, longitude first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/party.h"

namespace comity::model {

// A party or office as the text names it, and what that name means. `office` is none where all offices are meant.
struct Who {
  std::string name;
  PartyKey party = {};
  OfficeKey office = {};

  auto fields(this auto& self) { return std::tie(self.name, self.party, self.office); }
};

// Offices an agreement or clause covers. An empty list is nobody.
struct Selector {
  enum class Kind : uint8_t { each = 1, others, list };
  Kind kind = Kind::list;
  std::vector<Who> names;  // for list

  auto fields(this auto& self) { return std::tie(self.kind, self.names); }
};

struct Condition {
  enum class Kind : uint8_t {
    consents_all = 1,  // of all participants
    consents_number,
    consents_of,
    date,
    in_force,
    all_of,
    any_of,
    entry_into_force,  // the agreement's own: what an absent `applies_from` means
  };
  Kind kind = Kind::entry_into_force;
  uint32_t number = 0;
  std::vector<Who> parties;
  UtcTime date;
  std::string agreement;
  AgreementKey agreement_key;
  std::vector<Condition> parts;

  auto fields(this auto& self) {
    return std::tie(self.kind, self.number, self.parties, self.date, self.agreement, self.agreement_key,
                    self.parts);
  }
};

// --- Filters (20-release; the parts given must all hold) -----------------------------------------------------------
enum class Tlp : uint8_t { none = 0, clear, green, amber, amber_strict, red };
enum class Allow : uint8_t { allow = 1, deny };

struct Point {
  int32_t longitude_e7 = 0, latitude_e7 = 0;
  auto operator<=>(Point const&) const = default;
  auto fields(this auto& self) { return std::tie(self.longitude_e7, self.latitude_e7); }
};

struct Window {
  UtcTime from, until;  // half-open
  auto fields(this auto& self) { return std::tie(self.from, self.until); }
};

struct Filter {
  std::optional<std::vector<std::string>> types, labels_any, labels_all, object_ids;
  std::optional<Tlp> marking_max;
  Allow unmarked = Allow::allow;
  std::vector<std::string> other_markings;
  std::optional<std::vector<Point>> area;  // a simple polygon, implicitly closed
  std::optional<Window> valid_within;

  auto fields(this auto& self) {
    return std::tie(self.types, self.labels_any, self.labels_all, self.object_ids, self.marking_max,
                    self.unmarked, self.other_markings, self.area, self.valid_within);
  }
};

// --- Clauses ---------------------------------------------------------------------------------------------------------
enum class ClauseType : uint8_t { text = 1, grant, prohibit, deconflict, notify, contact };
enum class Attribution : uint8_t { named = 1, centre };
enum class Onward : uint8_t { none = 1, originator_consent, free };
enum class RecallRule : uint8_t { none = 1, request, oblige };
enum class Scope : uint8_t { this_agreement = 1, between_participants };

// `all`, or the top-level STIX properties named; in a text sorted and without duplicates.
struct Fields {
  bool all = true;
  std::vector<std::string> only;
  auto fields(this auto& self) { return std::tie(self.all, self.only); }
};

// How much one side learns of the other's intents where they meet (40-deconfliction, disclosure).
enum class Level : uint8_t { warning = 1, reference, details };

// The grid on which volumes are compared, and told, below the level `details` (25-isolation G10): powers of two.
struct VolumeGrid {
  uint32_t cell_e7 = 0, altitude_m = 0, time_s = 0;
  bool operator==(VolumeGrid const&) const = default;
  auto fields(this auto& self) { return std::tie(self.cell_e7, self.altitude_m, self.time_s); }
};

// What a clause makes of volumes: which of them, how far apart they shall be, and what is told of those that are not.
struct VolumeTerms {
  std::optional<std::vector<Point>> area;  // absent: everywhere
  std::optional<Window> window;            // absent: always
  uint8_t states = 0;                      // bit n: IntentState n
  uint32_t horizontal_m = 0, vertical_m = 0, time_s = 0;
  Level from_learns = Level::warning, to_learns = Level::warning;
  std::optional<VolumeGrid> grid;               // absent: at `details` on both sides only
  std::optional<uint32_t> evaluations_per_day;  // absent: no budget
  std::string contact;                          // id of a `contact` clause: whom to call
  auto fields(this auto& self) {
    return std::tie(self.area, self.window, self.states, self.horizontal_m, self.vertical_m, self.time_s,
                    self.from_learns, self.to_learns, self.grid, self.evaluations_per_day, self.contact);
  }
};

// By when notices are to be answered, and how.
enum class NoticeAbout : uint8_t { intent = 1, contingent, site };
struct NoticeTerms {
  NoticeAbout about = NoticeAbout::intent;
  Duration lead_time, acknowledge_within, escalate_every;
  bool read_back = false;
  auto fields(this auto& self) {
    return std::tie(self.about, self.lead_time, self.acknowledge_within, self.escalate_every, self.read_back);
  }
};

// A line between the two ends that the clause names.
struct LineTerms {
  std::vector<std::string> languages;  // ISO 639
  Duration test_every, overdue_after;
  auto fields(this auto& self) { return std::tie(self.languages, self.test_every, self.overdue_after); }
};

struct Clause {
  std::string id;
  ClauseType type = ClauseType::text;
  std::string text;
  bool humanitarian = false;
  Condition applies_from;                  // absent in JSON: the agreement's own entry into force
  std::optional<Condition> applies_until;  // absent: for as long as the agreement is in force
  // grant and prohibit
  Selector from, to;
  Filter items;
  Fields fields_given;
  // grant
  uint32_t location_grid_m = 0;  // 0: exact
  uint32_t time_round_s = 0;     // 0: exact
  Attribution attribution = Attribution::named;
  Duration delay;
  Onward onward = Onward::none;
  std::optional<Duration> retention;
  RecallRule recall = RecallRule::none;
  // prohibit
  Scope scope = Scope::this_agreement;
  // deconflict, whose two sides are `from` and `to`; notify about sites, and about contingent intents where the text has no such
  // clause
  std::optional<VolumeTerms> volumes;
  Duration lead_time = {};            // deconflict: by how much an intent is filed before it begins
  std::optional<NoticeTerms> notice;  // notify
  std::optional<LineTerms> line;      // contact, whose two ends are `from` and `to`

  auto fields(this auto& self) {
    return std::tie(self.id, self.type, self.text, self.humanitarian, self.applies_from, self.applies_until,
                    self.from, self.to, self.items, self.fields_given, self.location_grid_m,
                    self.time_round_s, self.attribution, self.delay, self.onward, self.retention, self.recall,
                    self.scope, self.volumes, self.lead_time, self.notice, self.line);
  }
};

// --- The head of a text ------------------------------------------------------------------------------------------------
enum class AgreementKind : uint8_t { memorandum = 1, bilateral, convention, resolution, arrangement };
enum class Visible : uint8_t { to_public = 1, to_parties, to_negotiators };

struct Visibility {
  Visible existence = Visible::to_parties, text = Visible::to_parties, membership = Visible::to_parties,
          acts = Visible::to_parties;
  auto fields(this auto& self) { return std::tie(self.existence, self.text, self.membership, self.acts); }
};

struct Participant {
  Who party;
  // By slug and founding key, so that no other party can be slipped in under a name (25-isolation G8, B5). Empty: the
  // text does not say it.
  std::string founding_key = {};
  std::vector<Who> offices;  // empty: all offices of the party
  auto fields(this auto& self) { return std::tie(self.party, self.founding_key, self.offices); }
};

enum class VotingRule : uint8_t {
  simple_majority = 1,
  two_thirds_present,
  absolute_majority,
  sc_procedural,
  sc_substantive,
  unanimity_strict,
  unanimity_lenient,
  consensus,
  silence,
  weighted,
  veto_set,
  class_majorities
};
struct Rule {
  VotingRule rule = VotingRule::unanimity_strict;
  uint32_t quorum = 0;
  auto fields(this auto& self) { return std::tie(self.rule, self.quorum); }
};

enum class Joining : uint8_t { closed = 1, list, invitation, open, seats };
struct Eligible {
  Joining mode = Joining::closed;
  std::vector<PartyKind> kinds;
  std::vector<Who> list;
  std::optional<Rule> accept;
  auto fields(this auto& self) { return std::tie(self.mode, self.kinds, self.list, self.accept); }
};

enum class ConsentBy : uint8_t { signature = 1, ratification, accession, ballot };
enum class Retroactivity : uint8_t { none = 1, all };
enum class Reservations : uint8_t { prohibited = 1, only, any };
enum class AmendmentEffect : uint8_t { consenting_only = 1, all_when_adopted };
enum class SuspensionBy : uint8_t { all = 1, ballot, unilateral };
enum class ResumeBy : uint8_t { suspender = 1, all };
enum class Incoming : uint8_t { stops_at_notice = 1, reciprocal_until_effect };
enum class TooFew : uint8_t { none = 1, suspend, terminate };

struct Suspension {
  SuspensionBy by = SuspensionBy::unilateral;
  Duration notice;
  ResumeBy resume = ResumeBy::suspender;
  std::vector<std::string> non_suspendable;  // clause ids
  auto fields(this auto& self) { return std::tie(self.by, self.notice, self.resume, self.non_suspendable); }
};

struct Withdrawal {
  bool allowed = false;
  Duration notice;
  Incoming incoming = Incoming::stops_at_notice;
  auto fields(this auto& self) { return std::tie(self.allowed, self.notice, self.incoming); }
};

struct MinParties {
  uint32_t n = 2;
  TooFew effect = TooFew::none;
  auto fields(this auto& self) { return std::tie(self.n, self.effect); }
};

struct Text {
  std::string id;  // `ru.baghdad-centre`
  uint32_t version = 1;
  std::string template_name;
  AgreementKind kind = AgreementKind::memorandum;
  std::string title;
  bool binding = false;
  std::string words;  // the Markdown
  Visibility visibility;
  std::string depositary;  // `centre` or a party
  std::vector<Who> sponsors;
  std::vector<Participant> participants;
  Eligible eligible;
  Rule adoption;
  std::vector<ConsentBy> consent_by;
  Condition entry_into_force;
  Duration late_joiner_delay;
  bool provisional_application = false;
  Retroactivity retroactivity = Retroactivity::none;
  Reservations reservations = Reservations::prohibited;
  std::vector<std::string> reservable;  // clause ids, for Reservations::only
  Duration objection_window;
  Rule amendment_rule;
  AmendmentEffect amendment_effect = AmendmentEffect::all_when_adopted;
  Suspension suspension;
  Withdrawal withdrawal;
  std::optional<UtcTime> term;
  MinParties min_parties;
  std::vector<std::string> survival;  // clause ids
  bool exercise = false;              // its clauses on volumes are about exercises alone
  std::vector<Clause> clauses;

  auto fields(this auto& self) {
    return std::tie(self.id, self.version, self.template_name, self.kind, self.title, self.binding,
                    self.words, self.visibility, self.depositary, self.sponsors, self.participants,
                    self.eligible, self.adoption, self.consent_by, self.entry_into_force,
                    self.late_joiner_delay, self.provisional_application, self.retroactivity,
                    self.reservations, self.reservable, self.objection_window, self.amendment_rule,
                    self.amendment_effect, self.suspension, self.withdrawal, self.term, self.min_parties,
                    self.survival, self.exercise, self.clauses);
  }
};

}  // namespace comity::model
