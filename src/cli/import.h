// `comity import`: whole bundles into a centre, and what became of them.
//
// All objects of all files are put into the order in which what is referred to comes first (stix/order.h), cut into
// envelopes and posted one after another. An import that was cut off is simply started again: what is there already is
// accepted once more and makes no second version (R41). Progress goes to stderr; the closing count says how many were
// accepted and how many refused for which reason.
//
// Done if all was accepted; refused if something was not; unreachable if the centre did not answer, with how far it
// came.
#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/posting.h"

namespace comity::cli {

struct Import {
  std::vector<std::string> files;
  std::string agreement;
  Posting posting;
};

Exit import(Settings const& settings, Import const& what);

}  // namespace comity::cli
