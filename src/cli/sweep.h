// `comity sweep`: is a word anywhere in what one office can get out of a centre, and did anything change for
// it?
//
// The walk of walk.h is searched for the word in every encoding (encodings.h), headers and bodies. A walk may
// be kept in a file (mode 0600, it holds what the office may read) and a later one compared with it, byte for
// byte. Not compared: the header `Date` and the clock in /me (walk.h). Refused (exit 1): the word was found,
// a guess was told apart from a name that nobody has, or two walks differ.
#pragma once

#include <string>
#include <vector>

#include "cli/encodings.h"
#include "cli/exit_code.h"
#include "cli/remote.h"
#include "cli/walk.h"

namespace comity::cli {

struct SweepOptions {
  std::string word;  // empty: nothing is searched
  std::vector<std::string> guesses;
  std::string save, compare;  // files; empty: none
};

struct Finding {
  std::string question;
  std::vector<std::string> forms;
};

std::vector<Finding> search(Word const& word, std::vector<Answer> const& answers);

// Questions whose answers differ, or that only one of the two has, with what differs.
std::vector<std::string> differences(std::vector<Answer> const& before, std::vector<Answer> const& after);

Bytes saved(std::vector<Answer> const& answers);
Result<std::vector<Answer>> read_saved(BytesView text);

Exit sweep(Settings const& settings, SweepOptions const& options);

}  // namespace comity::cli
