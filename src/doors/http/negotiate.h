// Media types in Accept and Content-Type (RFC 9110, 8.3 and 12.5.1).
//
// Lists, q-values, parameters, quoted strings and white space around `;` and `,` are read as the grammar has them; an
// element of a list that does not follow it is passed over, the others count. Types, subtypes and names of parameters
// compare without regard to case.
//
// What fits an Offer: a range that names it, its type with `*`, or `*/*`, where a `version` the range names is the
// offer's (TAXII R4: a range without a version is served, and one with another version is not). Other parameters, as
// `charset`, are not looked at. The most specific range that fits decides the quality, as the standard says, so
// `*/*, application/json;q=0` refuses JSON. No Accept, or an empty one, accepts everything.
//
// Pure. Time is linear in the length of the field times the number of offers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::http {

struct MediaType {
  std::string type;                                             // lower case
  std::string subtype;                                          // lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case, values unquoted

  std::optional<std::string_view> parameter(std::string_view name) const;
};

struct MediaRange {
  MediaType media;
  int quality = 1000;  // thousandths
};

struct Offer {
  std::string_view media;         // `application/taxii+json`, lower case
  std::string_view version = {};  // `2.1`; "" for a type that has no such parameter
};

std::optional<MediaType> parse_media_type(std::string_view text);
std::vector<MediaRange> parse_accept(std::string_view field);

// Thousandths; 0 is "not acceptable".
int quality_of(std::vector<MediaRange> const& ranges, Offer offer);

bool accepts(std::string_view accept, Offer offer);
// The offer of the highest quality, of equals the first one: its index.
std::optional<size_t> best_of(std::string_view accept, std::span<Offer const> offers);

// Whether a Content-Type says that a body is of this kind.
bool is_of(std::string_view content_type, Offer offer);

}  // namespace comity::http
