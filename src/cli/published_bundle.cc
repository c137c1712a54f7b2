#include "cli/published_bundle.h"

#include <algorithm>
#include <tuple>

#include "base/limits.h"
#include "json/json.h"
#include "json/split.h"
#include "json/validate.h"
#include "merkle/tree.h"

namespace comity::cli {
namespace {

std::string text_in(json::Object const& object, std::string_view name) {
  auto const* member = object.if_contains(name);
  auto const* text = member ? member->if_string() : nullptr;
  return text ? std::string(std::string_view(*text)) : std::string();
}

Result<PublishedObject> published(BytesView bytes, size_t number) {
  auto const value = json::parse(bytes, limits::stix_object_bytes, json::Numbers::any);
  auto const* object = value ? value->if_object() : nullptr;
  PublishedObject made{object ? text_in(*object, "id") : "", "", bytes};
  if (made.id.empty())
    return fail(ErrorCode::bad_input, "object " + std::to_string(number + 1) + " of the bundle has no id");
  std::string const modified = text_in(*object, "modified");
  made.version = modified.empty() ? text_in(*object, "created") : modified;
  return made;
}

}  // namespace

Result<PublishedBundle> read_published_bundle(BytesView file) {
  TRY_VOID(json::validate_ijson(file));
  auto const parts = TRY(json::split(file, {.member = "objects", .max_elements = limits::framework_objects}));
  if (!parts.found || parts.elements.empty())
    return fail(ErrorCode::bad_input, "not a bundle of STIX objects");
  std::vector<PublishedObject> objects;
  for (BytesView const bytes : parts.elements) objects.push_back(TRY(published(bytes, objects.size())));
  auto const name = [](PublishedObject const& one) { return std::tie(one.id, one.version); };
  std::ranges::sort(objects, {}, name);
  if (auto const twice = std::ranges::adjacent_find(objects, {}, name); twice != objects.end())
    return fail(ErrorCode::bad_input, "the bundle has " + twice->id + " twice in version " + twice->version);
  std::vector<Digest> leaves;
  for (PublishedObject const& one : objects) leaves.push_back(merkle::hash_of_leaf_data(one.bytes));
  return PublishedBundle{std::move(objects), merkle::InclusionPaths(std::move(leaves))};
}

}  // namespace comity::cli
