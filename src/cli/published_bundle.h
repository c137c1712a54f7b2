// A bundle of a published framework: what two officers allow and one loads.
//
// The objects stand in the order of their ids, those of one id in the order of their versions (`modified`, else `created`, as
// written, compared octet by octet); a leaf of the tree is an object's octets as they stand in the file (RFC 6962, SHA-256). So
// whoever has the same objects comes to the same root, however the bundle around them is written.
//
// Errors: bad_input, if it is no bundle, has nothing in it or too much, an object has no id, or one version is there twice.
// Views into the file's bytes: they outlive the bundle.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "merkle/inclusion.h"

namespace comity::cli {

struct PublishedObject {
  std::string id, version;  // empty: it has none
  BytesView bytes;
};

struct PublishedBundle {
  std::vector<PublishedObject> objects;
  merkle::InclusionPaths tree;
};

Result<PublishedBundle> read_published_bundle(BytesView file);

}  // namespace comity::cli
