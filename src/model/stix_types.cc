#include "model/stix_types.h"

#include <algorithm>
#include <iterator>

namespace comity::model {
namespace {

// `required`: names separated by spaces. `alternatives`: such lists, separated by `|`.
struct Row {
  std::string_view name;
  StixClass stix_class;
  std::string_view required;
  std::string_view alternatives;
};

using enum StixClass;

// Sorted by name.
constexpr Row rows[] = {
    {"artifact", observable, "", "payload_bin|url hashes"},
    {"attack-pattern", domain, "name", ""},
    {"autonomous-system", observable, "number", ""},
    {"campaign", domain, "name", ""},
    {"course-of-action", domain, "name", ""},
    {"directory", observable, "path", ""},
    {"domain-name", observable, "value", ""},
    {"email-addr", observable, "value", ""},
    {"email-message", observable, "is_multipart", ""},
    {"extension-definition", meta, "name schema version extension_types", ""},
    {"file", observable, "", "hashes|name"},
    {"grouping", domain, "context object_refs", ""},
    {"identity", domain, "name", ""},
    {"incident", domain, "name", ""},
    {"indicator", domain, "pattern pattern_type valid_from", ""},
    {"infrastructure", domain, "name", ""},
    {"intrusion-set", domain, "name", ""},
    {"ipv4-addr", observable, "value", ""},
    {"ipv6-addr", observable, "value", ""},
    {"language-content", meta, "object_ref contents", ""},
    {"location", domain, "", "region|country|latitude longitude"},
    {"mac-addr", observable, "value", ""},
    {"malware", domain, "is_family", ""},
    {"malware-analysis", domain, "product", "result|analysis_sco_refs"},
    {"marking-definition", meta, "", "definition_type definition|extensions"},
    {"mutex", observable, "name", ""},
    {"network-traffic", observable, "protocols", "src_ref|dst_ref"},
    {"note", domain, "content object_refs", ""},
    {"observed-data", domain, "first_observed last_observed number_observed", "object_refs|objects"},
    {"opinion", domain, "opinion object_refs", ""},
    {"process", observable, "",
     "extensions|is_hidden|pid|created_time|cwd|command_line|environment_variables|opened_connection_refs|"
     "creator_user_ref|image_ref|parent_ref|child_refs"},
    {"relationship", relationship, "relationship_type source_ref target_ref", ""},
    {"report", domain, "name object_refs published", ""},
    {"sighting", relationship, "sighting_of_ref", ""},
    {"software", observable, "name", ""},
    {"threat-actor", domain, "name", ""},
    {"tool", domain, "name", ""},
    {"url", observable, "value", ""},
    {"user-account", observable, "",
     "extensions|user_id|credential|account_login|account_type|display_name|is_service_account|is_privileged|"
     "can_escalate_privs|is_disabled|account_created|account_expires|credential_last_changed|"
     "account_first_login|account_last_login"},
    {"vulnerability", domain, "name", ""},
    {"windows-registry-key", observable, "", "key|values|modified_time|creator_user_ref|number_of_subkeys"},
    {"x509-certificate", observable, "",
     "is_self_signed|hashes|version|serial_number|signature_algorithm|issuer|validity_not_before|"
     "validity_not_after|subject|subject_public_key_algorithm|subject_public_key_modulus|"
     "subject_public_key_exponent|x509_v3_extensions"},
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    auto const end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// A row with its lists taken apart. The vectors are never changed once made, so spans into them stay good.
struct Entry {
  std::vector<std::string_view> required;
  std::vector<std::vector<std::string_view>> sets;
  std::vector<Names> alternatives;

  explicit Entry(Row const& row) : required(split(row.required, ' ')) {
    for (auto const set : split(row.alternatives, '|')) sets.push_back(split(set, ' '));
    for (auto const& set : sets) alternatives.emplace_back(set);
  }
};

size_t row_of(std::string_view type) {
  auto const* row = std::ranges::lower_bound(rows, type, {}, &Row::name);
  return row != std::end(rows) && row->name == type ? static_cast<size_t>(row - rows) : std::size(rows);
}

Entry const& entry_of(std::string_view type) {
  static std::vector<Entry> const entries = [] {
    std::vector<Entry> made;
    made.reserve(std::size(rows) + 1);
    for (auto const& row : rows) made.emplace_back(row);
    made.emplace_back(Row{});
    return made;
  }();
  return entries[row_of(type)];
}

// Complete in the sense of the header, for any way of asking whether a property is there.
template <class Has>
bool complete(Entry const& entry, Has has) {
  auto const all = [&](Names names) { return std::ranges::all_of(names, has); };
  return all(entry.required) && (entry.alternatives.empty() || std::ranges::any_of(entry.alternatives, all));
}

}  // namespace

StixClass stix_class(std::string_view type) {
  auto const row = row_of(type);
  return row == std::size(rows) ? unknown : rows[row].stix_class;
}

Names stix_types() {
  static std::vector<std::string_view> const names = [] {
    std::vector<std::string_view> made;
    for (auto const& row : rows) made.push_back(row.name);
    return made;
  }();
  return names;
}

Names required_properties(std::string_view type) { return entry_of(type).required; }

std::span<Names const> required_alternatives(std::string_view type) { return entry_of(type).alternatives; }

bool is_complete(std::string_view type, std::vector<std::string> const& properties) {
  return complete(entry_of(type),
                  [&](std::string_view name) { return std::ranges::binary_search(properties, name); });
}

bool is_needed(std::string_view type, std::vector<std::string> const& properties, std::string_view property) {
  return is_complete(type, properties) && !complete(entry_of(type), [&](std::string_view name) {
           return name != property && std::ranges::binary_search(properties, name);
         });
}

}  // namespace comity::model
