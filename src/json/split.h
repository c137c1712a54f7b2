// Cuts a bundle or an envelope into its objects without copying or changing a byte of them.
//
// What is stored, hashed and served is what was posted (20-release), so the objects of a bundle are handled as spans of
// the body. split() finds the array under a member of the top-level object and gives each element exactly as written,
// in order; the other top-level members come with their raw text, for parse().
//
// The body must have passed validate_ijson(): what is skipped here is not looked at. On a body that did not, the answer
// is an error or spans inside the body, never a read outside it. All views point into `body` and live as long as it.
// Errors: bad_input if the body is no object or the member no array, too_large beyond `max_elements`. Without the member
// there are no elements and `found` is false. Thread-safe; one copy of the body is made while it runs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/result.h"

namespace comity::json {

struct SplitBy {
  std::string_view member = "objects";
  size_t max_elements = limits::envelope_objects;
};

struct RawMember {
  std::string name;  // unescaped
  BytesView value;
};

struct Split {
  bool found = false;
  std::vector<BytesView> elements;
  std::vector<RawMember> others;

  // The raw text of another top-level member; empty if there is none.
  BytesView other(std::string_view name) const;
};

Result<Split> split(BytesView body, SplitBy by = {});

}  // namespace comity::json
