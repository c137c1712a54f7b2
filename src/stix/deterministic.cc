#include "stix/deterministic.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "crypto/uuid.h"
#include "json/canonical.h"

namespace comity::stix {
namespace {

struct Row {
  std::string_view type;
  std::array<std::string_view, 8> properties;  // the rest empty
};

constexpr Row rows[] = {
    {"artifact", {"hashes", "payload_bin"}},
    {"autonomous-system", {"number"}},
    {"directory", {"path"}},
    {"domain-name", {"value"}},
    {"email-addr", {"value"}},
    {"email-message", {"from_ref", "subject", "body"}},
    {"file", {"hashes", "name", "extensions", "parent_directory_ref"}},
    {"ipv4-addr", {"value"}},
    {"ipv6-addr", {"value"}},
    {"mac-addr", {"value"}},
    {"mutex", {"name"}},
    {"network-traffic",
     {"start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions"}},
    {"software", {"name", "cpe", "swid", "vendor", "version"}},
    {"url", {"value"}},
    {"user-account", {"account_type", "user_id", "account_login"}},
    {"windows-registry-key", {"key", "values"}},
    {"x509-certificate", {"hashes", "serial_number"}},
};

constexpr std::array<std::string_view, 4> chosen_hashes = {"MD5", "SHA-1", "SHA-256", "SHA-512"};

// The one digest that counts.
std::optional<json::Object> one_of(json::Value const& hashes) {
  auto const* all = hashes.if_object();
  if (!all || all->empty()) return std::nullopt;
  for (auto const name : chosen_hashes)
    if (auto const* digest = all->if_contains(name)) return json::Object{{name, *digest}};
  auto const first = std::ranges::min_element(*all, {}, [](auto const& member) { return member.key(); });
  return json::Object{{first->key(), first->value()}};
}

}  // namespace

std::optional<std::string> deterministic_id(std::string_view type, json::Object const& object) {
  auto const* row = std::ranges::find(rows, type, &Row::type);
  if (row == std::end(rows)) return std::nullopt;
  json::Object content;
  for (auto const name : row->properties) {
    auto const* value = name.empty() ? nullptr : object.if_contains(name);
    if (!value) continue;
    if (name != "hashes")
      content.emplace(name, *value);
    else if (auto digest = one_of(*value))
      content.emplace(name, std::move(*digest));
  }
  if (content.empty()) return std::nullopt;
  auto const text = json::canonical(content);
  if (!text) return std::nullopt;
  return std::string(type) + "--" + crypto::uuid_v5(crypto::stix_namespace, *text);
}

}  // namespace comity::stix
