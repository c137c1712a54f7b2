// Alternatives to an intent that would meet something: how much later, higher or lower the same volumes would meet nothing of what is
// disclosed to its office (40-deconfliction).
//
// Worked out of three things that the office is shown anyway, and of no other: the notices of this preview, its open notices about
// other intents of its own, and at the level `details` the volumes of others near by, under clauses that answer it. So what is
// offered says nothing of what lies behind a box or beyond a budget: it may meet what has not been disclosed yet, and says no more
// than that. At `reference` a box is taken for the whole of the window that the office is told.
//
// Each step is the least in whole seconds or metres that gets all volumes past everything, the whole intent moved at once. Later by at
// most limits::later_by_s, up or down by limits::shifted_by_m and not below the ellipsoid: of terrain nothing is known here. None is
// offered where there is more in the way than limits::alternatives_among.
//
// Pure; integers. Thread rule: state.h.
#pragma once

#include "commands/meeting.h"
#include "model/airspace_ruling.h"

namespace comity::commands {

// `ruling` holds the notices of the preview and which clauses gave no answer.
model::Alternatives alternatives(state::State const& state, Filed const& thing,
                                 model::AirspaceRuling const& ruling, UtcTime now);

}  // namespace comity::commands
