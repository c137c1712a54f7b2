// How check.h is put together. Inside this room only.
//
// A rule is a function that looks at one Subject and tells a Judge what it finds. Rules do not depend on one another and
// never assume that another one passed; the list in check.cc fixes in which order their findings come.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "model/stix_types.h"
#include "stix/finding.h"

namespace comity::stix {

// An object whose type and id have the right form and belong together.
struct Subject {
  json::Object const& object;
  std::string_view type, id;
  model::StixClass stix_class;                 // of a custom type: what it says it is, never `unknown`
  std::vector<std::string> const& properties;  // sorted
};

class Judge {
 public:
  void refuse(std::string_view code, std::string pointer, std::string detail) {
    note(refused_, code, std::move(pointer), std::move(detail));
  }
  void warn(std::string_view code, std::string pointer, std::string detail) {
    note(warned_, code, std::move(pointer), std::move(detail));
  }
  Findings take_refused() { return std::move(refused_); }
  Findings take_warned() { return std::move(warned_); }

 private:
  static void note(Findings& list, std::string_view code, std::string pointer, std::string detail);

  Findings refused_, warned_;
};

using Rule = void (*)(Subject const&, Judge&);

// The value of a string property; empty if it is absent or something else.
std::string_view text_of(json::Object const& object, std::string_view name);

// check_properties.cc: names, presence, shapes, times
void check_names(Subject const& subject, Judge& judge);
void check_required(Subject const& subject, Judge& judge);
void check_shapes(Subject const& subject, Judge& judge);
void check_orders(Subject const& subject, Judge& judge);
void check_ranges(Subject const& subject, Judge& judge);
void check_together(Subject const& subject, Judge& judge);
void check_spec_version(Subject const& subject, Judge& judge);
void check_empties(Subject const& subject, Judge& judge);
void check_limits(Subject const& subject, Judge& judge);

// check_references.cc
void check_references(Subject const& subject, Judge& judge);
void check_targets(Subject const& subject, Judge& judge);

// check_markings.cc
void check_object_markings(Subject const& subject, Judge& judge);
void check_granular_markings(Subject const& subject, Judge& judge);
void check_marking_definition(Subject const& subject, Judge& judge);

}  // namespace comity::stix
