// What an office can get out of a centre, and how a client of it is set up.
#include <algorithm>

#include "cli/connect.h"
#include "cli/sweep.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit run_sweep(Call const& call) {
  return sweep(call.settings, {.word = call.text("--for"),
                               .guesses = call.list("--guess"),
                               .save = call.text("--save"),
                               .compare = call.text("--compare")});
}

Exit run_connect(Call const& call) {
  constexpr std::pair<std::string_view, Program> programs[] = {{"taxii", Program::taxii},
                                                               {"curl", Program::curl},
                                                               {"opencti", Program::opencti},
                                                               {"misp", Program::misp},
                                                               {"taxii2-client", Program::taxii2_client}};
  auto const* const named =
      std::ranges::find(programs, call.text("program"), &std::pair<std::string_view, Program>::first);
  return connect(call.settings, named->second,
                 call.has("--show-password") ? Passwords::shown : Passwords::hidden);
}

}  // namespace

Verbs looking_verbs() {
  return {
      {"sweep",
       "Fetch every answer of every door as one office; search a word in every encoding",
       "comity sweep --as ir/general-staff --save before.json\n"
       "comity sweep --as ir/general-staff --for nightjar --guess ru.il-staff --compare before.json",
       {{"--for", Takes::value, "WORD", "search for this word, of four bytes or more"},
        {"--guess", Takes::values, "NAME", "a name that may be hidden: an agreement, party or item"},
        {"--save", Takes::value, "FILE", "keep the answers (mode 0600)"},
        {"--compare", Takes::value, "FILE", "compare with answers kept before, byte for byte"}},
       run_sweep},
      {"connect",
       "Settings for a client, filled in for one office and tried",
       "comity connect taxii --as iq/defence\ncomity connect opencti --as iq/defence\ncomity connect curl "
       "--as iq/defence",
       {{"program",
         Takes::word,
         "PROGRAM",
         "taxii (any client), curl, opencti, misp or taxii2-client",
         {"taxii", "curl", "opencti", "misp", "taxii2-client"}},
        {"--show-password", Takes::nothing, "", "print the password too"}},
       run_connect},
  };
}

}  // namespace comity::cli
