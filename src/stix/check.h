// Is this a STIX 2.1 object that the centre can handle safely?
//
// check() reads one object as posted and judges it by STIX 2.1: what it is and which version, its names and values at
// every depth that the standard knows, its times, references, markings, patterns and ids, that nothing required is
// missing, and the limits of base/limits.h. What breaks a MUST is refused, what only departs from a SHOULD, or is common
// in published data and does no harm, is a warning. The bytes are kept as they are either way.
//
// The bytes need not have been validated before: they are parsed as I-JSON here (json/json.h). Each finding has a code;
// codes.h lists all with their sections. The order in which the rules are asked is that of the list in check.cc; without
// sound JSON, type and id nothing else is told.
//
// Leniences, each a warning: a name of a property that begins as it should and goes on in other printable characters;
// a malformed reference in an observable or in a custom property, which names nothing and so stays its author's text;
// another spec_version on the identity of an organisation (30-exchange). The body of a TLP marking with a fixed id is not looked at
// (25-isolation A19). A custom type is judged as a domain object unless one of its extensions says `new-sco`.
//
// Thread-safe, no state. Time in proportion to the object, but for sorting its names.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "json/json.h"
#include "model/stix_types.h"
#include "stix/finding.h"
#include "stix/judging.h"

namespace comity::stix {

struct Checked {
  json::Value value;  // an object
  std::string type, id;
  model::StixClass stix_class = model::StixClass::domain;  // never `unknown`
  std::vector<std::string> properties;                     // top-level names, sorted
  Findings warnings;
  bool permissive = false;  // a MUST was waived, whether anybody hears of it or not

  json::Object const& object() const { return value.get_object(); }
};

Judged<Checked> check(BytesView bytes, Judging const& judging = {});

}  // namespace comity::stix
