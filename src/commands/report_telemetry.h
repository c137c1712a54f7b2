// report_telemetry (207): the one who operates an intent says where it is, and how far it may get until the next report (40-deconfliction,
// off-nominal). Of the office that filed it.
//
// It conforms if all that it may have been at that instant, by its accuracy, lay inside of what is filed and lasts then (geometry/covered.h); how
// far it may get is no part of that, or whoever flies along an edge would stray by saying so. What is not surely inside is outside.
//
// An intent that is Accepted is not monitored: what is planned is in use by nobody yet, and aircraft say where they stand before they start; its
// office is told whether it conformed, and nothing follows. One that is Activated and does not conform is Nonconforming by this record, which gives it
// another version and OVN; Nonconforming and Contingent ones stay what they are. Where it may be until the next report is kept beside what is
// filed (state::OffNominal) and compared with all that is near, as a filing is, for both sides (conflicts.h, promise 5); by a report that
// conforms it goes, and the state stays until the office files it anew. Time past what is filed is outside too.
//
// The office is charged for each volume that is compared anew (G10). What lies inside of the volume that is there already, in space and in time,
// changes nothing: whoever says how far it will get, or hovers, is compared seldom. So nobody can be asked about by reports at less than the price of
// filings.
//
// Refused: not_permitted (also in a centre of preset `dss`, which compares no volumes), malformed (also a time ahead of now), unknown_intent,
// in_the_past (measured long ago, or not after the last report; or what is filed has ended long ago), quota (another one came within a second).
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/telemetry.h"

namespace comity::commands {

struct ReportTelemetry {
  model::EntityId id;
  model::Ovn next;  // the OVN from here on, if anything that others compare changes
  model::Telemetry telemetry;
  model::Extent there;             // where it was at that instant
  model::Extent within;            // where it is until its next report
  std::vector<model::Cell> cells;  // of `within`
  auto fields(this auto& self) {
    return std::tie(self.id, self.next, self.telemetry, self.there, self.within, self.cells);
  }
};

Ruling decide(Sight const& sight, ReportTelemetry const& command);
void apply(State& state, ReportTelemetry const& command, model::Record const& record);

}  // namespace comity::commands
