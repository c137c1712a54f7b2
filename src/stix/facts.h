// What rulings need to know of an object: model::Facts, read from a checked object.
//
// References: every STIX id in any string at any depth, names of members included, once for each (id, kind, top-level
// property), sorted; the object's own id is left out (25-isolation A5, A14). A top-level property whose name ends in
// _ref or _refs holds references of the kind that types.h gives it; object_marking_refs and the marking_ref of a granular
// marking are markings; any other id, also one inside such a property that is no sound id, is `in_text`.
// A nested property whose name ends so is a reference too: `nested`, but for the two that the standard requires where they
// stand, contains_refs of an archive and body_raw_ref of a part without a body.
// Frail properties (model/item.h) are found among those that the type may need; half a place is a `latitude` or `longitude`
// without the other as a number beside it, at any depth.
// Granular markings that only say a language are left out.
//
// Coordinates become integers of 1e-7 degree, to the nearest: the machine has no floats. Times are cut to microseconds.
// Errors: too_many_references beyond limits::object_references. Thread-safe, no state.
#pragma once

#include "model/item.h"
#include "stix/check.h"
#include "stix/finding.h"

namespace comity::stix {

Judged<model::Facts> facts_of(Checked const& checked);

}  // namespace comity::stix
