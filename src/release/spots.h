// The live entries of one feed of one viewer: where each item stands in it. Inside this room only.
//
// Live means: no later entry of the feed is for the same item under the same agreement.
#pragma once

#include <map>
#include <vector>

#include "release/eyes.h"
#include "release/feed.h"

namespace comity::release {

class Spots {
 public:
  Spots(Eyes const& eyes, Source source, AgreementKey agreement);

  state::Feed const& feed() const { return feed_; }
  Spot spot(size_t place) const;
  bool is_live(Spot const& spot) const;

  // Those of an item, one for each agreement under which the feed has it.
  std::vector<Spot> of(ItemKey item) const;

  // Whether any grant of the agreement runs for the viewer's party at all: a cheap no for whole stretches of a feed.
  bool can_reach_viewer(AgreementKey agreement) const;

 private:
  bool in_scope(AgreementKey agreement) const { return agreement_.is_none() || agreement_ == agreement; }
  Spot received(ItemKey item, state::Had const& had) const;
  std::optional<Spot> contributed(ItemKey item, AgreementKey agreement, UtcTime since) const;

  Eyes const& eyes_;
  Source const source_;
  AgreementKey const agreement_;
  state::Feed const& feed_;
  mutable std::map<AgreementKey, bool> reach_;
};

}  // namespace comity::release
