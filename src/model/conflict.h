// Conflicts and notices (00-concept, 40-deconfliction): two things whose volumes meet under a clause, and what an office is told of it.
//
// A thing is an intent or a protected site, named by the office that filed it and the id that its client chose: keys of the machine
// are used again once a thing has ended, so nothing that lasts holds one. A conflict is of one clause and two things. What is
// told of it is a NoticeContent, which is a function of volumes snapped to the clause's grid, and of no more, below the level
// `details` (25-isolation G10).
//
// At the level `warning` a notice is about one intent of the office that is told, whatever number of others it meets (D3); at
// `reference` and `details` there is one for each other.
//
// Units: 1e-7 degree, millimetres above the ellipsoid, microseconds. Plain structs. Thread rule: as any value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/agreement.h"
#include "model/airspace.h"

namespace comity::model {

enum class SiteKind : uint8_t {
  hospital = 1,
  school,
  water,
  camp,
  heritage,
  shelter,
  temporary_restriction,
  other
};

struct ThingName {
  enum class Kind : uint8_t { none = 0, intent, site };
  Kind kind = Kind::none;
  OfficeKey office;
  EntityId id;
  bool is_none() const { return kind == Kind::none; }
  // In the place of a site's name where a notice is about all sites of one kind, and must not say which or how many.
  static ThingName sites_of(SiteKind of) {
    ThingName name{Kind::site, {}, {}};
    name.id.octets[0] = static_cast<uint8_t>(of);
    return name;
  }
  bool is_kind_of_sites() const { return kind == Kind::site && office.is_none(); }
  auto operator<=>(ThingName const&) const = default;
  auto fields(this auto& self) { return std::tie(self.kind, self.office, self.id); }
};

// A rectangle of the ground with an interval of altitude and one of time; over the antimeridian where west > east. Bounds are
// those of squares and steps, so the next one begins where this one ends.
struct VolumeBox {
  int32_t south_e7 = 0, north_e7 = 0, west_e7 = 0, east_e7 = 0;
  int32_t low_mm = 0, high_mm = 0;
  UtcTime from, until;
  auto operator<=>(VolumeBox const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.south_e7, self.north_e7, self.west_e7, self.east_e7, self.low_mm, self.high_mm,
                    self.from, self.until);
  }
};

struct ClauseName {
  AgreementKey agreement;
  uint32_t clause = 0;
  auto operator<=>(ClauseName const&) const = default;
  auto fields(this auto& self) { return std::tie(self.agreement, self.clause); }
};

struct ConflictName {
  ClauseName under;
  ThingName one, other;  // one < other
  auto operator<=>(ConflictName const&) const = default;
  auto fields(this auto& self) { return std::tie(self.under, self.one, self.other); }
};

// What two things share. On a grid: where, as boxes that do not meet each other, sorted. Exactly: none.
struct Meeting {
  std::vector<VolumeBox> boxes;
  UtcTime until;  // from then on they meet no more
  bool operator==(Meeting const&) const = default;
  auto fields(this auto& self) { return std::tie(self.boxes, self.until); }
};

struct ConflictChange {
  ConflictName name;
  std::optional<Meeting> now;  // none: it has ended
  auto fields(this auto& self) { return std::tie(self.name, self.now); }
};

// --- Notices -----------------------------------------------------------------------------------------------------------
struct NoticeSubject {
  ClauseName under;
  ThingName own;    // an intent of the office that is told
  ThingName other;  // none at `warning`; of sites their kind
  auto operator<=>(NoticeSubject const&) const = default;
  auto fields(this auto& self) { return std::tie(self.under, self.own, self.other); }
};

struct NoticeContent {
  Level level = Level::warning;
  std::vector<VolumeBox> boxes;  // on the grid; none at `details`
  uint32_t own_version = 0;      // of the intent when this was worked out; changes nothing by itself
  // Of the other one, at `reference` and `details`: what is told of it, so that a change of anything else is no change here (25-isolation
  // G3); and at `details` its version at its last move.
  IntentState other_state = IntentState::accepted;
  UtcTime other_from = earliest, other_until = latest;
  uint32_t other_moved = 0;
  bool contingent = false;  // one that it meets is Contingent
  SiteKind site = SiteKind::other;
  // Of the other one, at `reference` and `details`, where its times are told anyway: by how much less it was filed ahead than a clause asks. It
  // changes nothing by itself, so that at `reference` nobody learns of a move that is not told.
  Duration short_by;
  bool same_as(NoticeContent const& that) const {
    return level == that.level && boxes == that.boxes && other_state == that.other_state &&
           other_from == that.other_from && other_until == that.other_until &&
           other_moved == that.other_moved && contingent == that.contingent && site == that.site;
  }
  auto fields(this auto& self) {
    return std::tie(self.level, self.boxes, self.own_version, self.other_state, self.other_from,
                    self.other_until, self.other_moved, self.contingent, self.site, self.short_by);
  }
};

// At `warning` an intent's office sees, for all that it meets under one clause, one intent of the centre's over F3548 (25-isolation D3):
// what its notice says, and nothing else.
struct Surrogate {
  ClauseName under;
  std::vector<VolumeBox> boxes;
  bool contingent = false;
  bool operator==(Surrogate const&) const = default;
  auto fields(this auto& self) { return std::tie(self.under, self.boxes, self.contingent); }
};

// Whether an intent is compared for its owner under a clause with a budget, by what time brought about: a law that came into force.
struct AnswerGiven {
  ThingName thing;
  ClauseName under;
  bool answered = true;
  auto fields(this auto& self) { return std::tie(self.thing, self.under, self.answered); }
};

struct RaisedNotice {
  NoticeSubject subject;  // to subject.own.office
  NoticeAbout about = NoticeAbout::intent;
  NoticeContent content;
  std::optional<uint32_t> terms;  // the `notify` clause of the same text by which it is to be answered
  UtcTime answer_by = never;
  bool exercise = false;
  auto fields(this auto& self) {
    return std::tie(self.subject, self.about, self.content, self.terms, self.answer_by, self.exercise);
  }
};

// `unanswered`: its office has asked too often to be told whether it is over (25-isolation G10).
enum class NoticeEnd : uint8_t { open = 0, over, changed, not_in_force, unanswered };
struct ClosedNotice {
  OfficeKey office;
  uint64_t number = 0;  // the office's own count
  NoticeEnd end = NoticeEnd::over;
  auto fields(this auto& self) { return std::tie(self.office, self.number, self.end); }
};
struct EscalatedNotice {
  OfficeKey office;
  uint64_t number = 0;
  auto fields(this auto& self) { return std::tie(self.office, self.number); }
};

// `misunderstood`: an acknowledgement whose read-back is not what was told; it acknowledges nothing.
enum class NoticeAnswer : uint8_t { none = 0, acknowledged, query, cannot_assure, misunderstood };

// An intent was filed by so much less ahead of its beginning than a clause asks.
struct ShortNotice {
  ClauseName under;
  Duration by;
  bool operator==(ShortNotice const&) const = default;
  auto fields(this auto& self) { return std::tie(self.under, self.by); }
};

}  // namespace comity::model
