// The door's one call for an object that somebody posts: judge it and take from it what the machine will need.
//
// The bytes stay the payload and are never written anew (30-exchange). `head.version` is `modified`, else `created`, as
// posted; an observable that says neither has none, and the machine numbers its versions. Warnings are for the sender.
// The refusals are those of check.h and facts.h. Thread-safe, no state.
#pragma once

#include "base/bytes.h"
#include "crypto/secret.h"
#include "model/item.h"
#include "stix/finding.h"
#include "stix/judging.h"

namespace comity::stix {

struct Reading {
  model::ItemHead head;
  model::Facts facts;
  bool revoked = false;              // the object says `revoked: true`
  std::string spec_version = "2.1";  // if the object says another
  Findings warnings;
};

// `key` is the centre's comparison key.
Judged<Reading> read_object(BytesView bytes, crypto::SymmetricKey const& key, Judging const& judging = {});

}  // namespace comity::stix
