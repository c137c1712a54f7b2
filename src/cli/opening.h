// `comity init --preset taxii FILE`: a centre that takes the place of another TAXII server (model/arrangement.h).
//
// The description (forms/opening.h) becomes record 0. Then, before any door has ever been open, each user gets the password
// that it says, or one that is made and written to `first-passwords`; and the objects come in under the date_added that the
// other server gave them, so the cursors of its clients go on. What is wrong with the description is told whole before anything is
// made. An object that is refused stops it unless that is allowed, and then nothing is left behind: the owner mends the
// description and begins again.
//
// Servers give many objects one date, and a collection here has each date once (R31): of a group the last keeps the date
// and the others get the microseconds before it, as far as these are free, else those after it. A client whose cursor is
// at a date that the other server used is sent everything that is later and may be sent what it has; it misses nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/seam.h"
#include "forms/opening.h"
#include "sequencer/centre.h"
#include "stix/judging.h"

namespace comity::cli {

struct Given {
  Bytes text;  // of the description, which points into it
  forms::Description description;
};
// All that is wrong goes to stderr, a line each.
Result<Given> read_opening(std::string const& file, Seam seam);

// What a description says is at its user's: file names in it stand beside the description.
struct MoveIn {
  sequencer::Centre& centre;
  std::string officer;    // anna@operator, who gives the passwords
  std::string passwords;  // a folder that is there
  std::string beside;     // the folder of the description
  stix::Judging judging;
};
struct MovedIn {
  size_t accepted = 0, refused = 0;
  struct Reason {
    size_t objects = 0;
    std::string first;
  };
  std::map<std::string, Reason> reasons;
};
Result<MovedIn> move_in(MoveIn const& where, Given const& given);

// Dates, ascending and equal ones beside each other: made different.
void spread(std::vector<UtcTime>& dates);

}  // namespace comity::cli
