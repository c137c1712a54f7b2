// STIX objects that a person makes at the command line: a note, an opinion or a sighting of something received, and any
// file as an artifact with a report around it.
//
// Only what the standard asks for and what was said: an id (of an artifact, made of its content as the standard says),
// times, TLP 2.0 if asked for, labels. They are sent by the same path as any other object (posting.h), and judged like it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/seam.h"
#include "json/json.h"
#include "model/agreement.h"

namespace comity::cli {

// What all of them have.
struct Common {
  std::vector<std::string> labels;
  std::optional<model::Tlp> tlp;
  UtcTime now;
  Entropy& entropy;
};

json::Object note(Common const& common, std::vector<std::string> const& about, std::string const& content);
// `opinion`: a value of opinion-enum.
json::Object opinion(Common const& common, std::vector<std::string> const& about, std::string const& opinion,
                     std::string const& explanation);

struct Sighting {
  std::string of;
  int64_t count = 1;
  std::string first_seen, last_seen;  // as STIX writes times; empty: left out
  std::string description;
};
json::Object sighting(Common const& common, Sighting const& what);

struct FileReport {
  std::string name;  // of the report
  std::string description, media_type;
};
// The artifact, then the report.
std::vector<json::Object> file_report(Common const& common, FileReport const& what, BytesView bytes);

}  // namespace comity::cli
