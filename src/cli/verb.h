// The command line as data: what can be said, how it is explained, and what it does.
//
// A Verb is one complete command ("agreements list"): its words, its arguments, its help with examples, and
// its function. command_line.cc makes the parser of the table and completions.cc the completions of shells,
// so the two agree; families of verbs stand in verbs_*.cc and know no parser. Every argument comes as text; a
// function asks its Call for it by name.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/remote.h"

namespace comity::cli {

enum class Takes : uint8_t {
  word,      // FILE: must be there
  maybe,     // [FILE]
  words,     // WORD…: one or more
  value,     // --key FILE
  values,    // --guess NAME, any number of times
  required,  // --for WORD: an option that must be there
  nothing,   // --preview
};

struct Argument {
  std::string name;  // "file" for a word, "--key" for an option
  Takes takes = Takes::word;
  std::string what;  // the placeholder: FILE, OFFICE, TIME
  std::string help;
  std::vector<std::string> choices = {};  // closed list; empty: anything
  std::string fallback = "";              // the value if none is given
};

class Call {
 public:
  Call(Settings settings, std::map<std::string, std::vector<std::string>> values)
      : settings(std::move(settings)), values_(std::move(values)) {}

  Settings settings;

  bool has(std::string const& name) const { return !list(name).empty(); }
  std::string text(std::string const& name) const { return has(name) ? list(name).front() : ""; }
  std::vector<std::string> list(std::string const& name) const {
    auto const found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

struct Verb {
  std::string path;      // words of the command, parted by spaces
  std::string help;      // one line
  std::string examples;  // lines to copy; may be empty
  std::vector<Argument> arguments;
  std::function<Exit(Call const&)> run;
};

using Verbs = std::vector<Verb>;

// Nouns that have verbs below them, and what they are about.
struct Noun {
  std::string path, help;
};

std::vector<Noun> nouns();
Verbs all_verbs();

Verbs local_verbs();      // verbs_local.cc: on a data directory of this machine
Verbs serving_verbs();    // verbs_serving.cc: a centre that is served, and its configuration
Verbs knowing_verbs();    // verbs_knowing.cc: who and what one is and may know
Verbs people_verbs();     // verbs_people.cc: clients, people, offices, keys
Verbs agreement_verbs();  // verbs_agreements.cc
Verbs leaving_verbs();    // verbs_leaving.cc: suspension, withdrawal
Verbs item_verbs();       // verbs_items.cc
Verbs stix_verbs();       // verbs_stix.cc: validate, import, export
Verbs site_verbs();       // verbs_sites.cc: protected sites
Verbs act_verbs();        // verbs_acts.cc: signing, raw commands
Verbs party_key_verbs();  // verbs_keys.cc: the keys that sign for a party
Verbs issuer_verbs();     // verbs_issuers.cc: whose tokens act for a party
Verbs calling_verbs();    // verbs_calling.cc: where the centre calls
Verbs framework_verbs();  // verbs_frameworks.cc: what the reference set has beside the centre's own
Verbs host_verbs();       // verbs_host.cc: what officers of the host do
Verbs keeping_verbs();    // verbs_keeping.cc: backup, restore, doctor
Verbs watch_verbs();      // verbs_watch.cc: who is on watch, calls over lines
Verbs looking_verbs();    // verbs_looking.cc: sweep, connect

}  // namespace comity::cli
