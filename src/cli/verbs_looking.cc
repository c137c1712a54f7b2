// What an office can get out of a centre, and how a client of it is set up.
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
  return connect(call.settings, call.text("program") == "curl" ? Program::curl : Program::taxii,
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
       "Settings for a TAXII client or curl, filled in for one office and tried",
       "comity connect taxii --as iq/defence\ncomity connect curl --as iq/defence",
       {{"program", Takes::word, "PROGRAM", "taxii or curl", {"taxii", "curl"}},
        {"--show-password", Takes::nothing, "", "print the password too"}},
       run_connect},
  };
}

}  // namespace comity::cli
