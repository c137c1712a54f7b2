// What a transcript writes in short, and the forms it stands for.
//
//   report--7                   an id whose UUID is 00000000-0000-4000-8000-000000000007; answers are shortened likewise
//   marking-definition--amber   the markings of TLP 2.0: clear, green, amber, strict, red
//   an object without `type`    gets type, spec_version, created and modified (a constant), and a report its `published`;
//                               with `type` it is sent byte for byte as it stands
//   an agreement                gets what usual-terms.json says for every key that it does not give; participants may be
//                               a list of offices, and the party in its id sponsors it
//
// Errors in a transcript itself are std::runtime_error.
#pragma once

#include <string>

#include "json/json.h"

namespace comity::transcripts {

std::string expanded(std::string text);
std::string shortened(std::string text);

json::Value parsed(std::string const& text);
std::string object_of(std::string const& text);
json::Object agreement_of(std::string const& text);

}  // namespace comity::transcripts
