#include "commands/report_telemetry.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/airspace.h"
#include "commands/conflicts.h"
#include "commands/telling_systems.h"
#include "geometry/covered.h"
#include "geometry/ring.h"

namespace comity::commands {
namespace {

using model::IntentState;
using OffNominal = model::TelemetryRuling::OffNominal;

bool is_bounded(model::Extent const& extent) {
  return extent.low_mm != model::lowest_mm && extent.high_mm != model::highest_mm &&
         !geometry::check_ring(extent.ring);
}

bool is_well_formed(ReportTelemetry const& command) {
  model::Telemetry const& telemetry = command.telemetry;
  UtcTime const at = telemetry.measured_at;
  bool const timed = command.there.from == at && command.there.until == at && command.within.from == at &&
                     command.within.until >= at && command.within.until <= at + limits::telemetry_next;
  bool const meant = (!telemetry.track_deg || *telemetry.track_deg < 360) &&
                     (!telemetry.speed_mps || *telemetry.speed_mps <= limits::telemetry_speed_mps);
  model::Hull const hull{command.cells, at, command.within.until, command.within.low_mm,
                         command.within.high_mm};
  return timed && meant && is_sound(std::vector{command.there, command.within}) && is_sound(hull) &&
         is_bounded(command.there) && is_bounded(command.within) &&
         command.next.kind == model::Ovn::Kind::minted;
}

// Reports of one that hovers, or that says how far it gets, reach into the same minute again and again.
model::Extent off_nominal_of(ReportTelemetry const& command) {
  constexpr int64_t step = limits::telemetry_holds.us;
  model::Extent extent = command.within;
  int64_t const over = extent.until.us % step;
  extent.until.us += over == 0 ? 0 : step - over;
  return extent;
}

bool is_inside(model::Extent const& what, model::Extent const& of) {
  return geometry::covered(what, std::span(&of, 1));
}

model::TelemetryRuling judged(state::Intent const& intent, ReportTelemetry const& command) {
  model::TelemetryRuling out;
  out.conforms = geometry::covered(command.there, intent.extents);
  out.state = intent.state;
  model::Extent const* const beside = state::off_nominal(intent);
  if (out.conforms || intent.state == IntentState::accepted) {
    if (beside) out.off_nominal = OffNominal::gone;
    return out;
  }
  if (intent.state == IntentState::activated) out.state = IntentState::nonconforming;
  if (!beside || !is_inside(command.within, *beside)) out.off_nominal = OffNominal::placed;
  return out;
}

void place(state::Intent& intent, state::Track& track, ReportTelemetry const& command,
           model::TelemetryRuling const& judged) {
  model::Hull filed = track.off_nominal ? std::move(track.off_nominal->filed) : intent.hull;
  if (judged.off_nominal == OffNominal::gone) {
    intent.hull = std::move(filed);
    track.off_nominal.reset();
    return;
  }
  model::Extent const extent = off_nominal_of(command);
  intent.hull = united(filed, {command.cells, extent.from, extent.until, extent.low_mm, extent.high_mm});
  track.off_nominal = state::OffNominal{extent, std::move(filed)};
}

// The intent as it is after the report.
void note(state::Intent& intent, ReportTelemetry const& command, model::TelemetryRuling const& judged,
          UtcTime now) {
  intent.besides.change([&](state::Besides& besides) {
    if (!besides.track) besides.track.emplace();
    state::Track& track = *besides.track;
    track.last = command.telemetry, track.reported_at = now;
    bool const strays = !judged.conforms && intent.state != IntentState::accepted;
    if (strays && track.strayed_at == never) track.strayed_at = command.telemetry.measured_at;
    if (judged.off_nominal != OffNominal::stays) place(intent, track, command, judged);
  });
  if (judged.off_nominal == OffNominal::stays) return;
  intent.state = judged.state;
  ++intent.version;
  remember_suffix(intent);
  intent.ovn = command.next;
}

std::optional<Ruling> refuse_time(Sight const& sight, state::Intent const& intent,
                                  ReportTelemetry const& command) {
  UtcTime const now = sight.context.time, measured = command.telemetry.measured_at;
  if (measured > now + limits::clock_skew) return refused(ReasonCode::malformed, "/measured_at");
  auto const& track = intent.besides->track;
  bool const known = track && measured <= track->last.measured_at;
  if (known || measured + limits::telemetry_age < now)
    return refused(ReasonCode::in_the_past, "/measured_at");
  if (intent.hull.until + limits::overstayed < now) return refused(ReasonCode::in_the_past, "/id");
  if (track && now - track->reported_at < limits::telemetry_interval) return refused(ReasonCode::quota);
  return std::nullopt;
}

// What others compare, or are told of, has changed.
void follow_change(Sight const& sight, state::Intent const& before, state::Intent const& after,
                   model::AirspaceRuling& ruling) {
  State const& state = sight.behind;
  std::vector<model::Extent> const was = state::all_extents(before), is = state::all_extents(after);
  Changing const changing{&before, &after, {{&before.hull, &was}, {&after.hull, &is}}, true};
  // Its office has said it here: if it has a system, that was told nothing of whom to tell.
  tell_of(sight, changing, united(before.hull, after.hull), {}, ruling);
  Filed const thing = filed_as(after.owner.office, after);
  follow(state, {thing.name, thing}, sight.context.time, ruling);
}

}  // namespace

Ruling decide(Sight const& sight, ReportTelemetry const& command) {
  if (!may_file(sight) || sight.behind.airspace.one_namespace) return refused(ReasonCode::not_permitted);
  if (!is_well_formed(command)) return refused(ReasonCode::malformed);
  auto const& intents = sight.behind.airspace.intents;
  IntentKey const key = intents.find(scope_of(sight), command.id);
  if (key.is_none()) return refused(ReasonCode::unknown_intent, "/id");
  state::Intent const& intent = intents[key];
  if (auto no = refuse_time(sight, intent, command)) return *std::move(no);
  Ruling ruling = model::accepted();
  model::AirspaceRuling& out = ruling.airspace.emplace();
  out.telemetry = judged(intent, command);
  state::Intent will_be = intent;
  note(will_be, command, *out.telemetry, sight.context.time);
  out.version = will_be.version;
  if (out.telemetry->off_nominal != OffNominal::stays) follow_change(sight, intent, will_be, out);
  return ruling;
}

void apply(State& state, ReportTelemetry const& command, model::Record const& record) {
  auto& intents = state.airspace.intents;
  IntentKey const key = intents.find(state.airspace.scope_of(record.command.office), command.id);
  model::TelemetryRuling const& judged = *record.ruling.airspace->telemetry;
  auto const change = [&](state::Intent& intent) { note(intent, command, judged, record.time); };
  if (judged.off_nominal == OffNominal::stays) return intents.amend(key, change);
  intents.change(key, change);
  raise_indices(state, *record.ruling.airspace);
  note_answers(state, {model::ThingName::Kind::intent, record.command.office, command.id}, record);
  tell_in_place(state, record, model::ToTell::Of::intent, command.id);
}

}  // namespace comity::commands
