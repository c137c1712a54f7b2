// put_site (210): files a protected site, or a change of one: where operations are warned off (40-deconfliction). It belongs to the
// office that files it, is in no query, and is told to those that the office's `notify` clauses about sites name, as a notice and
// on the clause's grid (25-isolation D10). Every intent near it is looked at again at once.
//
// With a schedule its volumes are there in its windows only. These are worked out whenever it is compared, for the time of the other thing, so
// they reach as far as anybody files (meeting.h).
//
// Refused: not_permitted, malformed, in_the_past, stale_ovn (a version given that is not the present one, or none of one that is there),
// unknown_site, quota.
#pragma once

#include "commands/sight.h"
#include "model/conflict.h"
#include "model/record.h"
#include "model/schedule.h"

namespace comity::commands {

struct PutSite {
  model::EntityId id;
  uint32_t at = 0;  // the version that is changed; 0: it is new
  model::SiteKind kind = model::SiteKind::other;
  std::string name, source, measured;
  UtcTime reconfirm_by = never;
  std::vector<model::Extent> extents;
  std::optional<model::Schedule> schedule;
  std::string said;  // as of an intent (put_intent.h)
  auto fields(this auto& self) {
    return std::tie(self.id, self.at, self.kind, self.name, self.source, self.measured, self.reconfirm_by,
                    self.extents, self.schedule, self.said);
  }
};

Ruling decide(Sight const& sight, PutSite const& command);
void apply(State& state, PutSite const& command, model::Record const& record);

// From when until when the site is there, and how high; without cells.
model::Hull bounds_of(std::vector<model::Extent> const& extents);

}  // namespace comity::commands
