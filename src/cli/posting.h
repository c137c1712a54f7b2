// STIX objects on their way to a centre, and what it says of each.
//
// The objects of a file travel as they were written, byte for byte: a bundle's list is copied into an
// envelope, an object alone becomes a list of one. Comity's own members of an envelope are set here and not
// taken from the file.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "cli/exit_code.h"
#include "cli/local.h"
#include "cli/remote.h"
#include "stix/judging.h"

namespace comity::cli {

enum class Preview : uint8_t { none, only };

struct Posting {
  std::vector<std::string> to_offices;
  Preview preview = Preview::none;
  stix::Strictness strictness = stix::Strictness::strict;
};

Result<Bytes> envelope_of(BytesView file, Posting const& posting);

// Counts, and the refused objects with their reasons; refused if one was.
Exit finish_posting(Format format, Result<http::Response> const& answer);

std::string why_text(json::Value const& answer);
std::string who_sees_text(json::Value const& answer);

}  // namespace comity::cli
