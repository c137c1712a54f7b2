// The edition's bytes from the bytes as posted (20-release, Editions). Inside this room only; edition.h is the door.
//
// What happens, in this order:
//   1. what a granular marking that forbids selects is taken out;
//   2. properties that are not granted, or are prohibited, are taken out: text, external references, extensions and
//      custom properties too (A7). `type`, `spec_version`, `id`, `created` and `modified` come with every edition;
//   3. ids of objects the viewer may not have are taken out, at any depth, where they stand alone as a string; ids it
//      knows under another id become that id (A5). Markings are left as they are: they say who may have it;
//   4. times and places are made as coarse as granted (coarse.h). A coarsened place always says its `precision`: the
//      radius that reaches all of the cell and, if the original's precision is granted, that too, rounded up to the
//      grid. Of a later time that must be after an earlier one and is no longer, nothing is said;
//   5. lists and objects that became empty go, and selectors of granular markings that select nothing any more; the
//      others are renumbered;
//   6. id, created and modified are the viewer's own (A6), created_by_ref the centre's if the grant says so (A8), and
//      `x_comity_derived_from` names the object of which the viewer has this id's original from somebody else (G2).
//
// Members come in one order, base properties first, the others by name: the author's order could tell what stood
// between two of them. Integers keep their digits; other numbers are written in the shortest form that reads back as
// the same double. Errors: corrupt if the payload is no object, not_found if what is left is not a whole object of its
// type (A4). Thread-safe: no state.
#pragma once

#include <map>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "model/item.h"

namespace comity::release {

struct Changes {
  model::EditionForm form;
  std::string id;
  UtcTime created, modified;
  std::map<std::string, std::string> renamed;  // id as posted → id the viewer knows it by
  std::string creator;                         // empty: as posted
  std::string derived_from;                    // empty: nothing
};

Result<Bytes> masked(BytesView payload, Changes const& changes);

}  // namespace comity::release
