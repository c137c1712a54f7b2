#include "release/told_open.h"

#include <algorithm>

#include "base/limits.h"
#include "release/telling.h"

namespace comity::release {
namespace {

model::Arrangement const& arrangement(Eyes const& eyes) { return *eyes.state.law.arrangement; }

void add_text(json::Object& to, char const* name, std::string const& text) {
  if (!text.empty()) to[name] = text;
}

}  // namespace

std::vector<AgreementKey> open_collections(Eyes const& eyes, uint32_t root) {
  auto const& collections = arrangement(eyes).collections;
  std::vector<AgreementKey> all;
  for (size_t i = 0; i < collections.size(); ++i)
    if (collections[i].root == root && eyes.view.knows(AgreementKey(i))) all.push_back(AgreementKey(i));
  std::ranges::sort(all, {},
                    [&](AgreementKey key) -> std::string const& { return collections[key.value].id; });
  return all;
}

Told tell_open_discovery(Eyes const& eyes) {
  model::Arrangement const& open = arrangement(eyes);
  json::Object out{{"title", open.title}};
  add_text(out, "description", open.description);
  add_text(out, "contact", open.contact);
  json::Array roots;
  for (uint32_t i = 0; i < open.roots.size(); ++i) {
    if (open_collections(eyes, i).empty()) continue;
    roots.push_back(json::Value(open.roots[i].path));
    if (open.default_root == i) out["default"] = open.roots[i].path;
  }
  if (!roots.empty()) out["api_roots"] = std::move(roots);
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_open_root(Eyes const& eyes, uint32_t root) {
  if (open_collections(eyes, root).empty()) return hidden_or_absent();
  model::OpenRoot const& one = arrangement(eyes).roots[root];
  json::Object out{{"title", one.title}};
  add_text(out, "description", one.description);
  out["versions"] = json::Array{json::Value("application/taxii+json;version=2.1")};
  out["max_content_length"] = limits::request_body_bytes;
  return Teller::tell(eyes, std::move(out));
}

Result<Told> tell_open_collection(Eyes const& eyes, AgreementKey key) {
  if (!eyes.view.knows(key)) return hidden_or_absent();
  model::OpenCollection const& one = arrangement(eyes).collections[key.value];
  json::Object out{{"id", one.id}, {"title", one.title}};
  add_text(out, "description", one.description);
  add_text(out, "alias", one.alias);
  out["can_read"] = eyes.view.reads_collection(key);
  out["can_write"] = eyes.view.writes_collection(key);
  out["media_types"] = json::Array{json::Value("application/stix+json;version=2.1")};
  return Teller::tell(eyes, std::move(out));
}

}  // namespace comity::release
