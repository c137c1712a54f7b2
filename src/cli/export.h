// `comity export`: what an office has, as one STIX bundle.
//
// A collection is walked page by page (TAXII) and its objects are written as they come, byte for byte, one to a line. What
// is fetched stands in FILE.part and how far it came in FILE.part.next: an export that was cut off goes on from there when
// it is started again. FILE appears when it is whole. To standard output there is no going on.
#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/remote.h"

namespace comity::cli {

struct Export {
  std::string file;        // empty: standard output
  std::string agreement;   // empty: all
  std::string collection;  // received, contributed, reference
};

Exit export_items(Settings const& settings, Export const& what);

}  // namespace comity::cli
