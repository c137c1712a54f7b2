// What becomes visible to whom: computed by decide, carried in the ruling, written to the feeds by apply.
//
// Given contributions that something has happened to (a new one, a clause that began to apply, a delay that elapsed),
// asks `disclosure` for every office of the agreement and lists what an office had not had, or had not had as finely.
// What becomes visible may complete references of other items, which are then looked at in their turn, until nothing
// more follows; those that refer to each other come in their final form at once (rings.h). The lists of offices that are
// told the same are one Release (25-isolation G7).
//
// What comes back after a pause (a suspension, a notice that was taken back) is at its old place in the feed; but what was
// released in the limits::unread_for before the pause is released once more, at the end, so that no reader has passed it.
//
// What refers to an id is looked at again only if an office comes to know the id, has it whole that it had in part, or has back what it had: a later version
// of what it has as posted changes no reference; and not where the reference comes to everybody as posted, now as before. Of what there is then to look at, at most limits::referrers_asked questions are asked of disclosure
// for one record under one agreement; the rest is `unfinished` and waits for pulses (commands/to_look_at.h). So nobody can
// keep the one writer busy by naming one id in a hundred thousand objects. What comes later so, comes finer, and no later
// because of what there is under other agreements (25-isolation G1).
#pragma once

#include <map>
#include <vector>

#include "model/ruling.h"
#include "state/disclosure.h"

namespace comity::state {

struct Contributed {
  ItemKey item;
  AgreementKey agreement;
  auto operator<=>(Contributed const&) const = default;
};

// What something has happened to. With hops, an office may have it back: law changed, a delay has ended, or it was left by
// a record that brought something back. That is no news, but what refers to it may come back too, and in its turn what
// refers to that. What is left then has a hop less, so that a ring too large for one record comes to rest.
struct ToLookAt {
  Contributed what;
  uint32_t hops = 0;
};
using Changed = std::vector<ToLookAt>;

struct Due {
  std::vector<model::Release> releases;
  std::vector<model::Unfinished> unfinished;
};

// `fresh`, if given, is the item as it will be after the command (its key may lie just past the end of holdings).
Due releases_due(Law const& law, Holdings const& holdings, UtcTime now, Changed const& changed,
                 Item const* fresh = nullptr, ItemKey fresh_key = {});

// Offices that are told the same share a release.
std::vector<model::Release> grouped(std::map<OfficeKey, std::vector<model::ReleasedItem>> lists);

// Every contribution under the agreement, in order.
std::vector<Contributed> contributions_under(Holdings const& holdings, AgreementKey agreement);

}  // namespace comity::state
