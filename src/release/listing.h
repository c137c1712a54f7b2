// A page of a list whose objects the centre makes itself, each of one version, or that are nobody's: the reference set, an
// office's duties.
//
// Entries are offered in order of their dates; an object is made only if the query may have it. Inside this room only.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/contains.h"
#include "release/showing.h"
#include "stix/ids.h"

namespace comity::release {

class Listing {
 public:
  Listing(Eyes const& eyes, FeedQuery const& query) : eyes_(eyes), query_(query) {}

  // No more is wanted.
  bool is_full() const { return page_.more; }

  template <class Make>
  void offer(Spot const& spot, std::string_view id, Make make) {
    if (is_full() || !may_match(spot, id, "2.1")) return;
    ReferenceObject object = make();
    // Its one version is the first, the last and all of them (R36).
    Versions const& wish = query_.match.versions;
    if (!wish.all && !wish.first && !wish.last && !contains(wish.exact, object.version_time)) return;
    put([&] { return Showing::reference(eyes_, spot, std::move(object)); });
  }

  // Of several versions: `is_wished` says whether this one is meant, and is asked last.
  void offer(Spot const& spot, state::FrameworkObject const& object, auto is_wished) {
    if (is_full() || !may_match(spot, object.id, object.spec_version) || !is_wished()) return;
    put([&] { return Showing::published(eyes_, spot, object); });
  }

  Page finish() && { return std::move(page_); }

 private:
  void put(auto show) {
    page_.more = page_.shown.size() == std::min(query_.limit, limits::page_objects);
    if (!page_.more) page_.shown.push_back(show());
  }

  bool may_match(Spot const& spot, std::string_view id, std::string_view spec_version) const {
    Match const& match = query_.match;
    if (query_.after && spot.place <= *query_.after) return false;
    if (query_.added_after && spot.date_added <= *query_.added_after) return false;
    if (!match.types.empty() && !contains(match.types, stix::type_of_id(id))) return false;
    if (!match.ids.empty() && !contains(match.ids, id)) return false;
    return match.spec_versions.empty() || contains(match.spec_versions, spec_version);
  }

  Eyes const& eyes_;
  FeedQuery const& query_;
  Page page_;
};

}  // namespace comity::release
