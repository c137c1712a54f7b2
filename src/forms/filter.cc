#include <algorithm>

#include "forms/agreement_parts.h"
#include "forms/polygon.h"
#include "forms/shapes.h"

namespace comity::forms {
namespace {

using model::Allow;
using model::Tlp;

constexpr Word<Tlp> tlp_words[] = {{"clear", Tlp::clear},
                                   {"green", Tlp::green},
                                   {"amber", Tlp::amber},
                                   {"amber_strict", Tlp::amber_strict},
                                   {"red", Tlp::red}};
constexpr Word<Allow> allow_words[] = {{"allow", Allow::allow}, {"deny", Allow::deny}};
enum class AllFields { all };
constexpr Word<AllFields> fields_words[] = {{"all", AllFields::all}};

std::optional<std::vector<std::string>> optional_strings(Members& members, std::string_view key,
                                                         Shape const& shape) {
  auto const place = members.optional(key);
  if (!place) return std::nullopt;
  return read_strings(*place, shape, limits::filter_words, Emptiness::refused);
}

}  // namespace

model::Point read_point(Place const& place) {
  auto const pair = place.elements(2);
  if (pair.size() != 2) {
    if (place.value().is_array()) place.refuse("must be [longitude, latitude] in 1e-7 degrees");
    return {};
  }
  return {.longitude_e7 = static_cast<int32_t>(pair[0].integer(-1'800'000'000, 1'800'000'000).value_or(0)),
          .latitude_e7 = static_cast<int32_t>(pair[1].integer(-900'000'000, 900'000'000).value_or(0))};
}

std::vector<model::Point> read_polygon(Place const& place) {
  std::vector<model::Point> polygon;
  for (Place const& element : place.elements(limits::polygon_vertices))
    polygon.push_back(read_point(element));
  auto const* array = place.value().if_array();
  if (!array) return polygon;
  if (array->size() < 3) {
    place.refuse("must have at least three points");
  } else if (polygon.size() > 3 && polygon.front() == polygon.back()) {
    place.refuse("closes itself: leave the last point, which is the first again, out");
  } else if (!polygon.empty() && !is_simple(polygon)) {
    place.refuse("must not cross or touch itself, and no point may repeat");
  }
  return polygon;
}

std::vector<model::Point> read_ring(Members& members) {
  auto const polygon = members.required("polygon");
  return polygon ? read_polygon(*polygon) : std::vector<model::Point>{};
}

std::vector<model::Point> read_area(Place const& place) {
  Members members(place);
  return read_ring(members);
}

model::Window read_window(Place const& place) {
  model::Window window;
  Members members(place);
  members.take_time("from", window.from);
  members.take_time("until", window.until);
  if (window.until < window.from) place.refuse("ends before it begins");
  return window;
}

// A part that cannot be evaluated on an item does not hold in a grant and holds in a prohibition (25-isolation A18).
// A ceiling cannot be evaluated on an item without a marking, so that is what an absent `unmarked` says beside one.
// Without a ceiling, `unmarked` absent is no limit.
model::Filter read_filter(Place const& place, model::ClauseType clause) {
  model::Filter filter;
  Members members(place);
  filter.types = optional_strings(members, "types", stix_type);
  filter.labels_any = optional_strings(members, "labels_any", label);
  filter.labels_all = optional_strings(members, "labels_all", label);
  filter.object_ids = optional_strings(members, "object_ids", stix_id);
  if (auto const ceiling = members.optional("marking_max")) {
    filter.marking_max = ceiling->word(tlp_words);
    if (clause == model::ClauseType::grant) filter.unmarked = Allow::deny;
  }
  if (auto const unmarked = members.optional("unmarked"))
    filter.unmarked = unmarked->word(allow_words).value_or(Allow::deny);
  if (auto const statements = members.optional("statement_markings"))
    if (statements->word(allow_words) == Allow::deny)
      statements->refuse("a statement restricts nothing, so there is nothing to deny; leave the key out");
  if (auto const others = members.optional("other_markings"))
    filter.other_markings = read_strings(*others, marking_id, limits::filter_words, Emptiness::allowed);
  if (auto const area = members.optional("area")) filter.area = read_area(*area);
  if (auto const within = members.optional("valid_within")) filter.valid_within = read_window(*within);
  return filter;
}

model::Fields read_fields(Place const& place) {
  model::Fields fields{.all = false, .only = {}};
  if (place.value().is_string()) {
    fields.all = place.word(fields_words).has_value();
    return fields;
  }
  if (!place.value().is_object()) {
    place.refuse("must be \"all\" or {\"only\": [properties]}");
    return fields;
  }
  Members members(place);
  if (auto const only = members.required("only"))
    fields.only = read_strings(*only, stix_property, limits::filter_words, Emptiness::allowed);
  std::ranges::sort(fields.only);
  return fields;
}

}  // namespace comity::forms
