#include "stix/selectors.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/limits.h"

namespace comity::stix {
namespace {

// Selectors that share a beginning share the nodes of it.
struct Node {
  std::map<std::string_view, Node> next;
  std::vector<size_t> ends;  // selectors that end here
};

// Only the usual spelling of an index: `[0]`, `[12]`, not `[01]`.
std::optional<size_t> index_of(std::string_view step) {
  if (step.size() < 3 || step.front() != '[' || step.back() != ']') return std::nullopt;
  auto const digits = step.substr(1, step.size() - 2);
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  size_t value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

void visit(json::Value const& value, Node const& node, std::vector<bool>& found);

void visit(json::Object const& object, Node const& node, std::vector<bool>& found) {
  for (auto const& [name, below] : node.next)
    if (auto const* value = object.if_contains(name)) visit(*value, below, found);
}

void visit(json::Array const& array, Node const& node, std::vector<bool>& found) {
  for (auto const& [step, below] : node.next)
    if (auto const index = index_of(step); index && *index < array.size()) visit(array[*index], below, found);
}

void visit(json::Value const& value, Node const& node, std::vector<bool>& found) {
  for (auto const end : node.ends) found[end] = true;
  if (auto const* object = value.if_object()) visit(*object, node, found);
  if (auto const* array = value.if_array()) visit(*array, node, found);
}

}  // namespace

std::optional<std::vector<Step>> steps_of(std::string_view selector) {
  std::vector<Step> steps;
  for (bool more = true; more;) {
    auto const point = selector.find('.');
    more = point != std::string_view::npos;
    auto const step = selector.substr(0, point);
    if (step.empty()) return std::nullopt;
    steps.push_back({step, index_of(step)});
    if (more) selector.remove_prefix(point + 1);
  }
  if (steps.front().index) return std::nullopt;
  return steps;
}

json::Value const* value_at(json::Object const& object, std::span<Step const> steps) {
  json::Value const* value = object.if_contains(steps.front().name);
  for (Step const& step : steps.subspan(1)) {
    if (!value) return nullptr;
    auto const* inner = value->if_object();
    auto const* array = value->if_array();
    if (inner)
      value = inner->if_contains(step.name);
    else
      value = array && step.index && *step.index < array->size() ? &(*array)[*step.index] : nullptr;
  }
  return value;
}

std::vector<size_t> selecting_nothing(json::Object const& object,
                                      std::span<std::string_view const> selectors) {
  Node root;
  for (size_t i = 0; i < selectors.size(); ++i) {
    auto const steps = steps_of(selectors[i]);
    if (!steps || steps->size() > limits::json_depth) continue;
    Node* node = &root;
    for (auto const& step : *steps) node = &node->next[step.name];
    node->ends.push_back(i);
  }
  std::vector<bool> found(selectors.size());
  visit(object, root, found);
  std::vector<size_t> missing;
  for (size_t i = 0; i < found.size(); ++i)
    if (!found[i]) missing.push_back(i);
  return missing;
}

}  // namespace comity::stix
