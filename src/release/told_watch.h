// What an office is told of its watch and of the lines it stands at the end of (40-deconfliction).
//
// Of its own watch everything: who, since when, how they are reached, which hand-over is offered, and the note that came with
// it. Of the other end of a line, by the
// contact clause while it runs between the two: whether somebody is on watch there, when the line was called, in which language, for how
// many minutes, and whether that reached anybody; no names, no addresses, no words. A test is due `test_every` after the last one that reached somebody, and overdue `overdue_after` later.
//
// Thread rule: told.h.
#pragma once

#include "release/eyes.h"
#include "release/told.h"
#include "release/told_pages.h"

namespace comity::release {

// `last_pages`: how those to its own contacts ended.
Told tell_watch(Eyes const& eyes, LastPages const& last_pages);

}  // namespace comity::release
