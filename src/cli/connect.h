// `comity connect`: the settings of a TAXII client for one office, read from the running centre and tested: of any client,
// or in the words of one that people have.
//
// What is printed was asked for: discovery, the API roots, each collection with what this office may do
// there. Then each line is tried, and what came back stands beside it. A password is printed only on request;
// else where it is kept.
#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/remote.h"

namespace comity::cli {

enum class Program : uint8_t { taxii, curl, opencti, misp, taxii2_client };
enum class Passwords : uint8_t { hidden, shown };

Exit connect(Settings const& settings, Program program, Passwords passwords);

}  // namespace comity::cli
