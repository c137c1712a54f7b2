// The founding keys that a draft leaves out (25-isolation G8: a text names each party by slug and founding key).
//
// A text without them can be drafted and not tabled. Who drafts on the command line need not look them up: they are put in from
// what the centre tells of the parties that the drafter may know, and said, since what is put in is signed by all. Who wants
// to be sure of a key that its owner gave by another way writes it into the text; what is there is left as it is.
#pragma once

#include <string>
#include <vector>

#include "json/json.h"

namespace comity::cli {

// `parties` is the answer to /api/v1/parties. Gives what was put in, a line for each; none: the text is as it was.
std::vector<std::string> put_in_founding_keys(json::Value& text, json::Value const& parties);

}  // namespace comity::cli
