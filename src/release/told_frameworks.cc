#include "release/told_frameworks.h"

#include <algorithm>

#include "release/telling.h"

namespace comity::release {

using state::Framework;
using state::FrameworkObject;

Told tell_frameworks(Eyes const& eyes) {
  json::Array all;
  for (Framework const& one : eyes.state.holdings.frameworks.all) {
    if (one.has_ended() || eyes.office().is_none()) continue;
    all.push_back(json::Object{{"framework", one.name},
                               {"title", one.title},
                               {"root", to_hex(one.root)},
                               {"objects", one.objects},
                               {"loaded", one.loaded.size()}});
  }
  return Teller::tell(eyes, std::move(all));
}

Result<LoadedVersions> tell_loaded(Eyes const& eyes, std::string_view name, size_t after, size_t limit) {
  state::Frameworks const& frameworks = eyes.state.holdings.frameworks;
  auto const number = frameworks.find(name);
  if (!number || eyes.office().is_none()) return hidden_or_absent();
  auto const& loaded = frameworks.all[*number].loaded;
  size_t const first = std::min(after, loaded.size()), end = std::min(first + limit, loaded.size());
  json::Array all;
  for (size_t i = first; i < end; ++i) {
    FrameworkObject const& one = frameworks.objects[loaded[i]];
    all.push_back(json::Object{{"id", one.id}, {"version", one.version}});
  }
  return LoadedVersions{Teller::tell(eyes, std::move(all)), end - first, end < loaded.size()};
}

}  // namespace comity::release
