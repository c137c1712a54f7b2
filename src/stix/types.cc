#include "stix/types.h"

#include <algorithm>
#include <array>

#include "model/stix_types.h"

namespace comity::stix {
namespace {

constexpr std::string_view any = "";

constexpr ShapeRow shapes[] = {
    {any, "spec_version", Shape::text},
    {any, "created", Shape::timestamp},
    {any, "modified", Shape::timestamp},
    {any, "created_by_ref", Shape::text},
    {any, "revoked", Shape::boolean},
    {any, "labels", Shape::texts},
    {any, "confidence", Shape::integer},
    {any, "lang", Shape::text},
    {any, "external_references", Shape::objects},
    {any, "object_marking_refs", Shape::texts},
    {any, "granular_markings", Shape::objects},
    {any, "extensions", Shape::dictionary},
    {any, "defanged", Shape::boolean},

    {"attack-pattern", "name", Shape::text},
    {"campaign", "name", Shape::text},
    {"campaign", "first_seen", Shape::timestamp},
    {"campaign", "last_seen", Shape::timestamp},
    {"course-of-action", "name", Shape::text},
    {"grouping", "context", Shape::text},
    {"identity", "name", Shape::text},
    {"incident", "name", Shape::text},
    {"indicator", "pattern", Shape::text},
    {"indicator", "pattern_type", Shape::text},
    {"indicator", "valid_from", Shape::timestamp},
    {"indicator", "valid_until", Shape::timestamp},
    {"infrastructure", "name", Shape::text},
    {"infrastructure", "first_seen", Shape::timestamp},
    {"infrastructure", "last_seen", Shape::timestamp},
    {"intrusion-set", "name", Shape::text},
    {"intrusion-set", "first_seen", Shape::timestamp},
    {"intrusion-set", "last_seen", Shape::timestamp},
    {"location", "latitude", Shape::number},
    {"location", "longitude", Shape::number},
    {"location", "precision", Shape::number},
    {"location", "region", Shape::text},
    {"location", "country", Shape::text},
    {"malware", "is_family", Shape::boolean},
    {"malware", "first_seen", Shape::timestamp},
    {"malware", "last_seen", Shape::timestamp},
    {"malware-analysis", "product", Shape::text},
    {"malware-analysis", "submitted", Shape::timestamp},
    {"malware-analysis", "analysis_started", Shape::timestamp},
    {"malware-analysis", "analysis_ended", Shape::timestamp},
    {"note", "content", Shape::text},
    {"observed-data", "first_observed", Shape::timestamp},
    {"observed-data", "last_observed", Shape::timestamp},
    {"observed-data", "number_observed", Shape::integer},
    {"observed-data", "objects", Shape::dictionary},
    {"opinion", "opinion", Shape::text},
    {"report", "name", Shape::text},
    {"report", "published", Shape::timestamp},
    {"threat-actor", "name", Shape::text},
    {"threat-actor", "first_seen", Shape::timestamp},
    {"threat-actor", "last_seen", Shape::timestamp},
    {"tool", "name", Shape::text},
    {"vulnerability", "name", Shape::text},

    {"relationship", "relationship_type", Shape::text},
    {"relationship", "start_time", Shape::timestamp},
    {"relationship", "stop_time", Shape::timestamp},
    {"sighting", "first_seen", Shape::timestamp},
    {"sighting", "last_seen", Shape::timestamp},
    {"sighting", "count", Shape::integer},

    {"autonomous-system", "number", Shape::integer},
    {"directory", "path", Shape::text},
    {"directory", "ctime", Shape::timestamp},
    {"directory", "mtime", Shape::timestamp},
    {"directory", "atime", Shape::timestamp},
    {"domain-name", "value", Shape::text},
    {"email-addr", "value", Shape::text},
    {"email-message", "is_multipart", Shape::boolean},
    {"email-message", "date", Shape::timestamp},
    {"file", "ctime", Shape::timestamp},
    {"file", "mtime", Shape::timestamp},
    {"file", "atime", Shape::timestamp},
    {"ipv4-addr", "value", Shape::text},
    {"ipv6-addr", "value", Shape::text},
    {"mac-addr", "value", Shape::text},
    {"mutex", "name", Shape::text},
    {"network-traffic", "protocols", Shape::texts},
    {"network-traffic", "start", Shape::timestamp},
    {"network-traffic", "end", Shape::timestamp},
    {"process", "created_time", Shape::timestamp},
    {"software", "name", Shape::text},
    {"url", "value", Shape::text},
    {"user-account", "account_created", Shape::timestamp},
    {"user-account", "account_expires", Shape::timestamp},
    {"user-account", "credential_last_changed", Shape::timestamp},
    {"user-account", "account_first_login", Shape::timestamp},
    {"user-account", "account_last_login", Shape::timestamp},
    {"windows-registry-key", "modified_time", Shape::timestamp},
    {"x509-certificate", "validity_not_before", Shape::timestamp},
    {"x509-certificate", "validity_not_after", Shape::timestamp},

    {"extension-definition", "name", Shape::text},
    {"extension-definition", "schema", Shape::text},
    {"extension-definition", "version", Shape::text},
    {"extension-definition", "extension_types", Shape::texts},
    {"language-content", "contents", Shape::dictionary},
    {"language-content", "object_modified", Shape::timestamp},
    {"marking-definition", "definition_type", Shape::text},
    {"marking-definition", "definition", Shape::dictionary},
};

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
    {"location", "latitude", "longitude"},
    {"location", "longitude", "latitude"},
    {"location", "precision", "latitude"},
    {"marking-definition", "definition_type", "definition"},
    {"marking-definition", "definition", "definition_type"},
};

constexpr IfTrueRow if_true[] = {
    {"malware", "is_family", "name"},
};

constexpr TargetRow targets[] = {
    {any, "object_marking_refs", Targets::only, "marking-definition"},
    {"relationship", "source_ref", Targets::never, "bundle marking-definition relationship sighting"},
    {"relationship", "target_ref", Targets::never, "bundle marking-definition relationship sighting"},
    {"sighting", "observed_data_refs", Targets::only, "observed-data"},
    {"sighting", "where_sighted_refs", Targets::only, "identity location"},
    {"sighting", "sighting_of_ref", Targets::domain, ""},
};

constexpr std::array<std::string_view, 4> reserved = {"action", "phone_numbers", "severity", "username"};

}  // namespace

std::span<ShapeRow const> shape_rows() { return shapes; }
std::span<OrderRow const> order_rows() { return orders; }
std::span<RangeRow const> range_rows() { return ranges; }
std::span<TogetherRow const> together_rows() { return together; }
std::span<IfTrueRow const> if_true_rows() { return if_true; }
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
