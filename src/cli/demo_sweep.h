// `./run sweep`: the promise of promises, with a word of the visitor's own (70-console, the tour, steps 1 to 3).
//
// ir is swept before; il gives the word to ru under their hidden agreement; ru has it, and tries to pass it on, as it is,
// as a pasted copy, and by reference; ir is swept again: the word found nowhere, and every answer the same bytes.
// Everything is asked of the running centre over its doors; nothing is known beforehand.
#pragma once

#include <string>

namespace comity::cli {

// `keys` is the folder demo-keys. The exit code is that of the last sweep.
int demo_sweep(std::string const& url, std::string const& keys);

}  // namespace comity::cli
