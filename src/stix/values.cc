#include "stix/values.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace comity::stix {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool all(std::string_view text, bool (*is)(char)) { return std::ranges::all_of(text, is); }

// What precedes `separator`, which is taken off `text`; all of it if there is none.
std::string_view take(std::string_view& text, char separator) {
  auto const end = std::min(text.find(separator), text.size());
  auto const part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool is_hex(std::string_view text) {
  return !text.empty() && text.size() % 2 == 0 && all(text, is_hex_digit);
}

// RFC 4648 section 4, padded, never empty.
bool is_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return false;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return all(text, [](char c) { return is_alphanumeric(c) || c == '+' || c == '/'; });
}

// A length after `/` that no network of this width exceeds; without one the address is a single one.
bool is_prefix_length(std::string_view text, int width) {
  if (text.empty() || text.size() > 3 || !all(text, is_digit) || (text.size() > 1 && text[0] == '0'))
    return false;
  int length = 0;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length <= width;
}

bool is_address(std::string_view text, int family, int width) {
  auto const slash = text.find('/');
  if (slash != std::string_view::npos && !is_prefix_length(text.substr(slash + 1), width)) return false;
  std::string const address(text.substr(0, slash));
  std::array<unsigned char, sizeof(in6_addr)> octets{};
  return address.find('\0') == std::string::npos && inet_pton(family, address.c_str(), octets.data()) == 1;
}

bool is_ipv4(std::string_view text) { return is_address(text, AF_INET, 32); }

// With a zone (RFC 4007) or without.
bool is_ipv6(std::string_view text) {
  auto const percent = text.find('%');
  if (percent == std::string_view::npos) return is_address(text, AF_INET6, 128);
  auto const slash = text.find('/', percent);
  auto const zone = text.substr(percent + 1, slash == std::string_view::npos ? slash : slash - percent - 1);
  if (zone.empty()) return false;
  std::string bare(text.substr(0, percent));
  if (slash != std::string_view::npos) bare += text.substr(slash);
  return is_address(bare, AF_INET6, 128);
}

// Six octets in lower case between colons (section 6.8).
bool is_mac(std::string_view text) {
  if (text.size() != 17) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    bool const good = i % 3 == 2 ? text[i] == ':' : is_digit(text[i]) || (text[i] >= 'a' && text[i] <= 'f');
    if (!good) return false;
  }
  return true;
}

// addr-spec of RFC 5322 without comments and folding; also with the letters of RFC 6531.
bool is_email_address(std::string_view text) {
  auto const at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  auto const local = text.substr(0, at), domain = text.substr(at + 1);
  bool const quoted = local.size() > 2 && local.front() == '"' && local.back() == '"';
  auto const forbidden = quoted ? std::string_view("\r\n") : std::string_view(" <>()[],;:\\\"@\t\r\n");
  return local.find_first_of(forbidden) == std::string_view::npos &&
         domain.find_first_of(" <>(),;\\\"\t\r\n@") == std::string_view::npos;
}

// Labels of at most 63 octets between points; letters beyond ASCII as RFC 5890 allows.
bool is_domain_name(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > 253) return false;
  while (!text.empty()) {
    bool const last = !text.contains('.');
    auto const label = take(text, '.');
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!all(label, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || (c & 0x80) != 0; }))
      return false;
    if (!last && text.empty()) return false;
  }
  return true;
}

// A scheme, a colon, and nothing that no URI holds (RFC 3986; letters beyond ASCII as RFC 3987 allows).
bool is_url(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() || !is_letter(text[0]))
    return false;
  if (!all(text.substr(0, colon),
           [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; }))
    return false;
  return all(text, [](char c) {
    return (c & 0x80) != 0 || (c > ' ' && c != 0x7f && !std::string_view("<>\"\\^`{|}").contains(c));
  });
}

// type/subtype of a registry of IANA's.
bool is_media_type(std::string_view text) {
  constexpr std::array<std::string_view, 10> types = {
      "application", "audio", "font", "image", "message", "model", "multipart", "text", "video", "chemical"};
  auto const type = take(text, '/');
  text = text.substr(0, text.find(';'));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::ranges::find(types, type) != types.end() && !text.empty() && text.size() <= 127 &&
         all(text, [](char c) { return is_alphanumeric(c) || std::string_view("!#$&-^_.+").contains(c); });
}

// A name of IANA's registry of character sets, by its letters.
bool is_character_set(std::string_view text) {
  return text.size() >= 2 && text.size() <= 250 &&
         all(text, [](char c) { return is_alphanumeric(c) || std::string_view("/.+_:-()").contains(c); });
}

// RFC 5646, well-formed: subtags of at most 8 letters and digits; a first one that is a language of two letters, or of
// three that ISO 639 may have, or `i` or `x` with something behind it.
bool is_language(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  auto rest = text;
  auto const first = take(rest, '-');
  bool const private_use = (first == "x" || first == "i") && !rest.empty();
  if (!private_use && (first.size() < 2 || first.size() > 8 || first.size() == 4 || !all(first, is_letter)))
    return false;
  if (text.ends_with('-')) return false;
  while (!rest.empty()) {
    auto const subtag = take(rest, '-');
    if (subtag.empty() || subtag.size() > 8 || !all(subtag, is_alphanumeric)) return false;
  }
  return true;
}

