// What the centre asks of the operating system for itself, before it does anything else.
//
// The memory of a centre holds what parties gave in confidence and the keys with which it masks it. So nothing of it may
// come to lie on a disk as a core dump, no other process of the same user may look into it (ptrace, /proc/PID/mem), and what
// it writes is its owner's alone (25-isolation F7). Root can still do all of that; docs/threats.md says so.
#pragma once

#include <cstddef>

namespace comity::cli {

// For the rest of the process, its children included as far as they are this program: no core dumps, not to be traced, files
// made with mode 0600 at most. A failure ends the process: it is refused to nobody.
void keep_to_itself();

// As many open files as wanted, or as many as may be; how many those are.
size_t allow_files(size_t wanted);

}  // namespace comity::cli
