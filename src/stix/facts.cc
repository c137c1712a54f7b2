#include "stix/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/limits.h"
#include "base/time.h"
#include "model/stix_types.h"
#include "stix/ids.h"
#include "stix/rules.h"
#include "stix/selectors.h"
#include "stix/types.h"

namespace comity::stix {
namespace {

using model::ReferenceKind;

// Collects references, without the object's own id.
class References {
 public:
  explicit References(std::string_view own_id) : own_id_(own_id) {}

  void add(std::string id, ReferenceKind kind, std::string_view property) {
    if (id == own_id_ || too_many()) return;
    ids_.insert(id);
    found_.insert({std::move(id), kind, std::string(property)});
  }

  void add_text(std::string_view text, std::string_view property) {
    spare_.clear();
    find_ids(text, spare_);
    for (auto& id : spare_) add(std::move(id), ReferenceKind::in_text, property);
  }

  // A string that should be an id, and is text if it is not.
  void add_reference(std::string_view text, ReferenceKind kind, std::string_view property) {
    if (is_stix_id(text))
      add(std::string(text), kind, property);
    else
      add_text(text, property);
  }

  bool too_many() const { return ids_.size() > limits::object_references; }
  std::vector<model::Reference> take() { return {found_.begin(), found_.end()}; }

 private:
  std::string_view own_id_;
  std::set<std::string> ids_;
  std::set<model::Reference> found_;
  std::vector<std::string> spare_;
};

// What becomes of the object when the target of a reference below the top is out of reach (STIX 2.1, 6.6.1 and 6.7.2: an
// archive goes with its list, a part of a message with what it holds).
ReferenceKind nested_kind(json::Object const& around, std::string_view inside, std::string_view name) {
  if (inside == "archive-ext" && name == "contains_refs") return ReferenceKind::in_must_list;
  if (inside == "body_multipart" && name == "body_raw_ref" && !around.contains("body"))
    return ReferenceKind::required;
  return ReferenceKind::nested;
}

void read_references(json::Value const& value, ReferenceKind kind, std::string_view property,
                     References& out);

// Every string in `value`, names of members included, as text of `property`, but for what nested references hold. `inside`
// is the name of the member that holds the value.
void read_text(json::Value const& value, std::string_view property, std::string_view inside,
               References& out) {
  if (auto const* text = value.if_string()) out.add_text(*text, property);
  if (auto const* array = value.if_array())
    for (auto const& element : *array) read_text(element, property, inside, out);
  auto const* object = value.if_object();
  if (!object) return;
  for (auto const& member : *object) {
    std::string_view const name = member.key();
    out.add_text(name, property);
    if (is_reference(name) || is_reference_list(name))
      read_references(member.value(), nested_kind(*object, inside, name), property, out);
    else
      read_text(member.value(), property, name, out);
  }
}

void read_text(json::Value const& value, std::string_view property, References& out) {
  read_text(value, property, property, out);
}

// A value that holds one reference, or a list of them; anything in it that is no string is read as text.
void read_references(json::Value const& value, ReferenceKind kind, std::string_view property,
                     References& out) {
  if (auto const* text = value.if_string()) return out.add_reference(*text, kind, property);
  auto const* list = value.if_array();
  if (!list) return read_text(value, property, out);
  for (auto const& element : *list) {
    if (auto const* text = element.if_string())
      out.add_reference(*text, kind, property);
    else
      read_text(element, property, out);
  }
}

void read_granular(json::Value const& value, References& references,
                   std::vector<model::GranularMarking>& out) {
  constexpr std::string_view property = "granular_markings";
  for (auto const& element : value.get_array()) {
    auto const& marking = element.get_object();
    auto const id = text_of(marking, "marking_ref");
    if (id.empty()) {  // a language
      read_text(element, property, references);
      continue;
    }
    references.add_reference(id, ReferenceKind::marking, property);
    read_text(marking.at("selectors"), property, references);
    model::GranularMarking made{.marking = std::string(id), .selectors = {}};
    for (auto const& selector : marking.at("selectors").get_array())
      made.selectors.emplace_back(std::string_view(selector.get_string()));
    out.push_back(std::move(made));
  }
}

using Member = json::Object::value_type;

void read_member(Checked const& checked, Member const& member, References& references, model::Facts& facts) {
  std::string_view const name = member.key();
  references.add_text(name, name);
  if (name == "granular_markings")
    read_granular(member.value(), references, facts.granular);
  else if (is_reference(name) || is_reference_list(name))
    read_references(member.value(), reference_kind(checked.type, checked.properties, name), name, references);
  else
    read_text(member.value(), name, references);
}

// --- what is left of a property when parts of it go ---
using Covers = std::map<json::Value const*, std::vector<std::string_view>>;

Covers covers_of(Checked const& checked, model::Facts const& facts) {
  Covers covers;
  for (model::GranularMarking const& granular : facts.granular)
    for (std::string const& selector : granular.selectors)
      if (auto const steps = steps_of(selector))
        if (auto const* value = value_at(checked.object(), *steps)) covers[value].push_back(selector);
  return covers;
}

// How the parts of a value may go.
struct Ways {
  std::set<std::string_view> selectors, partners;
  bool half = false;
};

class Leaves {
 public:
  explicit Leaves(Covers const& covers) : covers_(covers) {}

