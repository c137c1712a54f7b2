// `./run leave`: leaving works at once (promise 4; acceptance 8 of the scenario, its TAXII part).
//
// ru, iq and ir have a stream open on the centre in Baghdad. ru suspends its part: its stream is reset, the others' go on, and
// every door of each is asked what is left. iq gives something meanwhile; ru comes back and has what there was, without that.
// Then ru gives notice of withdrawal, and takes it back. Everything is asked of the running centre over its doors; afterwards
// it is as before, but for the item that iq gave.
#pragma once

#include <string>

namespace comity::cli {

// `keys` is the folder demo-keys. Done, or refused where something did not go as promised.
int demo_leave(std::string const& url, std::string const& keys);

}  // namespace comity::cli
