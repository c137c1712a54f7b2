// Is this a STIX 2.1 object that the centre can handle safely?
//
// check() reads one object as posted and judges it by the rules of STIX 2.1 that releasing depends on: what it is and
// which version, its times, its references, its markings, that nothing required is missing, the limits of
// base/limits.h. It refuses what breaks a MUST there; what only departs from a SHOULD, or is common in published data
// and does no harm, is a warning. The bytes are kept as they are either way.
//
// The bytes need not have been validated before: they are parsed as I-JSON here (json/json.h). What is refused has a
// code of its own; the codes, in the order in which the rules are asked:
//
//   too_large, not_json, not_an_object                                the bytes as a whole; nothing else is told
//   type_form, id_form, id_type, type_not_exchanged                   what it is; nothing else is told
//   unknown_comity_member (25-isolation C10), property_name, reserved_property
//   required_property, required_alternative, required_if_true, spec_version
//   value_shape, timestamp_form, time_order, number_range, property_alone
//   empty_list, null_value                                            at any depth
//   too_many_labels, label_too_long, too_many_markings, too_many_references
//   reference_form, reference_target
//   marking_circular, granular_form, granular_selector, marking_form, marking_tlp
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

namespace comity::stix {

struct Checked {
  json::Value value;  // an object
  std::string type, id;
  model::StixClass stix_class = model::StixClass::domain;  // never `unknown`
  std::vector<std::string> properties;                     // top-level names, sorted
  Findings warnings;

  json::Object const& object() const { return value.get_object(); }
};

Judged<Checked> check(BytesView bytes);

}  // namespace comity::stix
