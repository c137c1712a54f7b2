// Of domain objects, relationships, meta objects and what stands inside them; observables: properties_observed.cc.
#include "stix/properties.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace comity::stix {
namespace {

using enum Shape;

constexpr std::string_view any = "";

// Sorted by type, then by property.
constexpr PropertyRow rows[] = {
    {any, "confidence", integer},
    {any, "created", timestamp},
    {any, "created_by_ref", text},
    {any, "defanged", boolean},
    {any, "extensions", extensions},
    {any, "external_references", embeddeds, "external-reference"},
    {any, "granular_markings", objects},
    {any, "id", text},
    {any, "labels", texts},
    {any, "lang", form, "language"},
    {any, "modified", timestamp},
    {any, "object_marking_refs", texts},
    {any, "revoked", boolean},
    {any, "spec_version", text},
    {any, "type", text},

    {"attack-pattern", "aliases", texts},
    {"attack-pattern", "description", text},
    {"attack-pattern", "kill_chain_phases", embeddeds, "kill-chain-phase"},
    {"attack-pattern", "name", text},

    {"campaign", "aliases", texts},
    {"campaign", "description", text},
    {"campaign", "first_seen", timestamp},
    {"campaign", "last_seen", timestamp},
    {"campaign", "name", text},
    {"campaign", "objective", text},

    {"course-of-action", "description", text},
    {"course-of-action", "name", text},

    {"extension-definition", "description", text},
    {"extension-definition", "extension_properties", texts},
    {"extension-definition", "extension_types", some_of, "extension-type-enum"},
    {"extension-definition", "name", text},
    {"extension-definition", "schema", text},
    {"extension-definition", "version", text},

    {"external-reference", "description", text},
    {"external-reference", "external_id", text},
    {"external-reference", "hashes", hashes},
    {"external-reference", "source_name", text},
    {"external-reference", "url", form, "url"},

    {"grouping", "context", word, "grouping-context-ov"},
    {"grouping", "description", text},
    {"grouping", "name", text},
    {"grouping", "object_refs", texts},

    {"identity", "contact_information", text},
    {"identity", "description", text},
    {"identity", "identity_class", word, "identity-class-ov"},
    {"identity", "name", text},
    {"identity", "roles", texts},
    {"identity", "sectors", words, "industry-sector-ov"},

    {"incident", "description", text},
    {"incident", "name", text},

    {"indicator", "description", text},
    {"indicator", "indicator_types", words, "indicator-type-ov"},
    {"indicator", "kill_chain_phases", embeddeds, "kill-chain-phase"},
    {"indicator", "name", text},
    {"indicator", "pattern", text},
    {"indicator", "pattern_type", word, "pattern-type-ov"},
    {"indicator", "pattern_version", text},
    {"indicator", "valid_from", timestamp},
    {"indicator", "valid_until", timestamp},

    {"infrastructure", "aliases", texts},
    {"infrastructure", "description", text},
    {"infrastructure", "first_seen", timestamp},
    {"infrastructure", "infrastructure_types", words, "infrastructure-type-ov"},
    {"infrastructure", "kill_chain_phases", embeddeds, "kill-chain-phase"},
    {"infrastructure", "last_seen", timestamp},
    {"infrastructure", "name", text},

    {"intrusion-set", "aliases", texts},
    {"intrusion-set", "description", text},
    {"intrusion-set", "first_seen", timestamp},
    {"intrusion-set", "goals", texts},
    {"intrusion-set", "last_seen", timestamp},
    {"intrusion-set", "name", text},
    {"intrusion-set", "primary_motivation", word, "attack-motivation-ov"},
    {"intrusion-set", "resource_level", word, "attack-resource-level-ov"},
    {"intrusion-set", "secondary_motivations", words, "attack-motivation-ov"},

    {"kill-chain-phase", "kill_chain_name", text},
    {"kill-chain-phase", "phase_name", text},

    {"language-content", "contents", contents},
    {"language-content", "object_modified", timestamp},
    {"language-content", "object_ref", text},

    {"location", "administrative_area", text},
    {"location", "city", text},
    {"location", "country", text},
    {"location", "description", text},
    {"location", "latitude", number},
    {"location", "longitude", number},
    {"location", "name", text},
    {"location", "postal_code", text},
    {"location", "precision", number},
    {"location", "region", word, "region-ov"},
    {"location", "street_address", text},

    {"malware", "aliases", texts},
    {"malware", "architecture_execution_envs", words, "processor-architecture-ov"},
    {"malware", "capabilities", words, "malware-capabilities-ov"},
    {"malware", "description", text},
    {"malware", "first_seen", timestamp},
    {"malware", "implementation_languages", words, "implementation-language-ov"},
    {"malware", "is_family", boolean},
    {"malware", "kill_chain_phases", embeddeds, "kill-chain-phase"},
    {"malware", "last_seen", timestamp},
    {"malware", "malware_types", words, "malware-type-ov"},
    {"malware", "name", text},
    {"malware", "operating_system_refs", texts},
    {"malware", "sample_refs", texts},

    {"malware-analysis", "analysis_definition_version", text},
    {"malware-analysis", "analysis_ended", timestamp},
    {"malware-analysis", "analysis_engine_version", text},
    {"malware-analysis", "analysis_sco_refs", texts},
    {"malware-analysis", "analysis_started", timestamp},
    {"malware-analysis", "configuration_version", text},
    {"malware-analysis", "host_vm_ref", text},
    {"malware-analysis", "installed_software_refs", texts},
    {"malware-analysis", "modules", texts},
    {"malware-analysis", "operating_system_ref", text},
    {"malware-analysis", "product", text},
    {"malware-analysis", "result", word, "malware-result-ov"},
    {"malware-analysis", "result_name", text},
    {"malware-analysis", "sample_ref", text},
    {"malware-analysis", "submitted", timestamp},
    {"malware-analysis", "version", text},

    {"marking-definition", "definition", object},
    {"marking-definition", "definition_type", text},
    {"marking-definition", "name", text},

    {"note", "abstract", text},
    {"note", "authors", texts},
    {"note", "content", text},
    {"note", "object_refs", texts},

    {"observed-data", "first_observed", timestamp},
    {"observed-data", "last_observed", timestamp},
    {"observed-data", "number_observed", integer},
    {"observed-data", "object_refs", texts},
    {"observed-data", "objects", dictionary},

    {"opinion", "authors", texts},
    {"opinion", "explanation", text},
    {"opinion", "object_refs", texts},
    {"opinion", "opinion", one_of, "opinion-enum"},

    {"relationship", "description", text},
    {"relationship", "relationship_type", form, "relationship-type"},
    {"relationship", "source_ref", text},
    {"relationship", "start_time", timestamp},
    {"relationship", "stop_time", timestamp},
    {"relationship", "target_ref", text},

    {"report", "description", text},
    {"report", "name", text},
    {"report", "object_refs", texts},
    {"report", "published", timestamp},
    {"report", "report_types", words, "report-type-ov"},

    {"sighting", "count", integer},
    {"sighting", "description", text},
    {"sighting", "first_seen", timestamp},
    {"sighting", "last_seen", timestamp},
    {"sighting", "observed_data_refs", texts},
    {"sighting", "sighting_of_ref", text},
    {"sighting", "summary", boolean},
    {"sighting", "where_sighted_refs", texts},

    {"threat-actor", "aliases", texts},
    {"threat-actor", "description", text},
    {"threat-actor", "first_seen", timestamp},
    {"threat-actor", "goals", texts},
    {"threat-actor", "last_seen", timestamp},
    {"threat-actor", "name", text},
    {"threat-actor", "personal_motivations", words, "attack-motivation-ov"},
    {"threat-actor", "primary_motivation", word, "attack-motivation-ov"},
    {"threat-actor", "resource_level", word, "attack-resource-level-ov"},
    {"threat-actor", "roles", words, "threat-actor-role-ov"},
    {"threat-actor", "secondary_motivations", words, "attack-motivation-ov"},
    {"threat-actor", "sophistication", word, "threat-actor-sophistication-ov"},
    {"threat-actor", "threat_actor_types", words, "threat-actor-type-ov"},

    {"tool", "aliases", texts},
    {"tool", "description", text},
    {"tool", "kill_chain_phases", embeddeds, "kill-chain-phase"},
    {"tool", "name", text},
    {"tool", "tool_types", words, "tool-type-ov"},
    {"tool", "tool_version", text},

    {"vulnerability", "description", text},
    {"vulnerability", "name", text},
};

static_assert(is_sorted(rows));

// In which object an extension of the standard's stands, and what must be in it.
struct ExtensionRow {
  std::string_view extension, type;
};

constexpr ExtensionRow extension_rows[] = {
    {"archive-ext", "file"},
    {"http-request-ext", "network-traffic"},
    {"icmp-ext", "network-traffic"},
    {"ntfs-ext", "file"},
    {"pdf-ext", "file"},
    {"raster-image-ext", "file"},
    {"socket-ext", "network-traffic"},
    {"tcp-ext", "network-traffic"},
    {"unix-account-ext", "user-account"},
    {"windows-pebinary-ext", "file"},
    {"windows-process-ext", "process"},
    {"windows-service-ext", "process"},
};

constexpr EmbeddedRow embedded_rows[] = {
    {"alternate-data-stream", "name", ""},
    {"archive-ext", "contains_refs", ""},
    {"external-reference", "source_name", "description|url|external_id"},
    {"http-request-ext", "request_method request_value", ""},
    {"icmp-ext", "icmp_type_hex icmp_code_hex", ""},
    {"kill-chain-phase", "kill_chain_name phase_name", ""},
    {"mime-part", "", "body|body_raw_ref"},
    {"ntfs-ext", "", "sid|alternate_data_streams"},
    {"pdf-ext", "", "version|is_optimized|document_info_dict|pdfid0|pdfid1"},
    {"raster-image-ext", "", "image_height|image_width|bits_per_pixel|exif_tags"},
    {"socket-ext", "address_family", ""},
    {"tcp-ext", "", "src_flags_hex|dst_flags_hex"},
    {"unix-account-ext", "", "gid|groups|home_dir|shell"},
    {"windows-pe-section", "name", ""},
    {"windows-pebinary-ext", "pe_type", ""},
};

}  // namespace

