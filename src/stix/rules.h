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
#include "stix/judging.h"

namespace comity::stix {

// An object whose type and id have the right form and belong together.
struct Subject {
  json::Object const& object;
  std::string_view type, id;
  model::StixClass stix_class;                 // of a custom type: what it says it is, never `unknown`
  std::vector<std::string> const& properties;  // sorted
};

// Keeps what the rules find: what a strictness or a switch makes of it is decided here and nowhere else.
class Judge {
 public:
  explicit Judge(Judging const& judging) : judging_(judging) {}

  void refuse(std::string_view code, std::string pointer, std::string detail);
  void warn(std::string_view code, std::string pointer, std::string detail);
  Findings take_refused() { return std::move(refused_); }
  bool waived() const { return waived_; }
  Findings take_warned() { return std::move(warned_); }

 private:
  void warn_of(Finding finding);
  static void note(Findings& list, Finding finding);

  Judging const& judging_;
  Findings refused_, warned_;
  bool waived_ = false;  // what was refused and is let in
};

using Rule = void (*)(Subject const&, Judge&);

// The value of a string property; empty if it is absent or something else.
std::string_view text_of(json::Object const& object, std::string_view name);

// check_properties.cc: names, presence, times
void check_names(Subject const& subject, Judge& judge);
void check_required(Subject const& subject, Judge& judge);
void check_orders(Subject const& subject, Judge& judge);
void check_ranges(Subject const& subject, Judge& judge);
void check_together(Subject const& subject, Judge& judge);
void check_excluded(Subject const& subject, Judge& judge);
void check_spec_version(Subject const& subject, Judge& judge);
void check_empties(Subject const& subject, Judge& judge);
void check_limits(Subject const& subject, Judge& judge);

// check_shapes.cc
void check_shapes(Subject const& subject, Judge& judge);

// check_words.cc
void check_pattern(Subject const& subject, Judge& judge);
void check_id(Subject const& subject, Judge& judge);
void check_relationship(Subject const& subject, Judge& judge);
void check_custom(Subject const& subject, Judge& judge);
void check_recommended(Subject const& subject, Judge& judge);

// check_references.cc
void check_references(Subject const& subject, Judge& judge);
void check_targets(Subject const& subject, Judge& judge);

// check_markings.cc
void check_object_markings(Subject const& subject, Judge& judge);
void check_granular_markings(Subject const& subject, Judge& judge);
void check_marking_definition(Subject const& subject, Judge& judge);

}  // namespace comity::stix