// A component of a CPE 2.3 formatted string: escaped punctuation, wildcards only at its ends.
bool is_cpe_component(std::string_view text) {
  if (text == "*" || text == "-") return true;
  while (text.starts_with('?')) text.remove_prefix(1);
  if (text.starts_with('*')) text.remove_prefix(1);
  while (text.ends_with('?') && !text.ends_with("\\?")) text.remove_suffix(1);
  if (text.ends_with('*') && !text.ends_with("\\*")) text.remove_suffix(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      if (++i == text.size()) return false;
    } else if (!is_alphanumeric(text[i]) && !std::string_view("._-").contains(text[i])) {
      return false;
    }
  }
  return !text.empty();
}

bool is_cpe(std::string_view text) {
  if (!text.starts_with("cpe:2.3:")) return false;
  text.remove_prefix(8);
  size_t components = 0, start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\\') {
      ++i;  // what is escaped ends nothing
      continue;
    }
    if (i < text.size() && text[i] != ':') continue;
    auto const part = text.substr(start, i - start);
    start = i + 1;
    bool const good = components == 0
                          ? part == "a" || part == "o" || part == "h" || part == "*" || part == "-"
                          : is_cpe_component(part);
    if (!good) return false;
    ++components;
  }
  return components == 11;
}

// The hive is written out (section 6.17).
bool is_registry_key(std::string_view text) {
  auto const hive = text.substr(0, text.find('\\'));
  std::string upper(hive);
  std::ranges::transform(upper, upper.begin(),
                         [](char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; });
  constexpr std::array<std::string_view, 5> short_forms = {"HKLM", "HKCC", "HKCR", "HKCU", "HKU"};
  return std::ranges::find(short_forms, upper) == short_forms.end();
}

bool is_relationship_type(std::string_view text) {
  return !text.empty() && all(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

constexpr Form forms[] = {
    {"base64", "base64 (RFC 4648), padded", Asked::must, is_base64},
    {"character-set", "a character set of IANA's list", Asked::must, is_character_set},
    {"cpe", "a CPE 2.3 formatted string", Asked::must, is_cpe},
    {"domain-name", "a domain name", Asked::should, is_domain_name},
    {"email-address", "a mail address without a name around it", Asked::must, is_email_address},
    {"hex", "an even number of hexadecimal digits", Asked::must, is_hex},
    {"ipv4", "an IPv4 address, with or without a prefix length", Asked::must, is_ipv4},
    {"ipv6", "an IPv6 address, with or without a prefix length", Asked::must, is_ipv6},
    {"language", "a language tag (RFC 5646)", Asked::must, is_language},
    {"mac", "six octets in lower-case hexadecimal, with colons between", Asked::must, is_mac},
    {"media-type", "a media type of IANA's list", Asked::should, is_media_type},
    {"registry-key", "a registry key that begins with the whole name of its hive", Asked::must,
     is_registry_key},
    {"relationship-type", "a name of a-z, 0-9 and hyphens", Asked::must, is_relationship_type},
    {"url", "a URL (RFC 3986)", Asked::should, is_url},
};

struct HashLength {
  std::string_view name;
  size_t least, most;
};

// In hexadecimal digits; of the fuzzy digests, characters.
constexpr HashLength hash_lengths[] = {
    {"MD5", 32, 32},      {"SHA-1", 40, 40},      {"SHA-256", 64, 64}, {"SHA-512", 128, 128},
    {"SHA3-256", 64, 64}, {"SHA3-512", 128, 128}, {"SSDEEP", 1, 148},  {"TLSH", 70, 72},
};

}  // namespace

Form const* form(std::string_view name) {
  auto const* found = std::ranges::lower_bound(forms, name, {}, &Form::name);
  return found != std::end(forms) && found->name == name ? found : nullptr;
}

bool is_hash_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 250 &&
         all(name, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

bool is_hash_value(std::string_view name, std::string_view value) {
  auto const* found = std::ranges::find(hash_lengths, name, &HashLength::name);
  if (found == std::end(hash_lengths)) return !value.empty();
  if (value.size() < found->least || value.size() > found->most) return false;
  if (name == "SSDEEP")
    return all(value, [](char c) { return is_alphanumeric(c) || std::string_view("/+:.\"").contains(c); });
  return all(value, name == "TLSH" ? is_alphanumeric : is_hex_digit);
}

bool is_cve_id(std::string_view text) {
  if (!text.starts_with("CVE-")) return false;
  text.remove_prefix(4);
  auto const year = take(text, '-');
  bool const long_with_zero = text.size() > 4 && text[0] == '0';
  return year.size() == 4 && all(year, is_digit) && text.size() >= 4 && all(text, is_digit) &&
         !long_with_zero;
}

bool is_capec_id(std::string_view text) {
  return text.starts_with("CAPEC-") && text.size() > 6 && all(text.substr(6), is_digit);
}

}  // namespace comity::stix
