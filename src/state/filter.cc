#include "state/filter.h"

#include <algorithm>

#include "base/contains.h"
#include "model/tlp.h"

namespace comity::state {
namespace {

enum class Answer : uint8_t { no, yes, unknown };

Answer answer(bool value) { return value ? Answer::yes : Answer::no; }

Answer labels_any(std::vector<std::string> const& wanted, Item const& item) {
  return answer(
      std::ranges::any_of(wanted, [&](auto const& label) { return contains(item.facts.labels, label); }));
}

Answer labels_all(std::vector<std::string> const& wanted, Item const& item) {
  return answer(
      std::ranges::all_of(wanted, [&](auto const& label) { return contains(item.facts.labels, label); }));
}

Answer marking(model::Filter const& filter, Item const& item) {
  model::Tlp const level = object_level(item);
  if (level == model::Tlp::none) return answer(filter.unmarked == model::Allow::allow);
  return answer(!filter.marking_max || level <= *filter.marking_max);
}

Answer area(std::vector<model::Point> const& polygon, Item const& item) {
  if (!item.facts.location) return Answer::unknown;
  return answer(lies_in(polygon, *item.facts.location));
}

Answer window(model::Window const& within, Item const& item) {
  if (!item.facts.valid_from || !item.facts.valid_until) return Answer::unknown;
  return answer(*item.facts.valid_from >= within.from && *item.facts.valid_until <= within.until);
}

}  // namespace

bool lies_in(std::vector<model::Point> const& polygon, model::Point p) {
  using Wide = __int128;
  bool inside = false;
  for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    model::Point const a = polygon[i], b = polygon[j];
    Wide const ax = a.longitude_e7, ay = a.latitude_e7, bx = b.longitude_e7, by = b.latitude_e7;
    Wide const px = p.longitude_e7, py = p.latitude_e7;
    Wide const cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
    bool const between =
        std::min(ax, bx) <= px && px <= std::max(ax, bx) && std::min(ay, by) <= py && py <= std::max(ay, by);
    if (cross == 0 && between) return true;
    // A ray eastward crosses the edge a–b if p is west of it; half-open in latitude so that a vertex counts once.
    if ((ay > py) != (by > py) && (by > ay ? cross > 0 : cross < 0)) inside = !inside;
  }
  return inside;
}

model::Tlp object_level(Item const& item) {
  model::Tlp level = model::Tlp::none;
  for (std::string const& id : item.facts.markings)
    if (auto const fixed = model::fixed_tlp(id)) level = std::max(level, *fixed);
  return level;
}

bool matches(model::Filter const& filter, Item const& item, FilterUse use) {
  auto const holds = [use](Answer given) {
    return given == Answer::yes || (given == Answer::unknown && use == FilterUse::prohibition);
  };
  if (filter.types && !holds(answer(contains(*filter.types, item.head.type)))) return false;
  if (filter.labels_any && !holds(labels_any(*filter.labels_any, item))) return false;
  if (filter.labels_all && !holds(labels_all(*filter.labels_all, item))) return false;
  if (filter.object_ids && !holds(answer(contains(*filter.object_ids, item.head.id)))) return false;
  if (!holds(marking(filter, item))) return false;
  if (filter.area && !holds(area(*filter.area, item))) return false;
  return !filter.valid_within || holds(window(*filter.valid_within, item));
}

}  // namespace comity::state
