#include "forms/shapes.h"

#include <algorithm>
#include <set>

#include "model/names.h"

namespace comity::forms {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

bool is_office(std::string_view text) { return model::split_office(text).has_value(); }
bool is_party_or_office(std::string_view text) { return model::is_slug(text) || is_office(text); }
bool is_agreement(std::string_view text) { return model::split_agreement(text).has_value(); }

bool is_template(std::string_view text) {
  size_t const at = text.find('/');
  if (at == std::string_view::npos || !model::is_slug(text.substr(0, at))) return false;
  std::string_view const version = text.substr(at + 1);
  return !version.empty() && version.size() <= 6 && version[0] != '0' &&
         std::ranges::all_of(version, is_digit);
}

bool is_line(std::string_view text, size_t most) {
  return !text.empty() && text.size() <= most &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_heading(std::string_view text) { return is_line(text, limits::name_bytes); }

// That of record 0, and after a restore `/e` and an epoch of 32 bits.
bool is_origin(std::string_view text) { return is_line(text, limits::name_bytes + 12); }

// STIX 2.1, 3.1: lower case, digits and hyphens, 3 to 250.
bool is_stix_type(std::string_view text) {
  return text.size() >= 3 && text.size() <= 250 &&
         std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    bool const hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

bool is_stix_id(std::string_view text) {
  size_t const at = text.find("--");
  return at != std::string_view::npos && is_stix_type(text.substr(0, at)) && is_uuid(text.substr(at + 2));
}

bool is_marking_id(std::string_view text) {
  return text.starts_with("marking-definition--") && is_stix_id(text);
}

// STIX 2.1, 3.1: lower case, digits and underscores, at most 250.
bool is_stix_property(std::string_view text) {
  return !text.empty() && text.size() <= 250 &&
         std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_key(std::string_view text) {
  return text.size() == 24 && text.starts_with("ed25519:") && std::ranges::all_of(text.substr(8), is_hex);
}

bool is_label(std::string_view text) { return !text.empty() && text.size() <= limits::label_bytes; }

}  // namespace

Shape const party_name{model::is_slug, "must be a party, like \"ru\""};
Shape const office_name{is_office, "must be an office, like \"ru/general-staff\""};
Shape const party_or_office{is_party_or_office,
                            "must be a party or an office, like \"ru\" or \"ru/general-staff\""};
Shape const agreement_name{is_agreement, "must be an agreement's id, like \"ru.baghdad-centre\""};
Shape const clause_name{model::is_slug,
                        "must be a clause id: 2 to 32 lower-case letters, digits or hyphens, a letter first"};
Shape const template_version{is_template,
                             "must be a template and its number, like \"joint-information-centre/1\""};
Shape const heading{is_heading, "must be one line of 1 to 200 bytes"};
Shape const origin{is_origin, "must be the centre's origin: one line of 1 to 212 bytes"};
Shape const stix_type{is_stix_type, "must be a STIX type, like \"threat-actor\""};
Shape const stix_id{is_stix_id, "must be a STIX id, like \"identity--8c6af861-7b20-41ef-9b59-6344fd872a8f\""};
Shape const marking_id{is_marking_id, "must be the id of a marking-definition"};
Shape const stix_property{is_stix_property, "must be the name of a top-level STIX property, like \"labels\""};
Shape const key_name{is_key, "must be a key's id: \"ed25519:\" and 16 hexadecimal digits"};
Shape const label{is_label, "must be a label of 1 to 250 bytes"};

std::string read_shaped(Place const& place, Shape const& shape) {
  auto const* text = place.value().if_string();
  if (text && shape.fits(std::string_view(*text))) return std::string(std::string_view(*text));
  place.refuse(std::string(shape.must_be));
  return {};
}

void take_shaped(Members& members, std::string_view key, Shape const& shape, std::string& out) {
  if (auto const place = members.required(key)) out = read_shaped(*place, shape);
}

std::vector<std::string> read_strings(Place const& place, Shape const& shape, size_t most,
                                      Emptiness emptiness) {
  std::vector<std::string> strings;
  std::set<std::string_view> seen;
  for (Place const& element : place.elements(most)) {
    strings.push_back(read_shaped(element, shape));
    auto const* text = element.value().if_string();
    if (text && !seen.insert(std::string_view(*text)).second) element.refuse("stands in this list twice");
  }
  auto const* array = place.value().if_array();
  if (array && array->empty() && emptiness == Emptiness::refused)
    place.refuse(
        "an empty list means nothing here; name something, or leave the key out if it may be absent");
  return strings;
}

std::vector<model::Who> read_names(Place const& place, Shape const& shape, Emptiness emptiness) {
  std::vector<model::Who> names;
  for (std::string& name : read_strings(place, shape, limits::agreement_names, emptiness))
    names.push_back({.name = std::move(name)});
  return names;
}

}  // namespace comity::forms
