#include "release/masking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/contains.h"
#include "base/limits.h"
#include "json/json.h"
#include "model/stix_types.h"
#include "release/coarse.h"
#include "release/gaps.h"
#include "release/grid.h"
#include "stix/types.h"

namespace comity::release {
namespace {

constexpr std::string_view base_properties[] = {"type",           "spec_version", "id",
                                                "created_by_ref", "created",      "modified"};

bool always_sent(std::string_view name) {
  return name != "created_by_ref" && contains(base_properties, name);
}
bool is_marking(std::string_view name) {
  return name == "object_marking_refs" || name == "granular_markings";
}

std::string_view text_of(boost::json::string const& text) { return {text.data(), text.size()}; }

model::GrantedField const* grant_of(model::EditionForm const& form, std::string_view name) {
  auto const found = std::ranges::lower_bound(form.granted, name, {}, &model::GrantedField::name);
  return found != form.granted.end() && found->name == name ? &*found : nullptr;
}

void cut_selectors(json::Object& object, model::EditionForm const& form) {
  for (std::string const& selector : form.cut) {
    if (always_sent(std::string_view(selector).substr(0, selector.find('.'))))
      continue;  // replaced, or the type
    if (auto const steps = stix::steps_of(selector)) {
      if (json::Value* value = at(object, *steps)) *value = gap();
    } else if (json::Value* value = object.if_contains(selector)) {
      *value = gap();
    }
  }
}

void take_out_properties(json::Object& object, model::EditionForm const& form) {
  for (auto& member : object) {
    std::string_view const name = member.key();
    if (always_sent(name)) continue;
    bool const sent =
        form.all_fields ? !contains_sorted(form.prohibited, name) : grant_of(form, name) != nullptr;
    if (!sent) member.value() = gap();
  }
}

void resolve(json::Value& value, Changes const& changes) {
  if (auto* text = value.if_string()) {
    std::string const id(text_of(*text));
    if (auto const own = changes.renamed.find(id); own != changes.renamed.end()) {
      value = own->second;
    } else if (contains_sorted(changes.form.dropped, id)) {
      value = gap();
    }
  } else if (auto* array = value.if_array()) {
    for (json::Value& element : *array) resolve(element, changes);
  } else if (auto* object = value.if_object()) {
    for (auto& member : *object) resolve(member.value(), changes);
  }
}

void resolve_references(json::Object& object, Changes const& changes) {
  for (auto& member : object)
    if (!always_sent(member.key()) && !is_marking(member.key())) resolve(member.value(), changes);
}

// A part of a property that is given less exactly than the rest of it.
void coarsen_part(json::Object& object, std::span<stix::Step const> steps, model::GrantedField const& grant) {
  json::Value* const part = at(object, steps);
  if (!part) return;
  json::Value* const around = at(object, steps.first(steps.size() - 1));
  if (grant.location_grid_m != 0 && around->is_object() && is_coordinate(steps.back().name))
    return coarsen_coordinate(around->get_object(), steps.back().name, grant.location_grid_m);
  coarsen(*part, grant);
}

void coarsen_properties(json::Object& object, model::EditionForm const& form) {
  for (model::GrantedField const& grant : form.granted) {  // a property comes before its parts
    auto const steps = stix::steps_of(grant.name);
    if (steps && steps->size() > 1)
      coarsen_part(object, *steps, grant);
    else if (json::Value* value = object.if_contains(grant.name); value && !always_sent(grant.name))
      coarsen(*value, grant);
  }
}

// The original's own radius, as far as granted, rounded up to the grid.
uint32_t stated_precision(json::Object const& object, uint32_t grid_m) {
  json::Value const* stated = object.if_contains("precision");
  if (!stated || !stated->is_number() || is_gap(*stated)) return 0;
  double const metres = std::clamp(stated->to_number<double>(), 0.0, 2e7);
  return static_cast<uint32_t>(std::ceil(metres / grid_m)) * grid_m;
}

void remove(json::Object& object, std::initializer_list<std::string_view> names) {
  for (std::string_view const name : names)
    if (json::Value* value = object.if_contains(name)) *value = gap();
}

// Coordinates that stand at the top: those of a location.
void coarsen_location(json::Object& object, std::string_view type, model::EditionForm const& form) {
  auto const place = place_of(object);
  auto const grid = [&](std::string_view name) {
    model::GrantedField const* grant = grant_of(form, name);
    return grant ? grant->location_grid_m : 0;
  };
  if (!place) {  // one coordinate is no place, and a precision needs both
    if (type == "location") remove(object, {"latitude", "longitude", "precision"});
    for (std::string_view const name : {"latitude", "longitude"})
      if (grid(name) != 0) remove(object, {name});
    return;
  }
  uint32_t const coarsest = std::max(grid("latitude"), grid("longitude"));
  if (coarsest == 0) return;
  for (std::string_view const name : {"latitude", "longitude"}) {
    if (grid(name) == 0) continue;
    model::Point const middle = snapped(*place, grid(name)).middle;
    object[name] = degrees(name == "latitude" ? middle.latitude_e7 : middle.longitude_e7);
  }
  if (type == "location")
    object["precision"] = snapped(*place, coarsest).precision_m + stated_precision(object, coarsest);
}

std::optional<UtcTime> time_at(json::Object const& object, std::string_view name) {
  json::Value const* value = object.if_contains(name);
  return value && value->is_string() ? parse_stix_time(text_of(value->get_string())) : std::nullopt;
}

void keep_times_in_order(json::Object& object, std::string_view type, model::EditionForm const& form) {
  for (stix::OrderRow const& row : stix::order_rows()) {
    if (row.type != type || row.order != stix::Order::after) continue;
    if (model::GrantedField const* grant = grant_of(form, row.later); !grant || grant->time_round_s == 0)
      continue;
    auto const earlier = time_at(object, row.earlier), later = time_at(object, row.later);
    if (earlier && later && *later <= *earlier) remove(object, {row.later});
  }
}

// Steps 5: what selectors of granular markings are left, and what they say once the gaps are closed.
void renumber_selectors(json::Object& object) {
  json::Value* const markings = object.if_contains("granular_markings");
  json::Array* const list = markings ? markings->if_array() : nullptr;
  if (!list) return;
  for (json::Value& marking : *list) {
    json::Object* const entry = marking.if_object();
    json::Value* const selectors = entry ? entry->if_contains("selectors") : nullptr;
    if (!selectors || !selectors->is_array()) continue;
    for (json::Value& selector : selectors->get_array()) {
      auto const after =
          selector.is_string() ? selector_after(object, text_of(selector.get_string())) : std::nullopt;
      selector = after ? json::Value(*after) : gap();
    }
    widen_gaps(*selectors);
    if (is_gap(*selectors)) marking = gap();
  }
  widen_gaps(*markings);
}

void name_edition(json::Object& object, std::string_view type, Changes const& changes) {
  bool const observable = model::stix_class(type) == model::StixClass::observable;
  bool const versioned = object.contains("modified");
  object["id"] = changes.id;
  if (versioned) object["modified"] = to_text(changes.modified);
  if (object.contains("created") || !observable)
    object["created"] = to_text(versioned ? changes.created : changes.modified);
  if (!changes.creator.empty()) object.erase("created_by_ref");
  if (!changes.creator.empty() && !observable) object["created_by_ref"] = changes.creator;
  if (!changes.derived_from.empty()) object["x_comity_derived_from"] = changes.derived_from;
}

json::Object in_order(json::Object&& object) {
  json::Object ordered;
  for (std::string_view const name : base_properties)
    if (json::Value* value = object.if_contains(name)) ordered[name] = std::move(*value);
  std::vector<std::string_view> others;
  for (auto const& member : object)
    if (!contains(base_properties, std::string_view(member.key()))) others.push_back(member.key());
  std::ranges::sort(others);
  for (std::string_view const name : others) ordered[name] = std::move(object[name]);
  return ordered;
}

std::vector<std::string> names_in(json::Object const& object) {
  std::vector<std::string> names;
  for (auto const& member : object) names.emplace_back(member.key());
  std::ranges::sort(names);
  return names;
}

}  // namespace

Result<Bytes> masked(BytesView payload, Changes const& changes) {
  json::Value value = TRY(json::parse(payload, limits::stix_object_bytes, json::Numbers::any));
  json::Object* object = value.if_object();
  if (!object || !object->contains("type") || !object->at("type").is_string())
    return fail(ErrorCode::corrupt, "a payload that is no object");
  std::string const type(text_of(object->at("type").get_string()));
  cut_selectors(*object, changes.form);
  take_out_properties(*object, changes.form);
  resolve_references(*object, changes);
  coarsen_properties(*object, changes.form);
  coarsen_location(*object, type, changes.form);
  keep_times_in_order(*object, type, changes.form);
  for (auto& member : *object)
    if (member.key() != "granular_markings") widen_gaps(member.value());
  renumber_selectors(*object);
  close_gaps(value);
  name_edition(*object, type, changes);
  if (!model::is_complete(type, names_in(*object))) return fail(ErrorCode::not_found, "");
  return json::write(in_order(std::move(*object)));
}

}  // namespace comity::release
