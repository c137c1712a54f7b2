#include "stix/types.h"

#include <algorithm>
#include <array>

#include "model/stix_types.h"

namespace comity::stix {
namespace {

constexpr std::string_view any = "";

constexpr OrderRow orders[] = {
    {any, "created", "modified", Order::not_before},
    {any, "first_seen", "last_seen", Order::not_before},
    {"indicator", "valid_from", "valid_until", Order::after},
    {"malware-analysis", "analysis_started", "analysis_ended", Order::not_before},
    {"network-traffic", "start", "end", Order::not_before},
    {"observed-data", "first_observed", "last_observed", Order::not_before},
    {"relationship", "start_time", "stop_time", Order::not_before},
};

constexpr RangeRow ranges[] = {
    {any, "confidence", 0, 100},
    {"location", "latitude", -90, 90},
    {"location", "longitude", -180, 180},
    {"network-traffic", "src_port", 0, 65535},
    {"network-traffic", "dst_port", 0, 65535},
    {"observed-data", "number_observed", 1, 999'999'999},
    {"sighting", "count", 0, 999'999'999},
};

constexpr TogetherRow together[] = {
    {"artifact", "decryption_key", "encryption_algorithm"},
    {"artifact", "url", "hashes"},
    {"location", "latitude", "longitude"},
    {"location", "longitude", "latitude"},
    {"location", "precision", "latitude"},
    {"marking-definition", "definition_type", "definition"},
    {"marking-definition", "definition", "definition_type"},
};

constexpr IfTrueRow if_true[] = {
    {"malware", "is_family", "name"},
};

constexpr ExcludesRow excludes[] = {
    {"artifact", "payload_bin", When::there, "url"},
    {"email-message", "is_multipart", When::is_false, "body_multipart"},
    {"email-message", "is_multipart", When::is_true, "body"},
    {"network-traffic", "is_active", When::is_true, "end"},
    {"observed-data", "objects", When::there, "object_refs"},
};

constexpr TargetRow targets[] = {
    {any, "object_marking_refs", Targets::only, "marking-definition"},
    {"directory", "contains_refs", Targets::only, "directory file"},
    {"domain-name", "resolves_to_refs", Targets::only, "domain-name ipv4-addr ipv6-addr"},
    {"email-addr", "belongs_to_ref", Targets::only, "user-account"},
    {"email-message", "bcc_refs", Targets::only, "email-addr"},
    {"email-message", "cc_refs", Targets::only, "email-addr"},
    {"email-message", "from_ref", Targets::only, "email-addr"},
    {"email-message", "raw_email_ref", Targets::only, "artifact"},
    {"email-message", "sender_ref", Targets::only, "email-addr"},
    {"email-message", "to_refs", Targets::only, "email-addr"},
    {"file", "contains_refs", Targets::observable, ""},
    {"file", "content_ref", Targets::only, "artifact"},
    {"file", "parent_directory_ref", Targets::only, "directory"},
    {"ipv4-addr", "belongs_to_refs", Targets::only, "autonomous-system"},
    {"ipv4-addr", "resolves_to_refs", Targets::only, "mac-addr"},
    {"ipv6-addr", "belongs_to_refs", Targets::only, "autonomous-system"},
    {"ipv6-addr", "resolves_to_refs", Targets::only, "mac-addr"},
    {"language-content", "object_ref", Targets::never, "bundle language-content"},
    {"malware", "operating_system_refs", Targets::only, "software"},
    {"malware", "sample_refs", Targets::only, "artifact file"},
    {"malware-analysis", "analysis_sco_refs", Targets::observable, ""},
    {"malware-analysis", "host_vm_ref", Targets::only, "software"},
    {"malware-analysis", "installed_software_refs", Targets::only, "software"},
    {"malware-analysis", "operating_system_ref", Targets::only, "software"},
    {"malware-analysis", "sample_ref", Targets::only, "artifact file network-traffic"},
    {"network-traffic", "dst_payload_ref", Targets::only, "artifact"},
    {"network-traffic", "dst_ref", Targets::only, "domain-name ipv4-addr ipv6-addr mac-addr"},
    {"network-traffic", "encapsulated_by_ref", Targets::only, "network-traffic"},
    {"network-traffic", "encapsulates_refs", Targets::only, "network-traffic"},
    {"network-traffic", "src_payload_ref", Targets::only, "artifact"},
    {"network-traffic", "src_ref", Targets::only, "domain-name ipv4-addr ipv6-addr mac-addr"},
    {"observed-data", "object_refs", Targets::observed, ""},
    {"process", "child_refs", Targets::only, "process"},
    {"process", "creator_user_ref", Targets::only, "user-account"},
    {"process", "image_ref", Targets::only, "file"},
    {"process", "opened_connection_refs", Targets::only, "network-traffic"},
    {"process", "parent_ref", Targets::only, "process"},
    {"relationship", "source_ref", Targets::never,
     "bundle language-content marking-definition relationship sighting"},
    {"relationship", "target_ref", Targets::never,
     "bundle language-content marking-definition relationship sighting"},
    {"sighting", "observed_data_refs", Targets::only, "observed-data"},
    {"sighting", "sighting_of_ref", Targets::domain, ""},
    {"sighting", "where_sighted_refs", Targets::only, "identity location"},
    {"windows-registry-key", "creator_user_ref", Targets::only, "user-account"},
};

constexpr std::array<std::string_view, 4> reserved = {"action", "phone_numbers", "severity", "username"};

}  // namespace

std::span<OrderRow const> order_rows() { return orders; }
std::span<RangeRow const> range_rows() { return ranges; }
std::span<TogetherRow const> together_rows() { return together; }
std::span<IfTrueRow const> if_true_rows() { return if_true; }
std::span<ExcludesRow const> excludes_rows() { return excludes; }
std::span<TargetRow const> target_rows() { return targets; }

bool is_reserved_property(std::string_view name) {
  return std::ranges::find(reserved, name) != reserved.end();
}

model::ReferenceKind reference_kind(std::string_view type, std::vector<std::string> const& properties,
                                    std::string_view property) {
  using enum model::ReferenceKind;
  if (property == "created_by_ref") return creator;
  if (property == "object_marking_refs") return marking;
  bool const needed = model::is_needed(type, properties, property);
  if (is_reference_list(property)) return needed ? in_must_list : in_list;
  return needed ? required : optional;
}

}  // namespace comity::stix
