#include "cli/made_objects.h"

#include <algorithm>

#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "model/tlp.h"
#include "stix/deterministic.h"

namespace comity::cli {
namespace {

std::string new_id(std::string const& type, Entropy& entropy) {
  Digest random;
  entropy.fill(random.octets);
  return type + "--" + crypto::uuid_v4_shaped(random);
}

std::string stix_time(UtcTime time) {
  auto text = to_text(time);  // microseconds; STIX objects are precise to the millisecond
  return text.substr(0, text.size() - 4) + "Z";
}

void mark(json::Object& object, Common const& common) {
  if (!common.labels.empty()) object["labels"] = json::Array(common.labels.begin(), common.labels.end());
  if (common.tlp) object["object_marking_refs"] = json::Array{json::Value(model::tlp_2_id(*common.tlp))};
}

json::Object versioned(std::string const& type, Common const& common) {
  json::Object object{{"type", type},
                      {"spec_version", "2.1"},
                      {"id", new_id(type, common.entropy)},
                      {"created", stix_time(common.now)},
                      {"modified", stix_time(common.now)}};
  mark(object, common);
  return object;
}

}  // namespace

json::Object note(Common const& common, std::vector<std::string> const& about, std::string const& content) {
  auto object = versioned("note", common);
  object["content"] = content;
  object["object_refs"] = json::Array(about.begin(), about.end());
  return object;
}

json::Object opinion(Common const& common, std::vector<std::string> const& about, std::string const& opinion,
                     std::string const& explanation) {
  auto object = versioned("opinion", common);
  object["opinion"] = opinion;
  if (!explanation.empty()) object["explanation"] = explanation;
  object["object_refs"] = json::Array(about.begin(), about.end());
  return object;
}

json::Object sighting(Common const& common, Sighting const& what) {
  auto object = versioned("sighting", common);
  object["sighting_of_ref"] = what.of;
  object["count"] = what.count;
  if (!what.first_seen.empty()) object["first_seen"] = what.first_seen;
  if (!what.last_seen.empty()) object["last_seen"] = what.last_seen;
  if (!what.description.empty()) object["description"] = what.description;
  return object;
}

std::vector<json::Object> file_report(Common const& common, FileReport const& what, BytesView bytes) {
  json::Object artifact{{"type", "artifact"}, {"spec_version", "2.1"}};
  if (!what.media_type.empty()) artifact["mime_type"] = what.media_type;
  artifact["payload_bin"] = crypto::to_base64(bytes);
  artifact["hashes"] = json::Object{{"SHA-256", to_hex(crypto::sha256(bytes))}};
  mark(artifact,
       common);  // an observable has labels by no rule of the standard, but agreements filter by them
  auto const id = stix::deterministic_id("artifact", artifact).value();
  artifact["id"] = id;
  auto report = versioned("report", common);
  report["name"] = what.name;
  if (!what.description.empty()) report["description"] = what.description;
  report["published"] = stix_time(common.now);
  report["object_refs"] = json::Array{json::Value(id)};
  return {std::move(artifact), std::move(report)};
}

}  // namespace comity::cli
