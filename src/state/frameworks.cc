#include "state/frameworks.h"

#include <algorithm>
#include <utility>

namespace comity::state {

UtcTime reference_date(UtcTime last, model::Party const& party) {
  return party.identity.empty() ? last : std::max(party.registered, last + microseconds(1));
}

std::optional<uint32_t> Frameworks::find(std::string_view name) const {
  for (size_t i = all.size(); i-- > 0;)
    if (all[i].name == name && !all[i].has_ended()) return static_cast<uint32_t>(i);
  return std::nullopt;
}

template <class Table, class Key>
static std::vector<uint32_t> const& look_up(Table const& table, Key const& key) {
  static std::vector<uint32_t> const none;
  auto const found = table.find(key);
  return found == table.end() ? none : found->second;
}

std::vector<uint32_t> const& Frameworks::with_id(std::string_view id) const { return look_up(by_id_, id); }
std::vector<uint32_t> const& Frameworks::with_type(std::string_view type) const {
  return look_up(by_type_, type);
}
std::vector<uint32_t> const& Frameworks::with_digest(Digest const& digest) const {
  return look_up(by_digest_, digest);
}

// Of an object without versions there is one.
static bool is_same_version(FrameworkObject const& a, FrameworkObject const& b) {
  return a.version.empty() == b.version.empty() && (a.version.empty() || a.version_time == b.version_time);
}

bool Frameworks::is_served(uint32_t number) const {
  if (!is_live(number)) return false;
  FrameworkObject const& one = objects[number];
  return std::ranges::none_of(with_id(one.id), [&](uint32_t other) {
    return other < number && is_same_version(objects[other], one) && is_live(other);
  });
}

bool Frameworks::has(std::string_view id) const {
  return std::ranges::any_of(with_id(id), [&](uint32_t number) { return is_live(number); });
}

bool Frameworks::has_digest(Digest const& digest) const {
  return std::ranges::any_of(with_digest(digest), [&](uint32_t number) { return is_live(number); });
}

std::optional<model::MarkingKind> Frameworks::marking(std::string_view id) const {
  std::optional<model::MarkingKind> strictest;
  for (uint32_t number : with_id(id)) {
    model::MarkingKind const kind = objects[number].marking_kind;
    if (kind == model::MarkingKind::not_a_marking || !is_live(number)) continue;
    strictest = std::max(kind, strictest.value_or(kind));
  }
  return strictest;
}

bool Frameworks::has_version(uint32_t framework, std::string_view id, std::string_view version) const {
  auto const time = parse_stix_time(version);
  return std::ranges::any_of(with_id(id), [&](uint32_t number) {
    FrameworkObject const& one = objects[number];
    if (one.framework != framework) return false;
    return one.version == version || (time && !one.version.empty() && one.version_time == *time);
  });
}

void Frameworks::allow(std::string const& name, std::string const& title, Digest const& root,
                       uint32_t of_bundle, Index at) {
  auto const known = find(name);
  if (!known && of_bundle == 0) return;
  if (!known) all.push_back({name, {}, {}, 0, {}});
  Framework& one = known ? all[*known] : all.back();
  one.root = root, one.objects = of_bundle;
  if (of_bundle != 0) one.title = title;
  if (of_bundle == 0) one.ended = at;
}

void Frameworks::load(FrameworkObject object) {
  auto const number = static_cast<uint32_t>(objects.size());
  all[object.framework].loaded.push_back(number);
  objects.push_back(std::move(object));
  index_object(number);
}

void Frameworks::index_object(uint32_t number) {
  FrameworkObject const& one = objects[number];
  by_id_[one.id].push_back(number);
  by_type_[one.type].push_back(number);
  for (Digest const* digest : {&one.compare.bytes, &one.compare.canonical, &one.compare.substance}) {
    auto& alike = by_digest_[*digest];
    if (alike.empty() || alike.back() != number) alike.push_back(number);
  }
}

void Frameworks::rebuild_indexes() {
  by_id_.clear(), by_type_.clear(), by_digest_.clear();
  for (size_t i = 0; i < objects.size(); ++i) index_object(static_cast<uint32_t>(i));
}

}  // namespace comity::state