  void read(json::Value const& value, Ways ways = {}) {
    if (firm_) return;
    add_selectors(value, ways.selectors);
    auto const* object = value.if_object();
    auto const* array = value.if_array();
    if (object && !object->empty()) {
      for (auto const& member : *object) read(member.value(), ways_into(*object, member, ways));
    } else if (array && !array->empty()) {
      for (auto const& element : *array) read(element, ways);
    } else {
      add(value, ways);
    }
  }

  // Whether all of them can go, other than with the whole property, or with all that a list of references holds.
  bool are_frail(bool references) const {
    auto const into = [](std::string const& selector) { return selector.find('.') != std::string::npos; };
    return !firm_ && std::ranges::any_of(found_, [&](model::Leaf const& leaf) {
      return (!references && !leaf.id.empty()) || leaf.half || std::ranges::any_of(leaf.selectors, into) ||
             std::ranges::any_of(leaf.partners, into);
    });
  }
  std::vector<model::Leaf> take() { return {found_.begin(), found_.end()}; }

 private:
  void add_selectors(json::Value const& value, std::set<std::string_view>& out) const {
    if (auto const found = covers_.find(&value); found != covers_.end())
      out.insert(found->second.begin(), found->second.end());
  }

  // A coordinate is nothing that can be snapped without the other (release/coarse.h).
  Ways ways_into(json::Object const& object, json::Object::value_type const& member, Ways ways) const {
    std::string_view const name = member.key();
    if (name != "latitude" && name != "longitude") return ways;
    auto const* other = object.if_contains(name == "latitude" ? "longitude" : "latitude");
    ways.half |= !other || !other->is_number() || !member.value().is_number();
    if (other) add_selectors(*other, ways.partners);
    return ways;
  }

  void add(json::Value const& value, Ways const& ways) {
    auto const* text = value.if_string();
    model::Leaf leaf{.id = text && is_stix_id(*text) ? std::string(*text) : std::string(),
                     .selectors = {ways.selectors.begin(), ways.selectors.end()},
                     .half = ways.half,
                     .partners = {ways.partners.begin(), ways.partners.end()}};
    firm_ |= leaf.id.empty() && leaf.selectors.empty() && !leaf.half && leaf.partners.empty();
    if (!firm_) found_.insert(std::move(leaf));
  }

  Covers const& covers_;
  std::set<model::Leaf> found_;
  bool firm_ = false;
};

std::vector<model::FrailProperty> frail_properties(Checked const& checked, model::Facts const& facts) {
  std::set<std::string_view> needed;
  for (auto const name : model::required_properties(checked.type)) needed.insert(name);
  for (auto const& names : model::required_alternatives(checked.type))
    needed.insert(names.begin(), names.end());
  Covers const covers = covers_of(checked, facts);
  std::vector<model::FrailProperty> frail;
  for (std::string_view const name : needed) {
    auto const* value = checked.object().if_contains(name);
    if (!value) continue;
    Leaves leaves(covers);
    leaves.read(*value);
    if (leaves.are_frail(is_reference(name) || is_reference_list(name)))
      frail.push_back({std::string(name), leaves.take()});
  }
  return frail;
}

std::vector<std::string> strings_of(json::Object const& object, std::string_view name) {
  std::vector<std::string> strings;
  auto const* value = object.if_contains(name);
  if (!value || !value->is_array()) return strings;
  for (auto const& element : value->get_array())
    if (element.is_string()) strings.emplace_back(std::string_view(element.get_string()));
  return strings;
}

int32_t to_e7(json::Value const& degrees) {
  return static_cast<int32_t>(std::llround(degrees.to_number<double>() * 1e7));
}

// check.h has seen to it that both are there, are numbers and lie on the globe.
std::optional<model::Point> location_of(Checked const& checked) {
  if (checked.type != "location") return std::nullopt;
  auto const* latitude = checked.object().if_contains("latitude");
  auto const* longitude = checked.object().if_contains("longitude");
  if (!latitude || !longitude) return std::nullopt;
  return model::Point{to_e7(*longitude), to_e7(*latitude)};
}

// Only what the definition itself says counts: an extension may say more than the statement.
model::MarkingKind marking_kind(Checked const& checked) {
  using enum model::MarkingKind;
  if (checked.type != "marking-definition") return not_a_marking;
  bool const plain = text_of(checked.object(), "definition_type") == "statement";
  return plain && !checked.object().contains("extensions") ? statement : other;
}

}  // namespace

Judged<model::Facts> facts_of(Checked const& checked) {
  auto const& object = checked.object();
  model::Facts facts;
  References references(checked.id);
  for (auto const& member : object) {
    read_member(checked, member, references, facts);
    if (references.too_many())
      return std::unexpected(
          Findings{{"too_many_references", "",
                    fmt::format("at most {} ids in one object", limits::object_references)}});
  }
  facts.references = references.take();
  facts.labels = strings_of(object, "labels");
  facts.markings = strings_of(object, "object_marking_refs");
  facts.location = location_of(checked);
  facts.valid_from = parse_stix_time(text_of(object, "valid_from"));
  facts.valid_until = parse_stix_time(text_of(object, "valid_until"));
  facts.properties = checked.properties;
  facts.marking_kind = marking_kind(checked);
  facts.frail = frail_properties(checked, facts);
  if (auto const creator = text_of(object, "created_by_ref"); is_stix_id(creator)) facts.creator = creator;
  return facts;
}

}  // namespace comity::stix
