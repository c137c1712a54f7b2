// `comity sites import`: protected sites and zones from a file (places/) into a centre, all of it or nothing.
//
// The file is read and checked here; what the centre has of this office is asked for, so that a place is new, changed, or as it was,
// which is not sent. What would be filed is shown with every finding. Nothing is sent if a finding is refused, or if there are
// findings that nobody has accepted, or in a dry run.
//
// A place keeps its id from file to file (places/body.h): a second import changes what has changed. What is no longer in a file stays
// filed; it is withdrawn by hand. The centre rules on each place. New ones go first, in one commit: if one of them is refused,
// those that were filed are withdrawn again and nothing else is sent. Changes follow; one is refused only if somebody else has
// changed the same site meanwhile, and then the others stay, and are told.
//
// Done if all is filed or nothing was to be; refused if a finding or a ruling stands against it; usage if the file cannot be read.
#pragma once

#include <optional>
#include <string>

#include "cli/exit_code.h"
#include "cli/remote.h"
#include "places/read.h"

namespace comity::cli {

struct SitesImport {
  std::string file;
  std::optional<places::Format> format;  // absent: by what is in it
  // For what the file does not say.
  std::optional<model::SiteKind> kind;
  std::optional<UtcTime> reconfirm_by;
  std::optional<double> uncertainty_m;
  std::optional<places::Ground> ground;
  std::optional<UtcTime> from, until;  // schedules are filed between these
  std::string source;                  // empty: the file's name
  enum class Findings : uint8_t { stop, accepted } findings = Findings::stop;
  enum class Run : uint8_t { real, dry } run = Run::real;
};

Exit import_sites(Settings const& settings, SitesImport const& what);

}  // namespace comity::cli
