// `comity validate`: what the centre would say of STIX objects, without one.
//
// A file is cut up and judged by the very functions of the doors (stix/envelope.h, stix/read.h), so whatever this accepts
// is sound there too; what an agreement or the state of a centre would say of it is not asked.
// Done if all is sound, warnings or not; refused if something is not; usage if a file cannot be read.
#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/local.h"
#include "stix/judging.h"

namespace comity::cli {

Exit validate(std::vector<std::string> const& files, stix::Judging const& judging, Format format);

// Every code of a finding: where the standard says so, whether `--permissive` waives it.
Exit tell_codes(Format format);

}  // namespace comity::cli
