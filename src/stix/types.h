// The rules of STIX 2.1 that are tables: one row each, read by check.h and facts.h.
//
// A row with an empty type holds for every type. These rows are about several properties at once, or about what a
// property refers to; what each property holds is in properties.h. A further MUST of the standard is a further row.
// Sources: STIX 2.1 sections 3 to 7; 30-exchange, "what the server checks". Thread-safe, no state.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/item.h"

namespace comity::stix {

// One time is not before another, or is after it.
enum class Order : uint8_t { not_before, after };
struct OrderRow {
  std::string_view type, earlier, later;
  Order order;
};

// A number lies within these bounds, which belong to it.
struct RangeRow {
  std::string_view type, property;
  double least, greatest;
};

// Where one property is, another must be.
struct TogetherRow {
  std::string_view type, property, also;
};

// A true value of one property requires another.
struct IfTrueRow {
  std::string_view type, flag, required;
};

// Where one property is (and, if it is true or false, has this value), another is not.
enum class When : uint8_t { there, is_true, is_false };
struct ExcludesRow {
  std::string_view type, property;
  When when;
  std::string_view excluded;
};

// A reference may, or may not, be to objects of these types (separated by spaces); or to domain objects only, to
// observables only, or to anything but domain objects and markings: in these three, objects of custom types are taken for
// what is needed.
enum class Targets : uint8_t { only, never, domain, observable, observed };
struct TargetRow {
  std::string_view type, property;
  Targets targets;
  std::string_view types;
};

std::span<OrderRow const> order_rows();
std::span<RangeRow const> range_rows();
std::span<TogetherRow const> together_rows();
std::span<IfTrueRow const> if_true_rows();
std::span<ExcludesRow const> excludes_rows();
std::span<TargetRow const> target_rows();

// Property names that the standard keeps for later (STIX 2.1 section 3.1).
bool is_reserved_property(std::string_view name);

// The standard names references by their ending.
inline bool is_reference(std::string_view property) { return property.ends_with("_ref"); }
inline bool is_reference_list(std::string_view property) { return property.ends_with("_refs"); }

// What happens to the object when the target of this top-level reference is out of reach. `properties` are those of the
// object, sorted: a reference that is one of several ways to be complete is required only while it is the last one.
model::ReferenceKind reference_kind(std::string_view type, std::vector<std::string> const& properties,
                                    std::string_view property);

}  // namespace comity::stix
