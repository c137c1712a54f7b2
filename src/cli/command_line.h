// `comity NOUN VERB`: reads the command line, runs one verb, gives the process's exit code (exit_code.h).
//
// What can be said stands in verb.h and the files verbs_*.cc; `--help` of every command has its examples.
// Global options: --url (else COMITY_URL, else http://127.0.0.1:8642), --ca FILE (else COMITY_CA), --as OFFICE, --json.
// Credentials are never among them. Reads the environment; to be called once, from main.
#pragma once

namespace comity::cli {

int run(int argc, char const* const* argv);

}  // namespace comity::cli