std::span<PropertyRow const> property_rows(std::string_view type) {
  static auto const by_type = [] {
    std::unordered_map<std::string_view, std::span<PropertyRow const>> made;  // never iterated
    for (auto const table : {std::span<PropertyRow const>(rows), observed_rows()})
      for (auto const& row : table)
        if (!made.contains(row.type)) {
          auto const found = std::ranges::equal_range(table, row.type, {}, &PropertyRow::type);
          made.emplace(row.type, std::span<PropertyRow const>(found.begin(), found.end()));
        }
    return made;
  }();
  auto const found = by_type.find(type);
  return found == by_type.end() ? std::span<PropertyRow const>() : found->second;
}

Properties::Properties(std::string_view type) : own_(property_rows(type)), common_(property_rows(any)) {}

PropertyRow const* Properties::find_own(std::string_view property) const {
  auto const at = std::ranges::lower_bound(own_, property, {}, &PropertyRow::property);
  return at != own_.end() && at->property == property ? &*at : nullptr;
}

PropertyRow const* Properties::find(std::string_view property) const {
  if (auto const* own = find_own(property)) return own;
  auto const at = std::ranges::lower_bound(common_, property, {}, &PropertyRow::property);
  return at != common_.end() && at->property == property ? &*at : nullptr;
}

EmbeddedRow embedded_row(std::string_view type) {
  auto const* row = std::ranges::lower_bound(embedded_rows, type, {}, &EmbeddedRow::type);
  return row != std::end(embedded_rows) && row->type == type ? *row : EmbeddedRow{};
}

bool is_extension_of(std::string_view type, std::string_view extension) {
  return std::ranges::any_of(extension_rows, [&](ExtensionRow const& row) {
    return row.extension == extension && row.type == type;
  });
}

}  // namespace comity::stix
