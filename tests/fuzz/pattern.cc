// read_pattern() on any text: it ends, its fault lies inside the text, and white space or a comment between words changes
// nothing. The forms of values and the sentences about single strings are asked too: they take any octets.
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "stix/pattern.h"
#include "stix/values.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const read = stix::read_pattern(text);
  ensure(read || (read.error().at <= text.size() && !read.error().detail.empty()));
  auto const spaced = stix::read_pattern(" /* a */ " + text + "\n// b");
  ensure(!read || spaced.has_value());
  if (read) ensure(spaced->never_matches == read->never_matches);
  // A pattern is an observation: two of them, joined, are one too.
  if (read) ensure(stix::read_pattern("(" + text + "\n) AND (" + text + "\n)").has_value());

  for (char const* name :
       {"base64", "character-set", "cpe", "domain-name", "email-address", "hex", "ipv4", "ipv6", "language",
        "mac", "media-type", "registry-key", "relationship-type", "url"})
    static_cast<void>(stix::form(name)->holds(text));
  ensure(!stix::is_hash_value("MD5", text) || text.size() == 32);
  static_cast<void>(stix::is_hash_value("SSDEEP", text));
  ensure(!stix::is_cve_id(text) || text.size() >= 13);
  return 0;
}
