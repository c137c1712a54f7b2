// An agreement as a person reads it, and the text somebody is about to sign.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/remote.h"
#include "json/json.h"

namespace comity::cli {

// Head, state, standing, clauses. Of an agreement whose text is not for the reader, what there is.
std::string agreement_text(json::Value const& agreement);

// What would appear and disappear by a preview; what the party would give, gain, and be kept from by a text that compiles.
std::string grant_diff_text(json::Value const& answer);
std::string compiled_text(json::Value const& answer);

// Every agreement one may know, as the centre lists them: all pages.
Result<std::vector<json::Value>> agreement_rows(Remote& remote);

std::string inert_lines(std::string const& text);

// What is signed: the hash is computed here, from the words fetched, under the name by which they were asked
// for. corrupt if the centre lists another hash for it.
struct TextToSign {
  int64_t version = 0;
  std::string text_hash;
  std::string summary;  // for the person who signs
};
Result<TextToSign> read_text_to_sign(Remote& remote, std::string const& agreement);

}  // namespace comity::cli
