// The forms that STIX 2.1 asks of single strings: addresses, digests, languages and the like.
//
// Each function answers whether a text has the form, and looks no further: a domain name need not exist. Where the
// standard names an RFC, its grammar decides; where published data and tools use a wider form without harm (a URL that
// is not quite one, a MIME type that is not registered), is_form() is as wide and the table says `should`.
// Thread-safe, no state, time in proportion to the text.
#pragma once

#include <string_view>

#include "stix/finding.h"

namespace comity::stix {

struct Form {
  std::string_view name;   // as properties.h calls it in `of`
  std::string_view words;  // what such a value is, for a person
  Asked asked;
  bool (*holds)(std::string_view text);
};

// Null if there is no such form.
Form const* form(std::string_view name);

// Digests: a name of 3 to 250 letters, digits, `-` and `_`; and for the algorithms that the standard names, the length.
bool is_hash_name(std::string_view name);
bool is_hash_value(std::string_view name, std::string_view value);

// CVE-YYYY-NNNN, CAPEC-N.
bool is_cve_id(std::string_view text);
bool is_capec_id(std::string_view text);

}  // namespace comity::stix
